import { formatQuantity } from '../../../src/core/render/format.ts';
import type { SavedAnswer, SavedOutput } from '../../../src/schema/output.ts';
import type { Series } from '../../../src/schema/run.ts';
import { type PromptState, promptState } from './changes.ts';
import { type DiffPart, diffAnswers } from './diff.ts';
import { isMeasured, type Line, type MeasuredPoint } from './lines.ts';

/** What one model said to one prompt in one run. */
export interface Answer {
  point: MeasuredPoint;
  series: Series;
  state: PromptState;
  output: SavedOutput | null;
  /** Of the first load that answered: the one that is shown and diffed; null where none did. */
  first: SavedAnswer | null;
  /** Answers of later loads that differ from the first and from each other. */
  others: SavedAnswer[];
}

/** An answer that differs from the one before it on the same line. */
export interface AnswerChange {
  answer: Answer;
  before: Answer;
  digestChanged: boolean;
  /** The same request as before; otherwise the question itself changed. */
  sameRequest: boolean;
}

export interface AnswerHistory {
  line: Line;
  /** Oldest first; runs that did not ask are left out. */
  answers: Answer[];
  /** Oldest first. */
  changes: AnswerChange[];
}

/** Everything one model ever said to one prompt of a set, on one machine, with one set of options. */
export function traceAnswers(line: Line, set: string, prompt: string): AnswerHistory {
  const answers = line.points.filter(isMeasured).flatMap((point) => findAnswer(point, set, prompt) ?? []);
  const changes: AnswerChange[] = [];
  let before: Answer | null = null;
  for (const answer of answers) {
    if (answer.first === null) continue;
    if (before?.first && before.first.hash !== answer.first.hash) {
      changes.push({
        answer,
        before,
        digestChanged: before.point.variant.digest !== answer.point.variant.digest,
        sameRequest: before.series.requestHash === answer.series.requestHash,
      });
    }
    before = answer;
  }
  return { line, answers, changes };
}

/** Word by word what changed; null where the two answers are too different. */
export function diffChange({ before, answer }: AnswerChange): DiffPart[] | null {
  return diffAnswers(writeAnswer(before.first), writeAnswer(answer.first));
}

/** All that a model answered, as one text: what it said, which tools it called, what it embedded. */
export function writeAnswer(answer: SavedAnswer | null): string {
  if (answer === null) return '';
  const { text, toolCalls, embedding } = answer;
  return [
    ...(text === '' ? [] : [text]),
    ...toolCalls.map(writeToolCall),
    ...(embedding === null ? [] : [describeEmbedding(embedding)]),
  ].join('\n');
}

export function writeToolCall({ name, arguments: given }: SavedAnswer['toolCalls'][number]): string {
  return `${name} ${JSON.stringify(given, null, 2)}`;
}

/** `3 vectors of 384 dimensions` */
export function describeEmbedding({ vectors, dimensions }: NonNullable<SavedAnswer['embedding']>): string {
  return `${formatQuantity(vectors, 'vector')} of ${formatQuantity(dimensions, 'dimension')}`;
}

/** How the newest answer came from the one before: null where it is the same, or there was none. */
export function latestChange({ answers, changes }: AnswerHistory): AnswerChange | null {
  const change = changes.at(-1);
  return change && change.answer === answers.at(-1) ? change : null;
}

/** Null where the run did not ask this prompt of this model. */
export function findAnswer(point: MeasuredPoint, set: string, prompt: string): Answer | null {
  const { run, stored, variant } = point;
  if (run.promptSet.id !== set) return null;
  const series = run.series.find((it) => it.variant === variant.key && it.prompt === prompt);
  if (!series) return null;
  const output = stored.outputs.find((it) => it.variant === variant.key && it.prompt === prompt) ?? null;
  const [first = null, ...later] = output?.answers ?? [];
  const seen = new Set([first?.hash]);
  const others = later.filter(({ hash }) => !seen.has(hash) && seen.add(hash));
  return { point, series, state: promptState(series), output, first, others };
}
