import { expect, test } from 'vitest';
import { robustVariance } from '../../../src/core/compare/robust-variance.ts';

// Factor · 2.2219 · the distance, counted by hand.
test.each<[number[], number]>([
  [[], 0],
  [[3], 0],
  [[1, 3], 0.399 * 2.2219 * 2],
  [[1, 2, 4], 0.994 * 2.2219 * 1],
  [[1, 2, 3, 4, 1000], 0.844 * 2.2219 * 1],
  [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], (10 / 13.8) * 2.2219 * 2],
])('of %j it is the square of %d', (values, deviation) => {
  const { variance, degreesOfFreedom } = robustVariance(values);
  expect(Math.sqrt(variance)).toBeCloseTo(deviation, 12);
  expect(degreesOfFreedom).toBeCloseTo(0.82 * Math.max(values.length - 1, 1), 12);
});
