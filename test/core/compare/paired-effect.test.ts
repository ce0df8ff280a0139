import { expect, test } from 'vitest';
import { computeEffect, trimmedMean } from '../../../src/core/compare/paired-effect.ts';
import { poolVariances } from '../../../src/core/compare/pool-variances.ts';

const values = [0.1, 0.02, 0.05, 0.03, 0.9, 0.04, -0.5, 0.06, 0.01, 0.07, 0.03, 0.05];
const each = (logRatios: readonly number[]) => logRatios.map((logRatio, load) => ({ load, logRatio }));

test('a sixth of the readings is cut off at each end', () => {
  expect(trimmedMean(values)).toBeCloseTo(0.04375, 12);
  expect(trimmedMean([1, 2, 3, 4, 100])).toBe(22);
});

test('with a reading of each load, the standard error is that of a trimmed mean', () => {
  const effect = computeEffect([{ prompt: 'p', pairs: each(values) }]);
  expect(effect).toMatchObject({ logRatio: expect.closeTo(0.04375, 12), loads: 12, pairs: 12 });
  // Yuen 1974.
  expect(Math.sqrt((effect?.variance?.variance ?? 0) / 12)).toBeCloseTo(0.008955910525085283, 12);
});

test('with nothing to trim it is that of the mean', () => {
  const effect = computeEffect([{ prompt: 'p', pairs: each([0.05, 0.06, 0.04, 0.055, 0.045]) }]);
  expect(effect?.logRatio).toBeCloseTo(0.05, 12);
  expect(effect?.variance).toEqual({ variance: expect.closeTo(6.25e-5, 12), degreesOfFreedom: 4 });
});

test('prompts are averaged untrimmed: one of twenty at ×2 is seen', () => {
  const prompts = Array.from({ length: 20 }, (_, index) => ({
    prompt: `p${index}`,
    pairs: each(Array.from({ length: 12 }, () => (index === 0 ? Math.log(2) : 0))),
  }));
  expect(computeEffect(prompts)?.logRatio).toBeCloseTo(Math.log(2) / 20, 12);
});

test('the load is the unit: what all readings of a load share widens the interval, what they do not cancels', () => {
  const load = (offset: number, noise: number) => (index: number) => ({
    load: index,
    readings: [offset + noise, offset - noise],
  });
  const of = (made: { load: number; readings: number[] }[]) => [
    {
      prompt: 'p',
      pairs: made.flatMap((it) => it.readings.map((logRatio) => ({ load: it.load, logRatio }))),
    },
  ];
  const shared = computeEffect(of([load(0.01, 0)(0), load(-0.01, 0)(1)]));
  const alternating = computeEffect(of([load(0, 0.01)(0), load(0, 0.01)(1)]));
  expect(shared?.variance?.variance).toBeCloseTo(2e-4, 12);
  expect(alternating?.variance?.variance).toBeCloseTo(0, 12);
});

test('a load that lost a prompt is not moved by what that prompt’s effect is', () => {
  const both = [0, 1, 2].map((load) => ({ load, logRatio: 0 }));
  const large = [0, 1].map((load) => ({ load, logRatio: 1 }));
  expect(
    computeEffect([
      { prompt: 'a', pairs: both },
      { prompt: 'b', pairs: large },
    ]),
  ).toMatchObject({ logRatio: 0.5, loads: 3, variance: { variance: 0, degreesOfFreedom: 2 } });
});

test('one load has no variance, no readings have no effect', () => {
  expect(computeEffect([{ prompt: 'p', pairs: [{ load: 0, logRatio: 0.1 }] }])).toMatchObject({
    ...{ logRatio: 0.1, variance: null },
  });
  expect(computeEffect([{ prompt: 'p', pairs: [] }])).toBeNull();
});

const variance = (value: number, degreesOfFreedom: number) => ({ variance: value, degreesOfFreedom });

test.each([
  ['weighted by degrees of freedom', variance(3, 5), [variance(1, 20)], variance(1.4, 25)],
  ['several stored ones', variance(1, 5), [variance(2, 5), variance(3, 10)], variance(2.25, 20)],
  ['none stored', variance(4, 5), [], variance(4, 5)],
  ['none of its own', null, [variance(1, 20)], variance(1, 20)],
  ['none at all', null, [], null],
  // P(F(5, 20) ≥ 3.4) is 2.2 %, P(F ≥ 3.6) 1.7 %.
  ['just not surprising', variance(3.4, 5), [variance(1, 20)], variance(1.48, 25)],
  ['far noisier than stored: by itself', variance(3.6, 5), [variance(1, 20)], variance(3.6, 5)],
  ['stored without any noise', variance(1, 5), [variance(0, 20)], variance(1, 5)],
])('pooling: %s', (_, own, stored, expected) => {
  const pooled = poolVariances(own, stored);
  expect(pooled).toEqual(expected && { ...expected, variance: expect.closeTo(expected.variance, 12) });
});
