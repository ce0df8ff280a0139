import type { ContentId, HistoryRun } from '../../../src/schema/history.ts';

/** The distinct answers to a question, and in which loads each was given: `Load 1`, `Loads 1, 3 and 4`. */
export function listLoadsOfAnswers(
  { answers, series }: Pick<HistoryRun, 'answers' | 'series'>,
  question: number,
): { id: ContentId; loads: string }[] {
  const given = series.answers[question] ?? [];
  return [...Map.groupBy(given, ([, answer]) => answer)].flatMap(([answer, of]) => {
    const id = answers[answer];
    return id === undefined ? [] : [{ id, loads: nameLoads(of.map(([load]) => load + 1)) }];
  });
}

function nameLoads(loads: readonly number[]): string {
  const [last, ...others] = loads.toReversed();
  if (others.length === 0) return `Load ${last}`;
  return `Loads ${others.toReversed().join(', ')} and ${last}`;
}
