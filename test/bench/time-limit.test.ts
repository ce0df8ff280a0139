import { describe, expect, test } from 'vitest';
import { withinSecond } from '../../src/bench/time-limit.ts';
import { judgeAnswer } from '../../src/core/checks/judge-answer.ts';
import type { Check } from '../../src/schema/check.ts';

test('what is done in time has its result, and what throws throws as ever', () => {
  expect(withinSecond(() => ['a'])).toEqual(['a']);
  expect(() =>
    withinSecond(() => {
      throw new RangeError('too deep');
    }),
  ).toThrow(RangeError);
});

describe('a check that takes too long fails, inverted too', () => {
  const endless = '^(a+)+$';
  const text = `${'a'.repeat(40)}!`;
  const ofText = { type: 'object', properties: { q: { type: 'string', pattern: endless } } };
  const call = { function: { name: 'find', arguments: { q: text } } };
  test.each<[string, Check, { text: string; toolCalls?: object[] }, string]>([
    ['a pattern', { type: 'regex', pattern: endless }, { text }, 'The pattern took too long to match.'],
    [
      'a schema',
      { type: 'schema', schema: ofText },
      { text: JSON.stringify({ q: text }) },
      'The schema took too long to match.',
    ],
    [
      'the input of a tool',
      { type: 'tool-call', arguments: ofText },
      { text: '', toolCalls: [call] },
      'The schema took too long to match.',
    ],
  ])('%s', (_, check, answer, reason) => {
    const results = judgeAnswer([check, { ...check, not: true }], answer, withinSecond);
    expect(results.map(({ pass, ...rest }) => [pass, rest.reason])).toEqual(Array(2).fill([false, reason]));
    // The next one is as good as ever.
    expect(judgeAnswer([{ type: 'regex', pattern: 'b+' }], 'abbc', withinSecond)).toMatchObject([
      { pass: true },
    ]);
  });
});
