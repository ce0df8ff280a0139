import { expect, test } from 'vitest';
import {
  crossingProbability,
  nominalLevel,
  sequentialP,
} from '../../../src/core/compare/group-sequential.ts';

const evenly = (looks: number) => Array.from({ length: looks }, (_, index) => (index + 1) / looks);

// C_B(K, α) of Jennison & Turnbull, Group Sequential Methods, table 2.3.
test.each([
  [1, 0.05, 1.96],
  [2, 0.05, 1.977],
  [3, 0.05, 2.004],
  [5, 0.05, 2.04],
  [10, 0.05, 2.087],
  [2, 0.01, 2.58],
  [3, 0.01, 2.595],
  [5, 0.01, 2.621],
  [10, 0.01, 2.66],
])('%i looks hold %f at %f', (looks, alpha, bound) => {
  expect(crossingProbability(bound, evenly(looks))).toBeCloseTo(alpha, 3);
  expect(Math.abs(crossingProbability(bound, evenly(looks)) / alpha - 1)).toBeLessThan(0.004);
});

test('a first look is tested at far less than α, the last at almost all of it', () => {
  const levels = [6, 9, 12].map((loads) => nominalLevel(0.005, loads, [6, 9, 12]));
  expect(levels).toEqual([6.179e-5, 1.0726e-3, 4.6176e-3].map((it) => expect.closeTo(it, 6)));
});

test.each([6, 9, 12])('p is α where a look of %i loads is at its nominal level', (loads) => {
  expect(sequentialP(nominalLevel(0.005, loads, [6, 9, 12]), loads, [6, 9, 12])).toBeCloseTo(0.005, 10);
});

test('one look is no early look', () => {
  expect(sequentialP(0.003, 6, [6])).toBe(0.003);
  expect(nominalLevel(0.005, 6, [6])).toBe(0.005);
});

test('nothing and everything', () => {
  expect(sequentialP(1, 6, [6, 12])).toBe(1);
  expect(sequentialP(0, 6, [6, 12])).toBeLessThan(1e-100);
  expect(crossingProbability(0, [0.5, 1])).toBe(1);
});
