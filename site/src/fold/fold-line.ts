import { describeEpochChange, type Surrounded } from '../../../src/core/epochs.ts';
import { roundDigits } from '../../../src/core/history/columns.ts';
import { formatDigest } from '../../../src/core/render/format.ts';
import type { LinePrompt, SiteLine, TrendColumns, TrendId } from '../data/contract.ts';
import { trendIds } from '../view/trend-definitions.ts';
import type { PromptReading, RunHead, TrendFigures, VariantHead } from './read-run.ts';

/** A line with what the next night of it is held against. */
export interface FoldedLine extends SiteLine {
  key: string;
  before: (Surrounded & { variant: Identity }) | null;
}

type Identity = Pick<VariantHead, 'digest' | 'parameterSize' | 'quantization'>;

export function emptyTrends(): SiteLine['trends'] {
  const empty = (): TrendColumns => ({ n: [], median: [], low: [], high: [], slowest: [] });
  return Object.fromEntries(trendIds.map((id) => [id, empty()])) as SiteLine['trends'];
}

/**
 * Adds to a line one night on which it was measured.
 * @param night Index into the nights of the machine.
 * @param prompts By `<set>/<prompt>`.
 */
export function addToLine(
  line: FoldedLine,
  night: number,
  run: RunHead,
  variant: VariantHead,
  prompts: ReadonlyMap<string, PromptReading>,
): void {
  const at = line.nights.push(night) - 1;
  for (const id of trendIds) addToTrend(line.trends[id], readTrend(variant, id));
  addIdentity(line, at, variant);
  markChanges(line, at, run, variant);
  for (const key of prompts.keys()) {
    line.prompts[key] ??= { ttftMs: Array(at).fill(null), e2eMs: Array(at).fill(null), answers: [] };
  }
  for (const [key, prompt] of Object.entries(line.prompts)) {
    addToPrompt(prompt, at, prompts.get(key) ?? null, run.status === 'cancelled');
  }
}

function readTrend(
  variant: VariantHead,
  id: TrendId,
): Pick<TrendFigures, 'n' | 'median'> & Partial<TrendFigures> {
  if (id === 'loadMs') return variant.loadMs;
  if (id === 'memoryBytes') {
    return { n: variant.memoryBytes === null ? 0 : 1, median: variant.memoryBytes };
  }
  if (id !== 'answersPassed') return variant.metrics[id];
  const { answers, answersPassed } = variant.checks;
  return { n: answers, median: answers === 0 ? null : answersPassed / answers };
}

function addToTrend(
  trend: TrendColumns,
  { n, median, medianInterval, slowest }: ReturnType<typeof readTrend>,
) {
  trend.n.push(n);
  trend.median.push(round(median));
  trend.low.push(round(medianInterval?.[0]));
  trend.high.push(round(medianInterval?.[1]));
  trend.slowest.push(round(slowest?.value));
}

function addIdentity({ identities }: FoldedLine, at: number, variant: Identity): void {
  const current = identities.at(-1);
  if (current?.digest === variant.digest) {
    current.last = at;
    current.nights++;
    return;
  }
  const { digest, parameterSize, quantization } = variant;
  identities.push({ digest, parameterSize, quantization, first: at, last: at, nights: 1 });
}

function markChanges(line: FoldedLine, night: number, run: RunHead, variant: VariantHead): void {
  const { machine, environment, plan, promptSet } = run;
  const { digest, parameterSize, quantization, options, think, contextLength } = variant;
  const now = {
    run: { machine, environment, plan, promptSet },
    variant: { digest, parameterSize, quantization, options, think, contextLength },
  };
  if (line.before !== null) {
    const model = describeIdentityChange(line.before.variant, now.variant);
    if (model.length > 0) line.marks.push({ night, kind: 'digest', words: model });
    const epoch = describeEpochChange(line.before, now);
    if (epoch.length > 0) line.marks.push({ night, kind: 'epoch', words: epoch });
  }
  line.before = now;
}

function describeIdentityChange(before: Identity, now: Identity): string[] {
  if (before.digest === now.digest) return [];
  const words = [`digest ${formatDigest(before.digest)} → ${formatDigest(now.digest)}`];
  for (const [name, was, is] of [
    ['parameters', before.parameterSize, now.parameterSize],
    ['quantization', before.quantization, now.quantization],
  ]) {
    if (was !== is) words.push(`${name} ${was ?? 'unknown'} → ${is ?? 'unknown'}`);
  }
  return words;
}

/** @param isStoppedEarly No answer may mean then that the question was never put. */
function addToPrompt(
  { ttftMs, e2eMs, answers }: LinePrompt,
  at: number,
  reading: PromptReading | null,
  isStoppedEarly: boolean,
): void {
  ttftMs.push(round(reading?.ttftMs));
  e2eMs.push(round(reading?.e2eMs));
  if (reading === null || (isStoppedEarly && reading.state === 'unanswered')) return;
  const stretch = answers.at(-1);
  if (stretch !== undefined && areSame(stretch.answers, reading.answers)) {
    stretch.to = at;
    stretch.state = reading.state;
    return;
  }
  answers.push({ answers: reading.answers, from: at, to: at, state: reading.state });
}

/** Whichever is the more frequent. */
function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((it) => b.includes(it));
}

function round(value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  return Number.isInteger(value) ? value : roundDigits(value);
}
