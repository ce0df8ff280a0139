import { describe, expect, test } from 'vitest';
import { measureShift } from '../../../src/core/change-points/measure-shift.ts';
import { drawNights } from './seeded.ts';

describe('a shift', () => {
  test('of nothing on one side is none', () => {
    expect(measureShift([], [1])).toBeNull();
  });

  test('is told from the twenty nights on either side', () => {
    const shift = measureShift(
      [...Array(30).fill(9), ...Array(20).fill(Math.log(200))],
      [...Array(20).fill(Math.log(210)), ...Array(30).fill(9)],
    );
    expect(shift).toMatchObject({ nightsBefore: 20, nightsAfter: 20, moved: true });
    expect([shift?.before, shift?.after]).toEqual([expect.closeTo(200, 9), expect.closeTo(210, 9)]);
    expect(shift?.change).toBeCloseTo(0.05, 12);
  });

  test.each([
    [5, 2, null],
    [4, 3, null],
    [5, 3, true],
  ])('of a tenth with %i nights before and %i after: %s', (before, after, moved) => {
    const nights = drawNights(1, 8).map((it) => it / 4);
    const shift = measureShift(
      nights.slice(0, before),
      nights.slice(8 - after).map((it) => it + 0.1),
    );
    expect(shift?.moved).toBe(moved);
  });

  test('that is not there is seen in two of a hundred at most', () => {
    for (const autocorrelation of [0, 0.3, 0.6]) {
      const seen = Array.from({ length: 400 }, (_, seed) => {
        const nights = drawNights(seed + 1, 40, autocorrelation);
        return Number(measureShift(nights.slice(0, 20), nights.slice(20))?.moved);
      }).reduce((sum, it) => sum + it, 0);
      expect(seen / 400).toBeLessThanOrEqual(0.02);
    }
  });
});
