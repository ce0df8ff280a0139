import { expect, test } from 'vitest';
import { imageTypeOf } from '../../src/core/image-type.ts';

test.each([
  ['89504e470d0a1a0a0000000d49484452', 'image/png'],
  ['ffd8ffe000104a4649460001', 'image/jpeg'],
  ['524946462400000057454250565038204c', 'image/webp'],
  ['52494646ffffffff57454250565038204c', 'image/webp'],
  ['524946462400000057415645666d7420', null],
  ['474946383961', null],
  ['3c3f786d6c', null],
  ['', null],
])('%s is %s', (hex, type) => {
  expect(imageTypeOf(Buffer.from(hex, 'hex').toString('base64'))).toBe(type);
});
