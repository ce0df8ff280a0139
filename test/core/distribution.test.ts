import { describe, expect, test } from 'vitest';
import { describeReadings, readingsNeeded } from '../../src/core/distribution.ts';

const readings = (values: number[]) =>
  values.map((value, index) => ({ sample: `s${index}`, prompt: 'p', value }));
const upTo = (n: number) => readings(Array.from({ length: n }, (_, index) => index + 1));

describe('how many readings a percentile needs', () => {
  test.each([
    [0.5, 8],
    [0.75, 18],
    [0.9, 46],
    [0.95, 93],
    [0.99, 473],
    [0.999, 4742],
  ])('p = %f needs %i', (p, n) => {
    expect(readingsNeeded(p)).toBe(n);
  });
});

describe('a distribution', () => {
  test('of nothing is null throughout, not zero', () => {
    expect(describeReadings([], 'lower')).toEqual({
      n: 0,
      ...{ mean: null, median: null, medianInterval: null, min: null, max: null },
      ...{ p90: null, p95: null, p99: null, slowest: null },
    });
  });

  test('of one reading has a median but no interval and no tail', () => {
    expect(describeReadings(readings([4]), 'lower')).toMatchObject({
      ...{ n: 1, mean: 4, median: 4, medianInterval: null, p90: null },
      slowest: { sample: 's0', prompt: 'p', value: 4 },
    });
  });

  test.each([
    // 2 · P(Binomial(n, ½) < k) ≤ 5 %: the k-th smallest and the k-th largest bound the median.
    [5, null],
    [6, [1, 6]],
    [8, [1, 8]],
    [9, [2, 8]],
    [12, [3, 10]],
    [20, [6, 15]],
    [46, [16, 31]],
    // Summed exactly, in whole numbers; from 1001 on it is the normal approximation that gives the same.
    [1000, [469, 532]],
    [1075, [505, 571]],
    [1248, [589, 660]],
    [10_000, [4902, 5099]],
  ])('of %i readings has the median interval %j', (n, interval) => {
    expect(describeReadings(upTo(n), 'lower').medianInterval).toEqual(interval);
  });

  test.each([
    [45, null, null, null],
    [46, 41.5, null, null],
    [92, 82.9, null, null],
    [93, 83.8, 88.4, null],
    [473, 425.8, 449.4, 468.28],
  ])('of %i readings has p90 %j, p95 %j and p99 %j', (n, ...expected) => {
    const { p90, p95, p99 } = describeReadings(upTo(n), 'lower');
    expect([p90, p95, p99]).toEqual(expected.map((it) => (it === null ? null : expect.closeTo(it))));
  });

  test('takes the tail from the bad side: the lowest rates', () => {
    const described = describeReadings(upTo(100), 'higher');
    expect(described.p90).toBeCloseTo(10.9);
    expect(described.slowest).toEqual({ sample: 's0', prompt: 'p', value: 1 });
  });

  test('names the slowest case where it stands, whatever the order', () => {
    expect(describeReadings(readings([3, 9, 5]), 'lower')).toMatchObject({
      ...{ n: 3, min: 3, median: 5, max: 9 },
      slowest: { sample: 's1', value: 9 },
    });
  });
});
