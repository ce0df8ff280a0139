import { mean } from 'simple-statistics';
import type { Variance } from './pool-variances.ts';

/** One reading of base and head beside each other. */
export interface Pair {
  /** Which load of the two models, or which earlier run: what the interval counts as one. */
  load: number;
  /** ln(head / base), turned so that above 0 is worse. */
  logRatio: number;
}

export interface PromptPairs {
  prompt: string;
  pairs: readonly Pair[];
}

export interface PromptEffect {
  prompt: string;
  logRatio: number;
  pairs: number;
  /** Of one load's effect on this prompt; null with one load. */
  variance: Variance | null;
}

export interface PairedEffect {
  logRatio: number;
  loads: number;
  prompts: readonly PromptEffect[];
  pairs: number;
  /** Of one load's effect over all prompts; null with one load. */
  variance: Variance | null;
}

/** What is trimmed at each end of a prompt's readings: bursts of spikes are some 2 % of them. */
const trimmedShare = 1 / 6;

/**
 * The effect on one metric: trimmed over the readings within each prompt, then the plain mean over prompts, so that a
 * spike is thrown out, and a prompt that became twice as slow is not (docs/adr/0008-verdicts.md).
 *
 * The load is the unit: what one load contributes is the mean of its winsorised deviations, scaled as in the variance
 * of a trimmed mean (Yuen, Biometrika 61, 1974), so that a load's offset and autocorrelation within it both widen the
 * interval. Deviations are taken within prompts: a load that lost a prompt is not moved by that.
 *
 * @param trim at each end; 0 where a load has a single reading of each prompt that stands for it.
 */
export function computeEffect(
  prompts: readonly PromptPairs[],
  trim: number = trimmedShare,
): PairedEffect | null {
  const measured = prompts.filter(({ pairs }) => pairs.length > 0);
  if (measured.length === 0) return null;
  const byLoad = new Map<number, { sum: number; count: number }>();
  const effects = measured.map(({ prompt, pairs }): PromptEffect => {
    const { center, deviations } = deviateByLoad(pairs, trim);
    for (const [load, deviation] of deviations) add(byLoad, load, deviation);
    return { prompt, logRatio: center, pairs: pairs.length, variance: varianceOf([...deviations.values()]) };
  });
  const perLoad = [...byLoad.values()].map(({ sum, count }) => sum / count);
  return {
    logRatio: mean(effects.map(({ logRatio }) => logRatio)),
    loads: perLoad.length,
    prompts: effects,
    pairs: effects.reduce((total, { pairs }) => total + pairs, 0),
    variance: varianceOf(perLoad),
  };
}

/** The mean of what is left when a sixth of the values is cut off at each end. */
export function trimmedMean(values: readonly number[]): number {
  return trimmedBounds(values, trimmedShare).center;
}

function trimmedBounds(values: readonly number[], trim: number) {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length * trim);
  const kept = sorted.slice(cut, sorted.length - cut);
  const [low = Number.NaN] = kept;
  return { center: mean(kept), low, high: kept.at(-1) ?? low, kept: kept.length };
}

/** The trimmed mean of a prompt, and by how much each load pulls it. */
function deviateByLoad(pairs: readonly Pair[], trim: number) {
  const n = pairs.length;
  const { center, low, high, kept } = trimmedBounds(
    pairs.map(({ logRatio }) => logRatio),
    trim,
  );
  const sums = new Map<number, { sum: number; count: number }>();
  let winsorised = 0;
  for (const { load, logRatio } of pairs) {
    const clamped = Math.min(Math.max(logRatio, low), high);
    winsorised += clamped;
    add(sums, load, clamped);
  }
  // Yuen's variance of a trimmed mean is SSD / (kept · (kept − 1)), that of a plain one SSD / (n · (n − 1)).
  const scale = kept === n ? 1 : Math.sqrt((n * (n - 1)) / (kept * (kept - 1)));
  const deviations = new Map<number, number>();
  for (const [load, { sum, count }] of sums) deviations.set(load, (sum / count - winsorised / n) * scale);
  return { center, deviations };
}

function add(totals: Map<number, { sum: number; count: number }>, load: number, value: number): void {
  const total = totals.get(load);
  if (total === undefined) totals.set(load, { sum: value, count: 1 });
  else {
    total.sum += value;
    total.count++;
  }
}

/** Two passes: the textbook formula loses every digit where the mean is large. */
function varianceOf(values: readonly number[]): Variance | null {
  if (values.length < 2) return null;
  const middle = mean([...values]);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return { variance: squares / (values.length - 1), degreesOfFreedom: values.length - 1 };
}
