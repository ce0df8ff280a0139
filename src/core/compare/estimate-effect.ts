import type { HeadlineMetric, LoadVariance, MetricVerdict } from '../../schema/verdict.ts';
import { formatQuantity } from '../render/format.ts';
import { computeEffect, type PairedEffect, type PromptPairs } from './paired-effect.ts';
import { isNoisier, poolVariances, type Variance } from './pool-variances.ts';

/** What is known of a metric before it is judged with its family. */
export interface EffectEstimate
  extends Pick<
    MetricVerdict,
    'metric' | 'effect' | 'loads' | 'prompts' | 'pairs' | 'ownVariance' | 'pooledDegreesOfFreedom' | 'notes'
  > {
  found: PairedEffect | null;
  /** Squared standard error ÷ variance of a load: one by the loads. */
  errorShare: number;
}

/** Of a metric that has no reading on both sides. */
export function estimateNothing(metric: HeadlineMetric): EffectEstimate {
  return {
    ...{ metric, effect: null, loads: 0, prompts: 0, pairs: 0, found: null, errorShare: 0 },
    ...{ ownVariance: null, pooledDegreesOfFreedom: 0, notes: ['There is no reading on both sides.'] },
  };
}

/** Stored loads of a fifth more readings are a tenth less noisy at the most; of more, they do not speak for ours. */
const mostPairs = 1.2;
/** A load that lost more than half of its readings is not as good a load as the others. */
const leastShare = 0.5;

/**
 * Estimates the effect on one metric, with the load as the unit and its noise pooled with that of stored loads of
 * the same machine and metric. What it rests on is said in the notes.
 */
export function estimateEffect(
  metric: HeadlineMetric,
  prompts: readonly PromptPairs[],
  stored: readonly LoadVariance[],
): EffectEstimate {
  const { kept, dropped } = keepFullLoads(prompts);
  const found = computeEffect(kept);
  if (found === null) return estimateNothing(metric);
  const { loads, pairs, variance: own, logRatio } = found;
  const pairsPerLoad = pairs / loads;
  const ofMetric = stored.filter((it) => it.metric === metric);
  const { usable, notes } = chooseStored(own, ofMetric, pairsPerLoad, loads);
  const pooled = poolVariances(own, usable);
  return {
    ...{ metric, loads, pairs, found, prompts: found.prompts.length, errorShare: 1 / loads },
    effect: {
      logRatio,
      standardError: pooled && Math.sqrt(pooled.variance / loads),
      degreesOfFreedom: pooled?.degreesOfFreedom ?? null,
    },
    ownVariance: own && { metric, ...own, pairs: pairsPerLoad },
    pooledDegreesOfFreedom: usable.reduce((sum, it) => sum + it.degreesOfFreedom, 0),
    notes: [
      ...(dropped === 0
        ? []
        : [`${formatQuantity(dropped, 'load')} left out, with under half the readings.`]),
      ...notes,
    ],
  };
}

function keepFullLoads(prompts: readonly PromptPairs[]): { kept: PromptPairs[]; dropped: number } {
  const counts = new Map<number, number>();
  for (const { load } of prompts.flatMap(({ pairs }) => pairs)) counts.set(load, (counts.get(load) ?? 0) + 1);
  const least = leastShare * Math.max(0, ...counts.values());
  const isFull = (load: number) => (counts.get(load) ?? 0) >= least;
  return {
    kept: prompts.map(({ prompt, pairs }) => ({ prompt, pairs: pairs.filter(({ load }) => isFull(load)) })),
    dropped: [...counts.keys()].filter((load) => !isFull(load)).length,
  };
}

function chooseStored(
  own: Variance | null,
  stored: readonly LoadVariance[],
  pairsPerLoad: number,
  loads: number,
): { usable: readonly LoadVariance[]; notes: string[] } {
  const usable = stored.filter(({ pairs }) => pairs <= pairsPerLoad * mostPairs);
  const before = poolVariances(null, usable);
  const alone =
    loads < 2 ? 'one load does not tell its own noise' : `the noise is that of these ${loads} loads alone`;
  if (before === null) {
    const why =
      stored.length === 0 ? 'No stored loads of this machine' : 'Stored loads had more readings each';
    return { usable: [], notes: [`${why}: ${alone}.`] };
  }
  if (own !== null && isNoisier(own, before)) {
    return { usable: [], notes: [`Noisier than stored loads can explain: ${alone}.`] };
  }
  return { usable, notes: [] };
}
