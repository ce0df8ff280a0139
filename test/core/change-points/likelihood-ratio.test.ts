import { describe, expect, test } from 'vitest';
import {
  creepWindows,
  fitChange,
  placeChange,
  stepWindows,
  whiten,
} from '../../../src/core/change-points/likelihood-ratio.ts';
import { estimateNoise, varianceOfMean } from '../../../src/core/change-points/noise.ts';
import { drawNights } from './seeded.ts';

const noise = (sd: number, autocorrelation: number) => ({ sd, autocorrelation, outliers: 0, nights: 100 });

describe('noise', () => {
  test.each([
    [1, 0.5, 1],
    [4, 0, 0.25],
    // Of two nights: (1 + r) / 2.
    [2, 0.5, 0.75],
    // Of three: (3 + 4r + 2r²) / 9.
    [3, 0.5, 5.5 / 9],
  ])('the mean of %i nights of autocorrelation %f has the variance %f', (nights, r, variance) => {
    expect(varianceOfMean(nights, r)).toBeCloseTo(variance, 12);
  });

  test('is told from stretches that each have a level of their own', () => {
    const stretch = drawNights(1, 100);
    const apart = [stretch.slice(0, 50), stretch.slice(50).map((it) => it + 1)];
    expect(estimateNoise(apart).sd).toBeCloseTo(0.0199, 4);
  });

  test('is hardly touched by spikes, which are counted', () => {
    const stretch = drawNights(1, 100);
    const spiky = stretch.map((it, night) => (night % 25 === 7 ? 3 : it));
    // One in a hundred, as if of 30 nights more.
    expect(estimateNoise([stretch]).outliers).toBeCloseTo(0.3 / 130, 12);
    expect(estimateNoise([spiky]).outliers).toBeCloseTo(4.3 / 130, 12);
    expect(estimateNoise([spiky]).sd / estimateNoise([stretch]).sd).toBeCloseTo(1.16, 2);
  });

  test('of nights that do not move is small, not zero', () => {
    expect(estimateNoise([[5, 5, 5, 5, 5]]).sd).toBe(1e-5);
  });

  test('of few nights has nearly the usual autocorrelation, of many their own', () => {
    const [few, many] = [drawNights(3, 10), drawNights(3, 1000)];
    expect(estimateNoise([few]).autocorrelation).toBeCloseTo(0.282, 3);
    expect(estimateNoise([many]).autocorrelation).toBeCloseTo(0.021, 3);
  });

  test('that wander are not taken for noise about a level', () => {
    expect(estimateNoise([drawNights(3, 1000, 0.98)]).autocorrelation).toBe(0.7);
  });
});

/** Levels wander: of n nights, a score is not worth the whole. */
function discount(score: number, nights: number): number {
  return score / Math.sqrt(1 + nights / 200);
}

describe('a likelihood ratio', () => {
  test('without autocorrelation is the difference of two means over its error', () => {
    const values = [...Array(10).fill(0), ...Array(5).fill(1)];
    expect(fitChange(whiten(values, 0, noise(1, 0)), stepWindows)).toEqual({
      ...{ shape: 'step', nights: 5, score: expect.closeTo(discount(1 / Math.sqrt(1 / 10 + 1 / 5), 5), 12) },
    });
  });

  test('counts a night beyond 2.75 standard deviations as if it were there', () => {
    const values = [...Array(10).fill(0), ...Array(5).fill(50)];
    const score = fitChange(whiten(values, 0, noise(1, 0)), stepWindows)?.score;
    expect(score).toBeCloseTo(discount(2.75 / Math.sqrt(1 / 10 + 1 / 5), 5), 12);
  });

  test('of fewer than five nights before and four after is none', () => {
    expect(fitChange(whiten(Array(8).fill(0), 0, noise(1, 0)), stepWindows)).toBeNull();
    expect(fitChange(whiten(Array(9).fill(0), 0, noise(1, 0)), stepWindows)).not.toBeNull();
  });

  test.each([
    ['step', stepWindows, (since: number) => (since < 0 ? 0 : 1)],
    ['creep', creepWindows, (since: number) => Math.max(since + 1, 0)],
  ] as const)('of a %s is that of the regression on it and the level', (_, windows, weigh) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      for (const r of [0, 0.3, 0.6]) {
        const values = drawNights(seed, 60, r);
        const fit = fitChange(whiten(values, 0, noise(0.02, r), Number.POSITIVE_INFINITY), windows);
        const scores = Array.from({ length: windows.longest }, (_, it) => it + 1)
          .filter((nights) => nights >= windows.shortest && nights <= 55)
          .map((nights) =>
            discount(
              regress(values, r, (night) => weigh(night - 60 + nights)),
              nights,
            ),
          );
        const best = scores.reduce((most, it) => (Math.abs(it) > Math.abs(most) ? it : most));
        expect(fit?.score).toBeCloseTo(best, 10);
      }
    }
  });
});

describe('the place of a change', () => {
  test('is in the middle of where it may be', () => {
    // Three nights between two levels: the step may be before or after them, and one of them is as likely.
    const values = [...Array(20).fill(0), 2, 2, 2, ...Array(20).fill(4)];
    const innovations = whiten(values, 0, noise(1, 0), Number.POSITIVE_INFINITY);
    expect([20, 21, 22, 23]).toContain(fitChange(innovations, stepWindows)?.nights);
    expect(placeChange(innovations, stepWindows)?.nights).toBe(22);
  });

  test('is that of the step where it is plain', () => {
    const innovations = whiten([...Array(20).fill(0), ...Array(9).fill(4)], 0, noise(1, 0));
    expect(placeChange(innovations, stepWindows)).toMatchObject({ shape: 'step', nights: 9 });
    expect(fitChange(innovations, stepWindows)).toMatchObject({ shape: 'step', nights: 9 });
  });
});

/** The t-like statistic of `weigh` beside a level by generalised least squares, with a known noise of 2 %. */
function regress(values: readonly number[], r: number, weigh: (night: number) => number): number {
  const whiten = (of: (night: number) => number) =>
    values.map((_, night) => (night === 0 ? of(0) * Math.sqrt(1 - r ** 2) : of(night) - r * of(night - 1)));
  const [y, level, change] = [whiten((it) => values[it] ?? 0), whiten(() => 1), whiten(weigh)];
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, it, at) => sum + it * (b[at] ?? 0), 0);
  const share = dot(change, level) / dot(level, level);
  const own = change.map((it, at) => it - share * (level[at] ?? 0));
  return dot(own, y) / (0.02 * Math.sqrt(1 - r ** 2) * Math.sqrt(dot(own, own)));
}
