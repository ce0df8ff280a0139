import { expect, test } from 'vitest';
import { parseKeepAlive } from '../../src/embedded/keep-alive.ts';

const minute = 60_000;
const forever = Number.POSITIVE_INFINITY;

test.each([
  [undefined, 5 * minute],
  [null, 5 * minute],
  [0, 0],
  [90, 90_000],
  [0.5, 500],
  [-1, forever],
  ['0', 0],
  ['10m', 10 * minute],
  ['1h30m', 90 * minute],
  ['1.5s', 1_500],
  ['+250ms', 250],
  ['-1s', forever],
  ['-0s', 0],
  ['2000us', 2],
])('%j is %d ms', (value, ms) => {
  expect(parseKeepAlive(value)).toBe(ms);
});

test.each([
  ['ten minutes', 'time: invalid duration "ten minutes"'],
  ['', 'time: invalid duration ""'],
  ['-', 'time: invalid duration "-"'],
  ['10', 'time: missing unit in duration "10"'],
  ['3 m', 'time: unknown unit " m" in duration "3 m"'],
  ['1d', 'time: unknown unit "d" in duration "1d"'],
  [true, "Unsupported type: 'bool'"],
  [[], "Unsupported type: '[]interface {}'"],
  [{}, "Unsupported type: 'map[string]interface {}'"],
])('%j is refused as Go refuses it', (value, message) => {
  expect(() => parseKeepAlive(value)).toThrow(expect.objectContaining({ status: 400, message }));
});
