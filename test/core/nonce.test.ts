import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { nonceFor } from '../../src/core/nonce.ts';

const hashText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

test('a nonce never changes: answers of years are compared by it', () => {
  // printf core/extract-contact/0 | sha256sum
  expect(nonceFor('core', 'extract-contact', 0, hashText)).toBe('[5428ad8e] ');
  expect(nonceFor('core', 'extract-contact', 0, hashText, '')).toBe('[5428ad8e] ');
  // printf core/extract-contact/closed-4/0 | sha256sum
  expect(nonceFor('core', 'extract-contact', 0, hashText, 'closed-4')).toBe('[5c3008c9] ');
});
