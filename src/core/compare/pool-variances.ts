import type { KnownLoads } from '../../schema/load-variance.ts';
import { upperF } from './distributions.ts';

export interface Variance {
  variance: number;
  degreesOfFreedom: number;
}

/** Below this probability a run is noisier than those before, and theirs say nothing about it. */
const surprise = 0.02;
/**
 * Below this one a run is calmer than nights, whose loads did not take turns with each other, can be right about. Left out
 * at chance they cost little: a run that goes by itself keeps its level too.
 */
const tooCalm = 0.1;

/**
 * Joins a variance of few degrees of freedom with others of the same thing, weighted by theirs (the pooled variance of
 * the t test). Where its own is far above theirs (F test at 2 %) they are left out: a machine that is noisier
 * today must not be believed on yesterday's word.
 */
export function poolVariances(own: Variance | null, others: readonly Variance[]): Variance | null {
  const before = weigh(others);
  if (own === null || before === null) return own ?? before;
  if (isNoisier(own, before)) return own;
  return weigh([own, before]);
}

export function isNoisier(own: Variance, others: Variance): boolean {
  if (others.variance === 0) return own.variance > 0;
  return upperF(own.variance / others.variance, own.degreesOfFreedom, others.degreesOfFreedom) < surprise;
}

/** Whether others are noisier than what its own says of the same thing. */
export function isCalmer(own: Variance, others: Variance): boolean {
  if (own.variance === 0) return others.variance > 0;
  return upperF(others.variance / own.variance, others.degreesOfFreedom, own.degreesOfFreedom) < tooCalm;
}

/**
 * Joins those that are alike in all that is asked of them before they are pooled, so that a hundred comparisons are a few
 * lines of a run report. What is pooled of them stays the same.
 */
export function joinAlike(known: readonly KnownLoads[]): KnownLoads[] {
  const groups = Map.groupBy(known, ({ metric, nightly, pairs }) => `${metric}/${nightly}/${pairs}`);
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    const joined = weigh(alike);
    return first === undefined || joined === null ? [] : { ...first, ...joined };
  });
}

function weigh(variances: readonly Variance[]): Variance | null {
  const degreesOfFreedom = variances.reduce((sum, it) => sum + it.degreesOfFreedom, 0);
  if (degreesOfFreedom === 0) return null;
  const squares = variances.reduce((sum, it) => sum + it.variance * it.degreesOfFreedom, 0);
  return { variance: squares / degreesOfFreedom, degreesOfFreedom };
}
