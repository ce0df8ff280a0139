import { mean, median, quantile, sampleStandardDeviation } from 'simple-statistics';
import { criticalT, upperNormal } from '../../src/core/compare/distributions.ts';

/** What another tool would look at: one metric of one comparison, and of the quiet ones before it. */
export interface PeerView {
  /** The mean of each round, over prompts. */
  base: readonly number[];
  head: readonly number[];
  /** Means of whole earlier runs. */
  earlier: readonly number[];
  /** head ÷ base − 1 of earlier comparisons, without sign. */
  earlierChanges: readonly number[];
}

/** Whether a rule would report a slowdown or a speed-up. */
export type PeerRule = (view: PeerView) => boolean;

/**
 * The rules of tools in use: github-action-benchmark; a plain threshold; Bencher's t prediction interval, upper 0.99;
 * benchstat's Mann–Whitney test for each metric; rustc-perf's fence of three interquartile ranges.
 */
export const peerRules = {
  'ratio 2×': ({ base, head }) => mean([...head]) > 2 * mean([...base]),
  '10 %': ({ base, head }) => Math.abs(median([...head]) / median([...base]) - 1) > 0.1,
  't 0.99': ({ head, earlier }) => {
    if (earlier.length < 2) return false;
    const n = earlier.length;
    const margin = predictionT(n - 1) * sampleStandardDeviation([...earlier]) * Math.sqrt(1 + 1 / n);
    return mean([...head]) > mean([...earlier]) + margin;
  },
  'MWU 0.05': ({ base, head }) => rankSumP(base, head) < 0.05,
  'IQR fence': ({ base, head, earlierChanges }) => {
    if (earlierChanges.length < 10) return false;
    const [q1, q3] = [quantile([...earlierChanges], 0.25), quantile([...earlierChanges], 0.75)];
    return Math.abs(mean([...head]) / mean([...base]) - 1) >= q3 + 3 * (q3 - q1);
  },
  never: () => false,
} as const satisfies Record<string, PeerRule>;
export type PeerName = keyof typeof peerRules;
export const peerNames = Object.keys(peerRules) as PeerName[];

/** Asked for by the million, of a few degrees of freedom. */
const predictionTs = new Map<number, number>();

/** The t of a prediction interval whose bounds are each passed by one reading in a hundred. */
export function predictionT(degreesOfFreedom: number): number {
  const known = predictionTs.get(degreesOfFreedom) ?? criticalT(0.02, degreesOfFreedom);
  predictionTs.set(degreesOfFreedom, known);
  return known;
}

/** Two-sided, by the normal approximation with continuity correction, as benchstat's rivals do from 8 readings on. */
export function rankSumP(a: readonly number[], b: readonly number[]): number {
  const [n, m] = [a.length, b.length];
  let u = 0;
  for (const x of a) for (const y of b) u += x < y ? 1 : x === y ? 0.5 : 0;
  const spread = Math.sqrt((n * m * (n + m + 1)) / 12);
  return Math.min(1, 2 * upperNormal((Math.abs(u - (n * m) / 2) - 0.5) / spread));
}
