import { metricDefinitions } from '../../../src/core/metrics.ts';
import { formatCount, formatDigest } from '../../../src/core/render/format.ts';
import type { Distribution, MetricId, Run, Series, Variant } from '../../../src/schema/run.ts';

export interface Measured {
  run: Run;
  variant: Variant;
}

/** Something besides time that is different between two runs of one line. */
export interface Change {
  kind: 'model' | 'prompts' | 'server' | 'gpu' | 'context';
  from: string;
  to: string;
}

export type Tone = 'better' | 'worse' | 'level';

export interface MetricChange {
  before: number;
  now: number;
  /** 0.1 is a tenth more. */
  relative: number;
  tone: Tone;
}

/** Below this a difference is not called one, whatever the intervals say: loads differ by a few per cent on their own. */
export const smallestChange = 0.05;

/** What cannot be known cannot be said to have changed. */
const unknown = 'unknown';

/** What is different between two runs of one line, the most telling first. */
export function findChanges(before: Measured, now: Measured): Change[] {
  const candidates: Change[] = [
    { kind: 'model', from: formatDigest(before.variant.digest), to: formatDigest(now.variant.digest) },
    { kind: 'prompts', from: describePrompts(before.run), to: describePrompts(now.run) },
    {
      kind: 'server',
      from: before.run.environment.server.version,
      to: now.run.environment.server.version,
    },
    { kind: 'gpu', from: describeGpus(before.run), to: describeGpus(now.run) },
    { kind: 'context', from: describeContext(before.variant), to: describeContext(now.variant) },
  ];
  return candidates.filter(({ from, to }) => from !== to && from !== unknown && to !== unknown);
}

const changeNames: Readonly<Record<Change['kind'], string>> = {
  model: 'digest',
  prompts: 'prompt set',
  server: 'Ollama',
  gpu: 'GPU or driver',
  context: 'context length',
};

/** `Ollama 0.11.4 → 0.12.0` */
export function describeChange({ kind, from, to }: Change): string {
  return `${changeNames[kind]} ${from} → ${to}`;
}

/** Why the medians of two runs say nothing about each other; null where they may be compared. */
export function explainIncomparable(before: Run, now: Run): string | null {
  if (before.promptSet.hash !== now.promptSet.hash) return 'other prompts were asked';
  if (treatsCache(before) !== treatsCache(now)) return 'the prompt cache was treated otherwise';
  if (before.status === 'cancelled') return 'the run before was stopped early';
  if (now.status === 'cancelled') return 'this run was stopped early';
  return null;
}

/** Measured apart, what missed the cache is as good as where the cache is defeated. */
function treatsCache({ plan }: Run): 'allow' | 'defeat' {
  return plan.cache === 'allow' ? 'allow' : 'defeat';
}

/** How a metric's median moved against the runs before, newest first; null where there is nothing to compare. */
export function compareMetric(
  metric: MetricId,
  [before, ...earlier]: readonly Measured[],
  now: Measured,
): MetricChange | null {
  if (before === undefined || explainIncomparable(before.run, now.run) !== null) return null;
  const read = ({ variant }: Measured) => variant.metrics[metric];
  return compareMedians(read(before), read(now), metricDefinitions[metric].direction, earlier.map(read));
}

type Median = Pick<Distribution, 'median' | 'medianInterval'>;

/**
 * Holds a median against the run before. It moved if it did so by the smallest change at least, the intervals are
 * apart, and no earlier run of the same stretch was there already: a machine that swings from night to night has
 * shown so by then, and must not be reported each time.
 */
export function compareMedians(
  before: Median,
  now: Median,
  direction: 'lower' | 'higher',
  earlier: readonly Median[] = [],
): MetricChange | null {
  if (before.median === null || now.median === null || before.median === 0) return null;
  const relative = now.median / before.median - 1;
  const moved =
    Math.abs(relative) >= smallestChange &&
    areApart(before.medianInterval, now.medianInterval) &&
    !earlier.some(({ median }) => median !== null && isAsFar(median, before.median, now.median));
  const isBetter = relative < 0 === (direction === 'lower');
  return {
    before: before.median,
    now: now.median,
    relative,
    tone: moved ? (isBetter ? 'better' : 'worse') : 'level',
  };
}

/** `+12.3 %`, with a true minus. */
export function formatRelative(relative: number): string {
  const percent = Math.abs(relative) * 100;
  const digits = percent >= 99.95 ? percent.toFixed(0) : percent.toFixed(1);
  if (Number(digits) === 0) return '±0 %';
  return `${relative < 0 ? '−' : '+'}${digits} %`;
}

export type PromptState = 'passed' | 'mixed' | 'failed' | 'unanswered';

/** Over all loads of a run: mixed means that the model passes in some and fails in others. */
export function promptState({ checks }: Pick<Series, 'checks'>): PromptState {
  if (checks.answers === 0) return 'unanswered';
  if (checks.answersPassed === checks.answers) return 'passed';
  return checks.answersPassed === 0 ? 'failed' : 'mixed';
}

export interface StateChange {
  prompt: string;
  from: PromptState;
  to: PromptState;
  tone: 'better' | 'worse';
}

const stateRank: Readonly<Record<PromptState, number>> = { passed: 3, mixed: 2, failed: 1, unanswered: 0 };

/** The prompts whose checks say something else than in the run before, where the same was asked and judged alike. */
export function findStateChanges(before: Measured, now: Measured): StateChange[] {
  return ownSeries(now).flatMap((series) => {
    const was = ownSeries(before).find((it) => it.prompt === series.prompt);
    if (!was || was.requestHash !== series.requestHash || was.checksHash !== series.checksHash) return [];
    const from = promptState(was);
    const to = promptState(series);
    if (from === to || wasNotAsked(before, from) || wasNotAsked(now, to)) return [];
    return [{ prompt: series.prompt, from, to, tone: stateRank[to] > stateRank[from] ? 'better' : 'worse' }];
  });
}

/** In a run that was stopped early, no answer may mean that the question was never put. */
function wasNotAsked({ run }: Measured, state: PromptState): boolean {
  return state === 'unanswered' && run.status === 'cancelled';
}

/** The series of one variant of a run. */
export function ownSeries({ run, variant }: Measured): Series[] {
  return run.series.filter((it) => it.variant === variant.key);
}

/** Whether an earlier median lies on the same side of the one before, as far away as the one now or farther. */
function isAsFar(earlier: number, before: number | null, now: number | null): boolean {
  if (before === null || now === null) return false;
  return now > before ? earlier >= now : earlier <= now;
}

function areApart(a: readonly [number, number] | null, b: readonly [number, number] | null): boolean {
  return a !== null && b !== null && (a[1] < b[0] || b[1] < a[0]);
}

function describePrompts({ promptSet: { id, version, hash } }: Run): string {
  return `${id} v${version} (${formatDigest(hash)})`;
}

function describeGpus({ environment: { gpus } }: Run): string {
  if (gpus === null) return unknown;
  const named = gpus.map(({ model, driver }) => (driver === null ? model : `${model}, driver ${driver}`));
  return named.length === 0 ? 'none' : named.join(' + ');
}

function describeContext({ contextLength }: Variant): string {
  return contextLength === null ? unknown : formatCount(contextLength);
}
