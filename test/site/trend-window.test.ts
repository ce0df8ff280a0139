import { describe, expect, test } from 'vitest';
import { findPauses } from '../../site/src/view/pauses.ts';
import { type DrawnColumns, findNearest, thinOut } from '../../site/src/view/thin-out.ts';
import { formatInterval } from '../../site/src/view/trend-value.ts';
import {
  panWindow,
  rangeWindow,
  revealTime,
  wholeWindow,
  zoomWindow,
} from '../../site/src/view/trend-window.ts';
import { spanValues } from '../../site/src/view/value-range.ts';

const day = 86_400_000;
const gap = Number.NaN;

function columns(median: number[], more: Partial<DrawnColumns> = {}): DrawnColumns {
  const flat = Float64Array.from(median);
  return {
    ...{ at: Float64Array.from(median, (_, night) => night), median: flat, low: flat, high: flat },
    ...{ slowest: Float64Array.from(median, () => gap), ...more },
  };
}

describe('the nights that are drawn', () => {
  test('are all of them where they fit, with one more at each end', () => {
    expect(thinOut(columns([1, 2, 3, 4, 5, 6, 7]), 2, 4, 50)).toEqual([1, 2, 3, 4]);
  });

  test('are of a crowd the first, the last and the extremes of each bucket', () => {
    const median = [5, 9, 5, 1, 5, 5, 5, 5, gap, 5];
    expect(thinOut(columns(median), 0, 10, 2)).toEqual([0, 1, 3, 4, 5, 9]);
  });

  test('lose no peak of a slowest case', () => {
    const slowest = Float64Array.from([7, 7, 7, 99, 7, 7, 7, 7, 7, 7]);
    expect(thinOut(columns(Array(10).fill(5), { slowest }), 0, 10, 1)).toContain(3);
  });

  test('of ten thousand are few enough for a canvas', () => {
    const median = Array.from({ length: 10_000 }, (_, night) => Math.sin(night));
    const drawn = thinOut(columns(median), 0, 10_000, 400);
    expect(drawn.length).toBeLessThanOrEqual(1600);
    expect(drawn.at(0)).toBe(0);
    expect(drawn.at(-1)).toBe(9999);
  });

  test.each([
    [-5, 0],
    [1.4, 1],
    [1.5, 1],
    [1.6, 2],
    [99, 2],
  ])('the one nearest to %s is %s', (time, night) => {
    expect(findNearest(Float64Array.from([0, 1, 2]), time)).toBe(night);
  });

  test('there is none nearest to anything among none', () => {
    expect(findNearest(new Float64Array(), 1)).toBe(-1);
  });
});

describe('a stretch of time', () => {
  const times = [0, 100 * day];
  const whole = wholeWindow(times);

  test('has a little room at both ends', () => {
    expect(whole).toEqual({ from: -3 * day, to: 103 * day });
    expect(wholeWindow([5])).toEqual({ from: -59_995, to: 60_005 });
  });

  test.each([
    ['30d', { from: 69.1 * day, to: 100.9 * day }],
    ['90d', { from: 7.3 * day, to: 102.7 * day }],
    ['1y', whole],
    ['all', whole],
  ] as const)('of %s ends with the newest night', (range, window) => {
    const found = rangeWindow(times, range);
    expect(found.from).toBeCloseTo(window.from, -3);
    expect(found.to).toBeCloseTo(window.to, -3);
  });

  test('is magnified about a moment, and never shows more than there is', () => {
    const window = { from: 0, to: 40 * day };
    expect(zoomWindow(window, 2, whole)).toEqual({ from: 10 * day, to: 30 * day });
    expect(zoomWindow(window, 2, whole, 0)).toEqual({ from: 0, to: 20 * day });
    expect(zoomWindow(window, 0.1, whole)).toEqual(whole);
    expect(zoomWindow({ from: 0, to: 61_000 }, 100, whole)).toEqual({ from: 500, to: 60_500 });
  });

  test('is moved as far as there is anything', () => {
    expect(panWindow({ from: 0, to: 40 * day }, 0.25, whole)).toEqual({ from: 10 * day, to: 50 * day });
    expect(panWindow({ from: 0, to: 40 * day }, -1, whole)).toEqual({ from: -3 * day, to: 37 * day });
  });

  test('moves no more than shows a night', () => {
    const window = { from: 0, to: 10 * day };
    expect(revealTime(window, 5 * day, whole)).toBe(window);
    expect(revealTime(window, 20 * day, whole)).toEqual({ from: 11 * day, to: 21 * day });
  });
});

describe('a pause', () => {
  test('is a beat that was missed', () => {
    expect(findPauses([0, 10, 20, 40, 50, 60])).toEqual([false, false, false, true, false, false]);
  });
  test.each([
    ['where runs come as they please', [0, 10, 300, 310, 900]],
    ['of few runs', [0, 10, 100]],
    ['of none', []],
  ])('is none %s', (_, times) => {
    expect(findPauses(times).some((it) => it)).toBe(false);
  });
});

describe('the value axis', () => {
  const look = { isLog: false, withSlowest: false };
  test.each([
    ['noise is kept small', columns([90, 120]), look, { min: 85, max: 125 }],
    ['a gap is no value', columns([10, gap, 20]), look, { min: 10, max: 20 }],
    ['nothing is below nothing', columns([0, 0.1]), look, { min: 0, max: 0.1 }],
    [
      'a logarithm is of what is above 0',
      columns([0, 10]),
      { ...look, isLog: true },
      { min: 10 / 1.05, max: 10.5 },
    ],
    ['of no value there is none', columns([gap]), look, null],
  ])('%s', (_, data, how, range) => {
    expect(spanValues(data, [...data.median.keys()], how)).toEqual(range);
  });

  test('makes room for the slowest case where it is drawn', () => {
    const data = columns([10], { slowest: Float64Array.from([40]) });
    expect(spanValues(data, [0], { isLog: false, withSlowest: true })).toEqual({ min: 10, max: 40 });
  });
});

test.each([
  ['ms', 13.2, 14.8, '13.2 to 14.8 ms'],
  ['ms', 980, 1020, '980 ms to 1.02 s'],
  ['tokens/s', 40, 42, '40.0 to 42.0 tok/s'],
  ['ms', null, 14.8, null],
] as const)('an interval of %s from %s to %s is %s', (unit, low, high, text) => {
  expect(formatInterval(unit, low, high)).toBe(text);
});
