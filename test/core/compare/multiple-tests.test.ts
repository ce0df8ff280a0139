import { expect, test } from 'vitest';
import { adjustFalseDiscovery, adjustHolm } from '../../../src/core/compare/multiple-tests.ts';

const pValues = [0.01, 0.04, 0.03, 0.005, 0.2];

test('Holm, in the order they came in, never smaller for a larger p', () => {
  expect(adjustHolm(pValues)).toEqual([0.04, 0.09, 0.09, 0.025, 0.2].map((p) => expect.closeTo(p, 12)));
});

test('Benjamini–Hochberg', () => {
  const adjusted = [0.025, 0.05, 0.05, 0.025, 0.2];
  expect(adjustFalseDiscovery(pValues)).toEqual(adjusted.map((p) => expect.closeTo(p, 12)));
});

test('no adjusted p is above 1, and of none there are none', () => {
  expect(adjustHolm([0.9, 0.8])).toEqual([1, 1]);
  expect(adjustFalseDiscovery([0.9, 0.8])).toEqual([0.9, 0.9]);
  expect([adjustHolm([]), adjustFalseDiscovery([])]).toEqual([[], []]);
});
