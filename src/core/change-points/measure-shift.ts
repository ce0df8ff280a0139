import { median } from 'simple-statistics';
import type { Shift } from '../../schema/changes.ts';
import { criticalT } from '../compare/distributions.ts';
import { estimateNoise, varianceOfMean } from './noise.ts';

/** Nights of longer ago, or of longer after, may have moved for another reason. */
export const nightsBeside = 20;
/** Together they must tell the noise, and each side a level. */
const fewestNights = 8;
const fewestOfSide = 3;
const notInterval = 0.01;
/** The median of normal nights varies so much more than their mean (π ÷ 2). */
const medianOverMean = Math.PI / 2;

/**
 * The shift between the nights on either side of a boundary, on a log scale; null where one side is empty. Nothing is
 * attributed by it: whatever else changed at the same time moved together with it.
 */
export function measureShift(
  before: readonly number[],
  after: readonly number[],
): Omit<Shift, 'line' | 'metric'> | null {
  const [left, right] = [before.slice(-nightsBeside), after.slice(0, nightsBeside)];
  if (left.length === 0 || right.length === 0) return null;
  const [was, is] = [median(left), median(right)];
  const nights = left.length + right.length;
  const known = {
    ...{ before: Math.exp(was), after: Math.exp(is), change: Math.expm1(is - was) },
    ...{ nightsBefore: left.length, nightsAfter: right.length },
  };
  if (nights < fewestNights || Math.min(left.length, right.length) < fewestOfSide) {
    return { ...known, interval: null, moved: null };
  }
  const { sd, autocorrelation } = estimateNoise([left, right]);
  const variance =
    varianceOfMean(left.length, autocorrelation) + varianceOfMean(right.length, autocorrelation);
  const margin = criticalT(notInterval, nights - 2) * sd * Math.sqrt(medianOverMean * variance);
  const [low, high] = [is - was - margin, is - was + margin];
  return { ...known, interval: [Math.expm1(low), Math.expm1(high)], moved: low > 0 || high < 0 };
}
