import type { PromptVerdict } from '../../schema/verdict.ts';
import { twoSidedT } from './distributions.ts';
import type { EffectEstimate } from './estimate-effect.ts';
import { toChange } from './headline-metrics.ts';
import { adjustFalseDiscovery } from './multiple-tests.ts';
import type { PromptEffect } from './paired-effect.ts';
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
  const rows = estimates.flatMap((estimate) => {
    const { metric, found, errorShare } = estimate;
    const shared = shareVariance(estimate);
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
 * The variance of one load's effect on one prompt: what a load does to all its prompts, as the metric's own interval
 * has it, and what is left within loads, over all prompts. Degrees of freedom after Satterthwaite (Biometrics
 * Bulletin 2, 1946).
 */
function shareVariance({ effect, found, errorShare }: EffectEstimate): Variance | null {
  const { standardError = null, degreesOfFreedom = null } = effect ?? {};
  if (found?.variance == null || standardError === null || degreesOfFreedom === null) return null;
  const { variance: ofLoads, degreesOfFreedom: loads } = found.variance;
  const whole = poolVariances(
    null,
    found.prompts.flatMap(({ variance }) => variance ?? []),
  );
  const between = standardError ** 2 / errorShare;
  const within = Math.max((whole?.variance ?? 0) - ofLoads, 0);
  const variance = between + within;
  if (variance === 0) return { variance, degreesOfFreedom };
  const prompts = Math.max(found.prompts.length - 1, 1);
  const spread = between ** 2 / degreesOfFreedom + within ** 2 / (prompts * loads);
  return { variance, degreesOfFreedom: variance ** 2 / spread };
}
