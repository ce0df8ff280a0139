import type { HistoryRun, HistorySamples } from '../../schema/history.ts';

/**
 * Looks whether the columns of a run are whole: one cut short would read as unknown, which is never an error.
 * @param questions How many there are.
 * @throws {RangeError} where a column has another number of entries, or names an answer that is not there.
 */
export function requireRunColumns(
  { run, answers, series }: Pick<HistoryRun, 'run' | 'answers' | 'series'>,
  questions: number,
): void {
  const { counts, checks, metrics, ...columns } = series;
  const groups: Record<string, readonly unknown[]>[] = [columns, counts, checks, ...Object.values(metrics)];
  for (const group of groups) requireLengths(Object.values(group), questions, `run ${run.id}`, 'questions');
  for (const given of series.answers) {
    for (const [, answer] of given) requireWithin(answer, answers.length, `Run ${run.id} names answer`);
  }
}

/**
 * The same of its samples.
 * @throws {RangeError} where a column has another number of entries, or names a question or a value that is not there.
 */
export function requireSampleColumns(samples: HistorySamples, questions: number): void {
  const of = `the samples of run ${samples.run}`;
  for (const column of Object.values(samples)) {
    if (typeof column === 'string') continue;
    requireLengths([Array.isArray(column) ? column : column.at], samples.question.length, of, 'samples');
    if ('median' in column) requireLengths([column.median], questions, of, 'questions');
    if (!('values' in column) || Array.isArray(column)) continue;
    for (const index of column.at)
      requireWithin(index, column.values.length, `A sample of run ${samples.run} names value`);
  }
  for (const index of samples.question)
    requireWithin(index, questions, `A sample of run ${samples.run} names question`);
}

function requireLengths(
  columns: readonly (readonly unknown[])[],
  length: number,
  of: string,
  things: 'questions' | 'samples',
): void {
  const wrong = columns.find((column) => column.length !== length);
  if (wrong === undefined) return;
  throw new RangeError(`A column of ${of} has ${wrong.length} entries for ${length} ${things}.`);
}

function requireWithin(index: number, length: number, what: string): void {
  if (index >= length) throw new RangeError(`${what} ${index} of ${length}.`);
}
