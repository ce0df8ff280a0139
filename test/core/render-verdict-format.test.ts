import { expect, test } from 'vitest';
import { formatChange, formatDetectable } from '../../src/core/render/verdict-format.ts';

test.each([
  [null, '–'],
  [0, '0 %'],
  [0.0512, '+5.1 %'],
  [-0.0006, '−0.1 %'],
  [-0.0004, '0.0 %'],
  [0.0004, '0.0 %'],
  [-0.03, '−3.0 %'],
  [1.02, '+102 %'],
  [9, '+900 %'],
  [9.01, 'over +900 %'],
  [-0.9994, '−99.9 %'],
  [-0.99999, 'over −99.9 %'],
  [-1, '−100 %'],
])('a change of %s is %s', (change, text) => {
  expect(formatChange(change)).toBe(text);
});

test.each([
  [0.031, 'lower', '+3.1 % would have shown'],
  [0.031, 'higher', '−3.0 % would have shown'],
  [1, 'lower', '+100 % would have shown'],
  [1, 'higher', '−50.0 % would have shown'],
  [1.01, 'lower', 'only a change by a factor of 2 would have shown'],
  [2.44, 'higher', 'only a change by a factor of 3.4 would have shown'],
  [9, 'lower', 'only a change by a factor of 10 would have shown'],
  [1e9, 'higher', 'only a change by a factor of over 10 would have shown'],
  [null, 'higher', 'its noise is unknown'],
] as const)('where %s and what is %s is better would have named: %s', (change, better, text) => {
  expect(formatDetectable(change, better)).toBe(text);
});
