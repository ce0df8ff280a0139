import type { KnownLoads } from '../../schema/load-variance.ts';
import type { HeadlineMetric, LoadVariance, MetricVerdict } from '../../schema/verdict.ts';
import { formatQuantity } from '../render/format.ts';
import { computeEffect, type PairedEffect, type PromptPairs } from './paired-effect.ts';
import { isCalmer, isNoisier, poolVariances, type Variance } from './pool-variances.ts';

/** Loads of before, of comparisons unless it is said that they are of a night. */
export type StoredLoads = LoadVariance & Partial<Pick<KnownLoads, 'nightly'>>;

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
  stored: readonly StoredLoads[],
): EffectEstimate {
  const { kept, dropped } = keepFullLoads(prompts);
  const found = computeEffect(kept);
  if (found === null) return estimateNothing(metric);
  const { loads, pairs, variance: own, logRatio } = found;
  const pairsPerLoad = pairs / loads;
  const ofMetric = stored.filter((it) => it.metric === metric);
  const { usable, notes } = chooseStored(own, ofMetric, pairsPerLoad, loads);
  const pooled = poolVariances(own, usable === null ? [] : [usable]);
  return {
    ...{ metric, loads, pairs, found, prompts: found.prompts.length, errorShare: 1 / loads },
    effect: {
      logRatio,
      standardError: pooled && Math.sqrt(pooled.variance / loads),
      degreesOfFreedom: pooled?.degreesOfFreedom ?? null,
    },
    ownVariance: own && { metric, ...own, pairs: pairsPerLoad },
    pooledDegreesOfFreedom: usable?.degreesOfFreedom ?? 0,
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

/**
 * Loads of comparisons go first, as they are what is to be pooled. Those of nights did not take turns request by request,
 * and are mostly noisier: they have no more of a say than the run itself, and none where it is calmer.
 */
function chooseStored(
  own: Variance | null,
  stored: readonly StoredLoads[],
  pairsPerLoad: number,
  loads: number,
): { usable: Variance | null; notes: string[] } {
  const alone =
    loads < 2 ? 'one load does not tell its own noise' : `the noise is that of these ${loads} loads alone`;
  const leave = (why: string) => ({ usable: null, notes: [`${why}: ${alone}.`] });
  const fit = stored.filter(({ pairs }) => pairs <= pairsPerLoad * mostPairs);
  const compared = poolVariances(
    null,
    fit.filter(({ nightly }) => !nightly),
  );
  const before = compared ?? poolVariances(null, fit);
  if (before === null) {
    return leave(
      stored.length === 0 ? 'No stored loads of this machine' : 'Stored loads had more readings each',
    );
  }
  if (own !== null && isNoisier(own, before)) return leave('Noisier than stored loads can explain');
  if (compared !== null) return { usable: compared, notes: [] };
  if (own === null) return leave('Stored loads are of nights, which say nothing by themselves');
  if (isCalmer(own, before)) return leave('Calmer than loads of nights, which are all that is stored');
  const degreesOfFreedom = Math.min(before.degreesOfFreedom, own.degreesOfFreedom);
  return {
    usable: { ...before, degreesOfFreedom },
    notes: ['No comparison on this machine is stored: the noise is pooled with that of its nights.'],
  };
}
