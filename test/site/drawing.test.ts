import { describe, expect, test } from 'vitest';
import { drawSparkline } from '../../site/src/view/sparkline.ts';
import { findTimeTicks } from '../../site/src/view/time-ticks.ts';

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
  const label = (from: string, to: string, most: number) =>
    findTimeTicks(Date.parse(from), Date.parse(to), most).map(({ lines }) => lines.join('\n'));

  test.each([
    [
      ...['seconds', '2026-11-24T10:00:01Z', '2026-11-24T10:00:58Z', 4],
      ['10:00:15\n24 Nov 2026', '10:00:30', '10:00:45'],
    ],
    [
      ...['minutes', '2026-11-24T10:00:30Z', '2026-11-24T10:04:30Z', 4],
      ['10:01\n24 Nov 2026', '10:02', '10:03', '10:04'],
    ],
    [
      ...['hours', '2026-11-24T00:10:00Z', '2026-11-24T23:00:00Z', 4],
      ['06:00\n24 Nov 2026', '12:00', '18:00'],
    ],
    [
      ...['hours of several days', '2026-11-23T18:00:00Z', '2026-11-25T01:00:00Z', 4],
      ['00:00\n24 Nov 2026', '12:00', '00:00\n25 Nov 2026'],
    ],
    [...['days', '2026-11-01T01:30:00Z', '2026-11-04T01:30:00Z', 4], ['2 Nov\n2026', '3 Nov', '4 Nov']],
    [
      ...['days of two years', '2026-12-31', '2027-01-03', 4],
      ['31 Dec\n2026', '1 Jan\n2027', '2 Jan', '3 Jan'],
    ],
  ] as [string, string, string, number, string[]][])('has round %s', (_, from, to, most, labels) => {
    expect(label(from, to, most)).toEqual(labels);
  });

  test.each([
    ['months', '2026-01-15', '2026-07-15', 3.5, ['Mar\n2026', 'May', 'Jul']],
    ['quarters', '2025-11-02', '2026-11-02', 5, ['Jan\n2026', 'Apr', 'Jul', 'Oct']],
    ['months of two years', '2025-11-02', '2026-04-02', 5, ['Dec\n2025', 'Jan\n2026', 'Feb', 'Mar', 'Apr']],
    ['years', '2024-01-01', '2027-06-01', 4, ['2024', '2025', '2026', '2027']],
    ['several years', '1999-07-10', '2026-11-24', 7, ['2000', '2005', '2010', '2015', '2020', '2025']],
  ])('counts long stretches in %s', (_, from, to, most, labels) => {
    expect(label(from, to, most)).toEqual(labels);
  });

  test.each([
    ['five weeks on a phone', '2026-10-19', '2026-11-25', 3.6, ['22 Oct\n2026', '5 Nov', '19 Nov']],
    [
      'five weeks where there is hardly room',
      '2026-10-19',
      '2026-11-25',
      1,
      ['22 Oct\n2026', '5 Nov', '19 Nov'],
    ],
    [
      'a single night',
      '2026-11-24T01:29:00Z',
      '2026-11-24T01:31:00Z',
      2,
      ['01:29\n24 Nov 2026', '01:30', '01:31'],
    ],
    [
      'a minute',
      '2026-11-24T01:29:30Z',
      '2026-11-24T01:30:30Z',
      1,
      ['01:29:30\n24 Nov 2026', '01:30:00', '01:30:30'],
    ],
  ])('has two ticks at least, and tells the date: %s', (_, from, to, most, labels) => {
    expect(label(from, to, most)).toEqual(labels);
  });

  test('never lacks a date, however long the stretch and narrow the chart', () => {
    for (const start of ['2026-11-24T01:30:00Z', '2026-12-31T23:59:59Z']) {
      for (let length = 60_000; length < 30 * 365 * 86_400_000; length *= 1.7) {
        for (const most of [1, 2, 3.7, 8, 15]) {
          const from = Date.parse(start);
          const ticks = findTimeTicks(from, from + length, most);
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.length).toBeLessThanOrEqual(Math.max(most + 1, 6));
          expect(ticks[0]?.lines.join(' ')).toMatch(/\d{4}$/);
        }
      }
    }
  });
});
