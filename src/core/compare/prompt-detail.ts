import { median } from 'simple-statistics';
import type { PromptVerdict } from '../../schema/verdict.ts';
import { twoSidedT } from './distributions.ts';
import type { EffectEstimate } from './estimate-effect.ts';
import { toChange } from './headline-metrics.ts';
import { adjustFalseDiscovery } from './multiple-tests.ts';
import type { PromptEffect } from './paired-effect.ts';
import { poolVariances, type Variance } from './pool-variances.ts';
import { robustVariance } from './robust-variance.ts';

/**
 * Which prompts of a model stand out on which metric: those that changed otherwise than the model's prompts do. Where
 * everything is slower, that all are is told by the metric itself. For who looks for the cause: it is never an alarm, so it
 * is held by the share of false ones among those that stand out (Benjamini–Hochberg over prompts × metrics).
 *
 * Under the null a prompt's effect is the metric's common one, the median over prompts, but for noise and for what
 * prompts differ by in any case, as a long one is slowed down otherwise than a short one. The latter is told robustly,
 * so that what stands out does not hide itself.
 */
export function detailPrompts(
  estimates: readonly EffectEstimate[],
  { floor, falseDiscoveryRate }: { floor: number; falseDiscoveryRate: number },
): PromptVerdict[] {
  const rows = estimates.flatMap((estimate) => {
    const { metric, found } = estimate;
    const prompts = found?.prompts ?? [];
    const test = prompts.length === 0 ? null : testAgainstCommon(estimate, prompts);
    return prompts.map((it) => ({ ...it, metric, ...(test?.(it) ?? { deviation: 0, pValue: null }) }));
  });
  const tested = rows.filter(({ pValue }) => pValue !== null);
  const adjusted = adjustFalseDiscovery(tested.map(({ pValue }) => pValue ?? 1));
  const adjustedOf = new Map(tested.map((row, index) => [row, adjusted[index] ?? 1]));
  const least = Math.log1p(floor);
  return rows.map((row) => {
    const { prompt, metric, logRatio, deviation, pairs, pValue } = row;
    const adjustedPValue = adjustedOf.get(row) ?? null;
    return {
      ...{ prompt, metric, change: toChange(metric, logRatio), logRatio, pairs, pValue, adjustedPValue },
      standsOut:
        adjustedPValue !== null && adjustedPValue <= falseDiscoveryRate && Math.abs(deviation) >= least,
    };
  });
}

/** Of a logarithm of a ratio: less is none. */
const roundingError = 1e-12;

/**
 * Tests a prompt's distance from the common effect. What a load does to all its prompts is in both and cancels out. Degrees
 * of freedom after Satterthwaite (Biometrics Bulletin 2, 1946). Null where nothing tells the noise.
 */
function testAgainstCommon({ found, errorShare }: EffectEstimate, prompts: readonly PromptEffect[]) {
  const noise = found?.variance == null ? null : shareNoise(found.variance, prompts, errorShare);
  if (noise === null) return null;
  const common = median(prompts.map(({ logRatio }) => logRatio));
  const spread = robustVariance(prompts.map(({ logRatio }) => logRatio));
  const between = Math.max(spread.variance - noise.shared.variance, 0);
  return (prompt: PromptEffect): { deviation: number; pValue: number } => {
    const deviation = prompt.logRatio - common;
    const within = noise.of(prompt);
    const variance = within + between;
    if (Math.abs(deviation) < roundingError) return { deviation, pValue: 1 };
    if (variance === 0) return { deviation, pValue: 0 };
    const sum = within ** 2 / noise.shared.degreesOfFreedom + between ** 2 / spread.degreesOfFreedom;
    return { deviation, pValue: twoSidedT(deviation / Math.sqrt(variance), variance ** 2 / sum) };
  };
}

/**
 * The variance of a prompt's effect within loads, pooled over prompts as few loads tell little of one; one that is far
 * noisier than the others goes by its own.
 */
function shareNoise(ofLoads: Variance, prompts: readonly PromptEffect[], errorShare: number) {
  const whole = poolVariances(
    null,
    prompts.flatMap(({ variance }) => variance ?? []),
  );
  if (whole === null) return null;
  const within = (it: Variance | null) => Math.max((it?.variance ?? 0) - ofLoads.variance, 0) * errorShare;
  const shared = { variance: within(whole), degreesOfFreedom: whole.degreesOfFreedom };
  return { shared, of: ({ variance }: PromptEffect) => Math.max(shared.variance, within(variance)) };
}
