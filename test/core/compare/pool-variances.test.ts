import { describe, expect, test } from 'vitest';
import { isCalmer, joinAlike, poolVariances } from '../../../src/core/compare/pool-variances.ts';

const known = (variance: number, changes = {}) => ({
  ...{ metric: 'ttftMs' as const, variance, degreesOfFreedom: 5, pairs: 48, nightly: false },
  ...changes,
});

describe('what is known of loads', () => {
  test('is joined where it is alike, weighted by degrees of freedom', () => {
    const more = known(4, { degreesOfFreedom: 10 });
    expect(joinAlike([known(1), more])).toEqual([known(3, { degreesOfFreedom: 15 })]);
  });

  test.each([
    ['another metric', { metric: 'tpotMs' as const }],
    ['a night', { nightly: true }],
    ['fewer pairs', { pairs: 47.5 }],
  ])('is told apart for %s', (_, changes) => {
    expect(joinAlike([known(1), known(4, changes)])).toEqual([known(1), known(4, changes)]);
  });

  test('pools to the same when it is joined', () => {
    const all = [1, 2, 5].map((variance) => known(variance));
    expect(poolVariances(null, joinAlike(all))).toEqual(poolVariances(null, all));
  });
});

test.each([
  ['F(5, 5) is above 3.45 by chance in 10 %', 1, 3.4, false],
  ['and 3.5 is beyond it', 1, 3.5, true],
  ['noisier is not calmer', 10, 1, false],
  ['none at all is calmer than any', 0, 1e-9, true],
  ['and as calm as none', 0, 0, false],
])('%s', (_, own, others, calmer) => {
  const of = (variance: number) => ({ variance, degreesOfFreedom: 5 });
  expect(isCalmer(of(own), of(others))).toBe(calmer);
});
