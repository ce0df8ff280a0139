import type { PromptVerdict } from '../../schema/verdict.ts';
import { twoSidedT } from './distributions.ts';
import type { EffectEstimate } from './estimate-effect.ts';
import { toChange } from './headline-metrics.ts';
import { adjustFalseDiscovery } from './multiple-tests.ts';
import type { PairedEffect, PromptEffect } from './paired-effect.ts';
import { poolVariances, type Variance } from './pool-variances.ts';

/**
 * Which prompts of a model stand out on which metric: for who looks for the cause. It is never an alarm, so it is held
 * by the share of false ones among those that stand out (Benjamini–Hochberg over prompts × metrics).
 * Few loads tell little of one prompt's noise, so it is pooled over prompts; a prompt far noisier than the others
 * goes by its own.
 */
export function detailPrompts(
  estimates: readonly EffectEstimate[],
  { floor, falseDiscoveryRate }: { floor: number; falseDiscoveryRate: number },
): PromptVerdict[] {
  const rows = estimates.flatMap(({ metric, found, errorShare }) => {
    const shared = found && shareVariance(found);
    return (found?.prompts ?? []).map((it) => ({
      ...it,
      metric,
      pValue: testPrompt(it, shared, errorShare),
    }));
  });
  const tested = rows.filter(({ pValue }) => pValue !== null);
  const adjusted = adjustFalseDiscovery(tested.map(({ pValue }) => pValue ?? 1));
  const adjustedOf = new Map(tested.map((row, index) => [row, adjusted[index] ?? 1]));
  const least = Math.log1p(floor);
  return rows.map((row) => {
    const { prompt, metric, logRatio, pairs, pValue } = row;
    const adjustedPValue = adjustedOf.get(row) ?? null;
    return {
      ...{ prompt, metric, change: toChange(metric, logRatio), logRatio, pairs, pValue, adjustedPValue },
      standsOut:
        adjustedPValue !== null && adjustedPValue <= falseDiscoveryRate && Math.abs(logRatio) >= least,
    };
  });
}

function testPrompt(
  { logRatio, variance: own }: PromptEffect,
  shared: Variance | null,
  errorShare: number,
): number | null {
  if (shared === null) return null;
  if (logRatio === 0) return 1;
  const variance = Math.max(shared.variance, own?.variance ?? 0);
  return twoSidedT(logRatio / Math.sqrt(variance * errorShare), shared.degreesOfFreedom);
}

/**
 * The variance of one load's effect on one prompt, over prompts. What the prompts of a load have in common makes them
 * fewer than they are: with intraclass correlation r, n prompts give n / (1 + (n − 1) · r²) times the degrees of
 * freedom of one (Satterthwaite's, of equally correlated variances).
 */
function shareVariance({ prompts, variance: ofMean }: PairedEffect): Variance | null {
  const variances = prompts.flatMap(({ variance }) => variance ?? []);
  const pooled = poolVariances(null, variances);
  const n = variances.length;
  if (pooled === null || ofMean === null || n < 2 || pooled.variance === 0) return pooled;
  const { variance, degreesOfFreedom } = pooled;
  const common = (n * ofMean.variance - variance) / ((n - 1) * variance);
  const correlation = Math.min(Math.max(common, 0), 1);
  return { variance, degreesOfFreedom: degreesOfFreedom / (1 + (n - 1) * correlation ** 2) };
}
