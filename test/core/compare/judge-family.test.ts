import { describe, expect, test } from 'vitest';
import { defaultSettings, type Estimate, judgeFamily } from '../../../src/core/compare/judge-family.ts';

const estimate = (
  percent: number,
  standardErrorPercent: number | null,
  changes: Partial<Estimate> = {},
): Estimate => ({
  ...{ metric: 'ttftMs', loads: 6, looks: null },
  effect: {
    logRatio: Math.log1p(percent / 100),
    standardError: standardErrorPercent === null ? null : standardErrorPercent / 100,
    degreesOfFreedom: standardErrorPercent === null ? null : 25,
  },
  ...changes,
});
const judge = (...estimates: Estimate[]) => judgeFamily(estimates, defaultSettings);
const words = (...estimates: Estimate[]) => judge(...estimates).map(({ word }) => word);

describe('the word', () => {
  test.each([
    ['5 % ± 0.6 % is slower', 5, 0.6, 'regressed'],
    ['−5 % ± 0.6 % is faster', -5, 0.6, 'improved'],
    ['5 % ± 2 % may be chance', 5, 2, 'inconclusive'],
    ['0.1 % ± 0.5 % is within 2 %', 0.1, 0.5, 'unchanged'],
    ['1.5 % ± 0.5 % is real or not, but may be 2 %', 1.5, 0.5, 'inconclusive'],
    ['1 % ± 0.1 % is real, and too little to be called', 1, 0.1, 'unchanged'],
    ['1.9 % ± 0.3 % is real, and may be above the floor', 1.9, 0.3, 'inconclusive'],
    ['0 % with a noise of 0 is unchanged', 0, 0, 'unchanged'],
    ['5 % with a noise of 0 is slower', 5, 0, 'regressed'],
    ['without any noise known nothing is', 50, null, 'inconclusive'],
  ])('%s', (_, percent, standardError, word) => {
    expect(words(estimate(percent, standardError))).toEqual([word]);
  });

  test('of no readings is that they are not comparable', () => {
    expect(judge(estimate(0, 1, { effect: null }))).toEqual([
      {
        ...{ word: 'not comparable', change: null, interval: null },
        ...{ pValue: null, adjustedPValue: null, detectableChange: null },
      },
    ]);
  });
});

test('the numbers: p and interval of Student’s t, what could have been seen', () => {
  const [judged] = judge(estimate(5, 1));
  const t = Math.log(1.05) / 0.01;
  expect(t).toBeCloseTo(4.879, 3);
  // Quantiles with 25 degrees of freedom: 1.708141 at 95 %, 3.078199 at 99.75 %, 0.856236 at 80 %.
  expect(judged?.pValue).toBeCloseTo(5.1e-5, 6);
  expect(judged?.adjustedPValue).toBe(judged?.pValue);
  expect(judged?.interval).toEqual({
    level: 0.9,
    low: expect.closeTo(1.05 * Math.exp(-0.01708141) - 1, 7),
    high: expect.closeTo(1.05 * Math.exp(0.01708141) - 1, 7),
  });
  expect(judged?.detectableChange).toBeCloseTo(Math.exp(0.01 * (3.078199 + 0.856236)) - 1, 6);
});

test('a rate is read the other way round', () => {
  const [judged] = judge(estimate(5, 0.6, { metric: 'prefillTokensPerSecond' }));
  expect(judged).toMatchObject({ word: 'regressed', change: expect.closeTo(1 / 1.05 - 1, 12) });
  expect(judged?.interval?.low).toBeLessThan(judged?.change ?? 0);
  expect(judged?.interval?.high).toBeGreaterThan(judged?.change ?? 0);
});

test('the more there are to be wrong about, the surer each has to be', () => {
  const one = estimate(5, 1.3);
  expect(words(one)).toEqual(['regressed']);
  expect(words(one, ...Array.from({ length: 39 }, () => estimate(0, 1)))[0]).toBe('inconclusive');
  const missing = Array.from({ length: 39 }, () => estimate(0, null));
  expect(words(one, ...missing)[0], 'what was not tested counts for nothing').toBe('regressed');
});

describe('looking early', () => {
  const looks = [6, 9, 12];

  test.each([
    // p of 3.4e-4: the first look is tested at 6.2e-5, the second at 1.1e-3.
    [6, 'inconclusive'],
    [9, 'regressed'],
    [12, 'regressed'],
  ])('at %i loads takes more', (loads, word) => {
    expect(words(estimate(5, 1.18, { loads, looks }))).toEqual([word]);
  });

  test('widens what has to lie inside the floor', () => {
    const inside = estimate(0, 1);
    expect(words(inside)).toEqual(['unchanged']);
    expect(words({ ...inside, looks })).toEqual(['inconclusive']);
    const [early] = judge({ ...inside, looks });
    expect(early?.interval?.level).toBeCloseTo(0.9857, 4);
  });
});

test('a look that was not planned, as a load was lost, is one more', () => {
  const looks = [6, 9, 12];
  const [at9, at8] = [9, 8].map((loads) => judge(estimate(3, 0.8, { loads, looks }))[0]?.adjustedPValue ?? 0);
  const [planned] = judge(estimate(3, 0.8, { loads: 8, looks: [6, 8, 9, 12] }));
  expect(at8).toBe(planned?.adjustedPValue);
  expect(at8).toBeGreaterThan(at9 ?? 0);
});

test('where a budget ended a run its last look is there, which is where it can be told most', () => {
  const looked = (looks: number[]) => judge(estimate(42, 4, { loads: 7, looks }))[0];
  expect(looked([6, 7])?.word).toBe('regressed');
  expect(looked([6, 7])?.adjustedPValue).toBeLessThan(looked([6, 9, 12])?.adjustedPValue ?? 0);
});
