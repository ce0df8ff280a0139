import { describe, expect, test } from 'vitest';
import { drawSparkline } from '../../site/src/view/sparkline.ts';
import { findTimeTicks, formatTick } from '../../site/src/view/time-ticks.ts';

const at = (timeMs: number, value: number | null, rest = {}) => ({
  ...{ timeMs, value, isMarked: false, pausedBefore: false },
  ...rest,
});

describe('a sparkline', () => {
  test('lays values out by time, larger ones higher', () => {
    const { path, dots, last } = drawSparkline([at(0, 10), at(10, 20), at(40, 30)], 46, 26);
    expect(path).toBe('M3 23L13 13L43 3');
    expect(dots).toEqual([]);
    expect(last).toEqual({ x: 43, y: 3 });
  });

  test.each([
    ['a value that is missing', [at(0, 1), at(1, 1), at(2, null), at(3, 1), at(4, 1)]],
    ['a pause', [at(0, 1), at(1, 1), at(3, 1, { pausedBefore: true }), at(4, 1)]],
  ])('is broken by %s', (_, inputs) => {
    expect(drawSparkline(inputs, 46, 26).path).toBe('M3 13L13 13M33 13L43 13');
  });

  test('shows a lone point as a dot, and marks where they are', () => {
    const inputs = [at(0, 1), at(1, null), at(2, 1, { isMarked: true }), at(3, null), at(4, 1)];
    const { path, dots, marks } = drawSparkline(inputs, 46, 26);
    expect(path).toBe('');
    expect(dots.map(({ x }) => x)).toEqual([3, 23, 43]);
    expect(marks).toEqual([23]);
  });

  test('keeps noise small: one per cent is not drawn from edge to edge', () => {
    const { path } = drawSparkline([at(0, 100), at(10, 101)], 46, 106);
    expect(path).toBe('M3 54.5L43 51.5');
  });

  test('of nothing is nothing', () => {
    expect(drawSparkline([], 46, 26)).toEqual({ path: '', dots: [], marks: [], last: null });
    expect(drawSparkline([at(0, null)], 46, 26).last).toBeNull();
    expect(drawSparkline([at(0, 5)], 46, 26).last).toEqual({ x: 23, y: 13 });
  });
});

describe('the time axis', () => {
  const time = (iso: string) => Date.parse(`2026-11-${iso}Z`);
  test.each([
    ['seconds', '24T10:00:01', '24T10:00:58', 5, ['10:00:15', '10:00:30', '10:00:45']],
    ['minutes', '24T10:00:30', '24T10:04:30', 5, ['10:01', '10:02', '10:03', '10:04']],
    ['hours', '24T00:10:00', '24T23:00:00', 5, ['06:00', '12:00', '18:00']],
    ['days', '01T01:30:00', '04T01:30:00', 5, ['2 Nov', '3 Nov', '4 Nov']],
  ])('has round %s', (_, from, to, most, labels) => {
    const { ticks, stepMs } = findTimeTicks(time(from), time(to), most);
    expect(ticks.map((tick) => formatTick(tick, stepMs))).toEqual(labels);
  });

  test.each([
    ['months', '2026-01-15', '2026-07-15', 4, ['Mar 2026', 'May 2026', 'Jul 2026']],
    ['quarters', '2025-11-02', '2026-11-02', 6, ['Jan 2026', 'Apr 2026', 'Jul 2026', 'Oct 2026']],
    ['years', '2024-01-01', '2027-06-01', 5, ['2024', '2025', '2026', '2027']],
    ['several years', '1999-07-10', '2026-11-24', 8, ['2000', '2005', '2010', '2015', '2020', '2025']],
  ])('counts long stretches in %s', (_, from, to, most, labels) => {
    const { ticks, stepMs } = findTimeTicks(Date.parse(from), Date.parse(to), most);
    expect(ticks.map((tick) => formatTick(tick, stepMs))).toEqual(labels);
  });
});
