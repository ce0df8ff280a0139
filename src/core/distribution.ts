import { max, mean, median, min, probit, quantileSorted } from 'simple-statistics';
import type { Distribution } from '../schema/run.ts';
import { remember } from './compare/remember.ts';

export interface Reading {
  /** The id of the sample it was taken from. */
  sample: string;
  prompt: string | null;
  value: number;
}

export type Direction = 'lower' | 'higher';

const confidence = 0.95;

/**
 * Describes one metric's readings. The slowest case is the largest where lower is better, else the smallest.
 * A percentile that so few readings cannot bound is null, and so is everything of no readings.
 */
export function describeReadings(readings: readonly Reading[], direction: Direction): Distribution {
  const sorted = readings.map(({ value }) => value).sort((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) {
    return {
      n,
      mean: null,
      median: null,
      medianInterval: null,
      min: null,
      max: null,
      p90: null,
      p95: null,
      p99: null,
      slowest: null,
    };
  }
  return {
    n,
    mean: mean(sorted),
    median: median(sorted),
    medianInterval: medianInterval(sorted),
    min: min(sorted),
    max: max(sorted),
    p90: tailPercentile(sorted, 0.9, direction),
    p95: tailPercentile(sorted, 0.95, direction),
    p99: tailPercentile(sorted, 0.99, direction),
    slowest: readings.reduce((worst, it) => (isWorse(it.value, worst.value, direction) ? it : worst)),
  };
}

/**
 * How many readings it takes before the p-quantile can be bounded by a reading, one being allowed to lie beyond it:
 * the smallest n with P(Binomial(n, 1 - p) ≤ 1) ≤ 5 %. p50 8, p75 18, p90 46, p95 93, p99 473
 * (after the early-stopping criterion of MLPerf's endpoint rules).
 */
export const readingsNeeded = remember((p: number): number => {
  let n = 2;
  while (p ** n + n * (1 - p) * p ** (n - 1) > 1 - confidence) n++;
  return n;
});

/** The percentile on the bad side: of a rate, where higher is better, p95 is what 95 % of readings reach. */
function tailPercentile(sorted: readonly number[], p: number, direction: Direction): number | null {
  if (sorted.length < readingsNeeded(p)) return null;
  return quantileSorted([...sorted], direction === 'lower' ? p : 1 - p);
}

/** Distribution-free 95 % interval of the median, from order statistics (Conover, Practical Nonparametric Statistics, 3.2). */
function medianInterval(sorted: readonly number[]): [number, number] | null {
  const n = sorted.length;
  const rank = n > mostExact ? normalRank(n) : exactRank(n);
  const low = sorted[rank - 1];
  const high = sorted[n - rank];
  return low === undefined || high === undefined ? null : [low, high];
}

/** Above it 0.5 ** n is 0, and the normal approximation has long been as good. */
const mostExact = 1000;

/** The largest k with 2 · P(Binomial(n, ½) < k) ≤ 5 %; 0 where there is none. */
function exactRank(n: number): number {
  let term = 0.5 ** n;
  let below = term;
  let rank = 0;
  while (2 * below <= 1 - confidence) {
    rank++;
    term = (term * (n - rank + 1)) / rank;
    below += term;
  }
  return rank;
}

/** The same from the normal approximation, with continuity correction. */
function normalRank(n: number): number {
  return Math.floor((n + 1 - probit(1 - (1 - confidence) / 2) * Math.sqrt(n)) / 2);
}

function isWorse(value: number, than: number, direction: Direction): boolean {
  return direction === 'lower' ? value > than : value < than;
}
