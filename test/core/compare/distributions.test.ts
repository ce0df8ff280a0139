import { expect, test } from 'vitest';
import {
  binomialHalf,
  criticalNormal,
  criticalT,
  fisherExact,
  twoSidedT,
  upperF,
  upperNormal,
} from '../../../src/core/compare/distributions.ts';
import { incompleteBeta } from '../../../src/core/compare/incomplete-beta.ts';

/** To twelve digits, however small. */
function expectDigits(actual: number, expected: number): void {
  expect(actual / expected).toBeCloseTo(1, 11);
}

test.each([
  [0.3, 2, 5, 0.579825],
  [0.99, 0.5, 3, 0.9999996863210445],
  [1e-8, 12.5, 0.5, 1.5798951658601757e-101],
  [0.5, 1000, 1000.5, 0.5044605889639133],
])('I at %f of (%f, %f) is %f', (x, a, b, expected) => expectDigits(incompleteBeta(x, a, b), expected));

test('I is 0 and 1 at its ends', () => {
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
});

test.each([
  [2.228138851964939, 10, 0.05000000000180864],
  [-2.228138851964939, 10, 0.05000000000180864],
  [3.5, 25, 0.0017654953143569536],
  [0.1, 3, 0.9266523488008059],
  [40, 5, 1.8411962171772954e-7],
  [0.001, 7.5, 0.9992281986746556],
  [12, 1, 0.052929352119179755],
  [6, 2000, 2.3362422742959987e-9],
])('P(|T| ≥ %f) with %f degrees of freedom is %f', (t, df, p) => {
  expectDigits(twoSidedT(t, df), p);
});

test('a t without end has p 0', () => expect(twoSidedT(Number.POSITIVE_INFINITY, 5)).toBe(0));

test.each([
  [0.05, 10, 2.2281388519862753],
  [0.00125, 25, 3.637100090625165],
  [0.1, 2.5, 2.5582186141359364],
  [1e-9, 5, 113.65505107641252],
  [0.000125, 1, 5092.958113490804],
])('|T| reaches with probability %f and %f degrees of freedom %f', (p, df, t) =>
  expectDigits(criticalT(p, df), t),
);

test.each([
  [3, 5, 20, 0.035201337452666626],
  [4.1, 5, 20, 0.010029156533730973],
  [0.5, 2, 7, 0.6266545330387997],
  [100, 11, 3, 0.0014570283119103547],
])('P(F ≥ %f) of %f and %f is %f', (f, a, b, p) => expectDigits(upperF(f, a, b), p));

test.each([
  [0, 0.5],
  [1.96, 0.024997895148220435],
  [2.9999, 0.001350341282954925],
  [3.0001, 0.0013494549132607172],
  [8, 6.22096057427174e-16],
  [20, 2.7536241186061556e-89],
  [-1.3, 0.9031995154143897],
])('P(Z ≥ %f) is %f', (z, p) => expectDigits(upperNormal(z), p));

test('beyond what a number can hold P(Z) is 0', () => expect(upperNormal(39)).toBe(0));

test.each([
  [0.05, 1.9599639845400545],
  [1e-10, 6.466951087240516],
  [1, 0],
])('|Z| reaches with probability %f %f', (p, z) => expect(criticalNormal(p)).toBeCloseTo(z, 11));

test.each([
  [0, 6, 0.015625],
  [1, 11, 0.005859375],
  [5, 10, 0.623046875],
  [40, 100, 0.028443966820490444],
  [4, 4, 1],
])('of fair coins P(at most %i of %i) is %f', (k, n, p) => expectDigits(binomialHalf(k, n), p));

// Exact values, as fractions of binomial coefficients.
test.each([
  [3, 4, 1, 4, 0.4857142857142857],
  [1, 20, 8, 20, 0.019656019656019656],
  [0, 10, 0, 10, 1],
  [10, 10, 0, 10, 1.082508822446903e-5],
])('Fisher’s test of %i of %i against %i of %i has p %f', (some, of, others, ofOthers, p) => {
  expect(fisherExact(some, of, others, ofOthers)).toBeCloseTo(p, 12);
});

test('Fisher’s test is one of many, too', () => {
  expect(fisherExact(0, 40_000, 12_000, 40_000)).toBeLessThan(1e-300);
  expect(fisherExact(6_000, 40_000, 6_000, 40_000)).toBeCloseTo(1, 6);
});
