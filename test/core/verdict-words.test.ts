import { expect, test } from 'vitest';
import { wordAnswer } from '../../src/core/render/verdict-words.ts';
import type { TextChange } from '../../src/schema/verdict.ts';

const side = { run: '20261124t013000z-4f09ab', block: 1, hash: '0'.repeat(64) };

test.each<[string, Pick<TextChange, 'changed' | 'distance' | 'excess'>, string]>([
  ['beyond what each side differs from itself', { changed: true, distance: 0.5, excess: 0.4 }, 'changed'],
  [
    'no more than each side from itself',
    { changed: false, distance: 0.5, excess: 0.1 },
    'within self-disagreement',
  ],
  [
    'even less than each side from itself',
    { changed: false, distance: 0.5, excess: -0.1 },
    'within self-disagreement',
  ],
  ['with sides that agree with themselves', { changed: false, distance: 1, excess: 1 }, 'cannot tell'],
  ['in nothing but spacing', { changed: false, distance: 0, excess: 0 }, 'same'],
])('an answer that differs %s', (_, change, word) => {
  const rest = { prompt: 'one', base: side, head: side, pValue: 0.1, adjustedPValue: 0.1 };
  expect(wordAnswer({ ...rest, ...change })).toBe(word);
});
