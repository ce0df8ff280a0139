import { expect, test } from 'vitest';
import { execWithinLimit } from '../../src/bench/limited-regex.ts';
import { judgeAnswer } from '../../src/core/checks/judge-answer.ts';

test.each([
  ['a match', /b+/u, 'abbc', 'bb'],
  ['an empty match', /x*/u, 'abc', ''],
  ['no match', /z/u, 'abc', null],
  ['a pattern that never ends', /^(a+)+$/u, `${'a'.repeat(40)}!`, 'out of time'],
])('%s', (_, regex, text, expected) => {
  expect(execWithinLimit(regex, text)).toBe(expected);
});

test('a pattern that takes too long fails its check, inverted too', () => {
  const check = { type: 'regex', pattern: '^(a+)+$' } as const;
  const results = judgeAnswer([check, { ...check, not: true }], `${'a'.repeat(40)}!`, execWithinLimit);
  expect(results.map(({ pass, reason }) => `${pass} ${reason}`)).toEqual(
    Array(2).fill('false The pattern took too long to match.'),
  );
});
