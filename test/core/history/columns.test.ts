import { describe, expect, test } from 'vitest';
import { decodeColumn, decodeTime, encodeColumn, encodeTimes } from '../../../src/core/history/columns.ts';

describe('a column of few different values', () => {
  test('names each once, whatever the order of its keys', () => {
    const values = [{ a: 1, b: 2 }, { b: 2, a: 1 }, null, { a: 2 }, null];
    const column = encodeColumn(values);
    expect(column).toEqual({ values: [{ a: 1, b: 2 }, null, { a: 2 }], at: [0, 0, 1, 2, 1] });
    expect(values.map((_, entry) => decodeColumn(column, entry))).toEqual(values);
  });

  test('has no entry that was not put in', () => {
    expect(() => decodeColumn({ values: ['a'], at: [1] }, 0)).toThrow('no entry 0');
    expect(() => decodeColumn({ values: ['a'], at: [] }, 3)).toThrow('no entry 3');
  });
});

describe('a column of times', () => {
  const questions = [0, 0, 0, 1, 1, 2];
  const encode = (times: readonly (number | null)[]) => encodeTimes(times, questions, 3);
  const decode = (times: readonly (number | null)[]) =>
    times.map((_, entry) => decodeTime(encode(times), entry, questions[entry] ?? 0));

  test('keeps each relative to the median of its question', () => {
    expect(encode([100, 110, 90, 5, 5, null])).toEqual({
      median: [100, 5, null],
      at: [0, 95, -105, 0, 0, null],
    });
  });

  test.each([
    [[149.3124, 163.0071, 12.5, 7.123456, 7.2, 0.00041]],
    [[1, 1_000_000, 1, 3600_000, 3599_999, 12]],
  ])('of %j stays within half a per mille', (times) => {
    for (const [index, time] of decode(times).entries()) {
      expect(Math.abs((time ?? 0) / (times[index] ?? 0) - 1)).toBeLessThan(0.0006);
    }
  });

  test('tells nothing from 0', () => {
    expect(decode([null, 0, null, 0, 0, null])).toEqual([null, 0, null, 0, 0, null]);
    expect(decode([100, 0, 100, null, null, null])).toEqual([100, 0, 100, null, null, null]);
  });
});
