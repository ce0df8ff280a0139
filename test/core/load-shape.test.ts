import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  isOneAtATime,
  keyOfLoadShape,
  listLoadShapes,
  nameLoadShape,
  oneAtATime,
  scheduleArrivals,
} from '../../src/core/load-shape.ts';
import { type LoadShape, loadShape } from '../../src/schema/plan.ts';

const hashText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const closed = (concurrency: number): LoadShape => ({ kind: 'closed', concurrency });
const open = (requestsPerSecond: number): LoadShape => ({ kind: 'open', requestsPerSecond });

test.each<[number[], number[], LoadShape[]]>([
  [[], [], [closed(1)]],
  [[1], [], [closed(1)]],
  [[16, 4], [], [closed(1), closed(4), closed(16)]],
  [
    [4, 1, 4],
    [2, 0.5, 2],
    [closed(1), closed(4), open(0.5), open(2)],
  ],
  [[], [10], [closed(1), open(10)]],
])('concurrency %j and rates %j are load shapes, one at a time first', (concurrency, rates, expected) => {
  expect(listLoadShapes(concurrency, rates)).toEqual(expected);
});

test.each<[LoadShape, string, string, boolean]>([
  [closed(1), '', '1 at a time', true],
  [closed(4), 'c4', '4 at a time', false],
  [open(0.5), 'r0.5', '0.500 a second', false],
  [open(1), 'r1', '1.00 a second', false],
  [open(12), 'r12', '12.0 a second', false],
])('%j is %j in ids, and called %s', (shape, key, name, alone) => {
  expect(keyOfLoadShape(shape)).toBe(key);
  expect(nameLoadShape(shape)).toBe(name);
  expect(isOneAtATime(shape)).toBe(alone);
  expect(loadShape.parse(shape)).toEqual(shape);
});

test('one at a time is what it says', () => {
  expect(isOneAtATime(oneAtATime)).toBe(true);
  expect(keyOfLoadShape(oneAtATime)).toBe('');
});

describe('arrivals', () => {
  test('never change, as answers of years are compared by when they were asked', () => {
    // gap = −ln(1 − first 48 bits of sha256("arrivals/1/2/<index>") ÷ 2^48) ÷ rate
    const dueMs = scheduleArrivals(3, 2, hashText);
    expect(dueMs.map((it) => Number(it.toFixed(6)))).toEqual([925.023078, 1056.265001, 1115.145357]);
    expect(scheduleArrivals(3, 2, hashText)).toEqual(dueMs);
  });

  test('of fewer requests are the first of more, and of none are none', () => {
    expect(scheduleArrivals(3, 2, hashText)).toEqual(scheduleArrivals(10, 2, hashText).slice(0, 3));
    expect(scheduleArrivals(0, 2, hashText)).toEqual([]);
  });

  test.each([0.5, 2, 40])('come at %f a second: a Poisson process', (rate) => {
    const due = scheduleArrivals(10_000, rate, hashText);
    const gaps = due.map((it, index) => it - (due[index - 1] ?? 0));
    const mean = gaps.reduce((sum, it) => sum + it, 0) / gaps.length;
    const meanWanted = 1000 / rate;
    expect(mean / meanWanted).toBeGreaterThan(0.97);
    expect(mean / meanWanted).toBeLessThan(1.03);
    // Of an exponential distribution the standard deviation is the mean, and 1/e lies above it.
    const variance = gaps.reduce((sum, it) => sum + (it - mean) ** 2, 0) / gaps.length;
    expect(Math.sqrt(variance) / mean).toBeCloseTo(1, 1);
    const above = gaps.filter((it) => it > meanWanted).length / gaps.length;
    expect(above).toBeCloseTo(1 / Math.E, 1);
    expect(gaps.every((it) => it >= 0 && Number.isFinite(it))).toBe(true);
  });

  test('of two rates are not the same ones faster', () => {
    const [slow = 0] = scheduleArrivals(1, 1, hashText);
    const [fast = 0] = scheduleArrivals(1, 2, hashText);
    expect(slow / 2).not.toBeCloseTo(fast);
  });
});
