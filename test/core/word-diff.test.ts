import { describe, expect, test } from 'vitest';
import { type DiffPart, diffTexts, mostDiffedCharacters } from '../../src/core/word-diff.ts';

/** As git writes a diff of words. */
function write(parts: readonly DiffPart[] | null): string | null {
  const brackets = { same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const;
  return parts?.map(({ kind, text }) => brackets[kind].join(text)).join('') ?? null;
}

const byWords: [base: string, head: string, diff: string][] = [
  ['', '', ''],
  ['the same', 'the same', 'the same'],
  ['', 'new', '{+new+}'],
  ['old', '', '[-old-]'],
  ['Paris is the capital.', 'Bonn was the capital.', '[-Paris is-]{+Bonn was+} the capital.'],
  ['It costs 3.14 now', 'It costs 3.15 now', 'It costs [-3.14-]{+3.15+} now'],
  ['a b', 'a c b', 'a {+c +}b'],
  ['one\ntwo', 'one\n\ntwo', 'one\n{+\n+}two'],
  ['Привет дорогой мир', 'Привет большой мир', 'Привет [-дорогой-]{+большой+} мир'],
  ['👩‍👩‍👧 hi', '👩‍👩‍👦 hi', '[-👩‍👩‍👧-]{+👩‍👩‍👦+} hi'],
  ['1', '2', '[-1-]{+2+}'],
  ['"a"', '"b"', '"[-a-]{+b+}"'],
];

test.each(byWords)('%j → %j by words is %s', (base, head, diff) => {
  const { by, parts, isCut } = diffTexts(base, head);
  expect([by, write(parts), isCut]).toEqual(['words', diff, false]);
});

describe('JSON', () => {
  test('is compared value by value, whatever the order of its keys and its code fence', () => {
    const { by, parts } = diffTexts('{"b":1,"a":[1,2]}', '```json\n{"a": [1, 3],\n"b": 1}\n```');
    expect(by).toBe('json');
    expect(parts).toEqual([
      { kind: 'same', text: '{\n  "a": [\n    1,\n' },
      { kind: 'removed', text: '    2\n' },
      { kind: 'added', text: '    3\n' },
      { kind: 'same', text: '  ],\n  "b": 1\n}\n' },
    ]);
  });

  test('that is the same but for its spelling is compared by words, or nothing would be seen', () => {
    const { by, parts } = diffTexts('{"a":1,"b":2}', '{"b":2,"a":1}');
    expect(by).toBe('words');
    expect(parts?.some(({ kind }) => kind !== 'same')).toBe(true);
  });

  test('beside prose, or on one side alone, is text', () => {
    expect(diffTexts('{"a":1}', 'Here you are: {"a":1}').by).toBe('words');
    expect(diffTexts('[1]', 'none').by).toBe('words');
  });

  test('keeps a key that JavaScript knows better', () => {
    expect(write(diffTexts('{"__proto__":1}', '{"__proto__":2}').parts)).toBe(
      '{\n[-  "__proto__": 1\n-]{+  "__proto__": 2\n+}}\n',
    );
  });

  test('nested beyond reason is text', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(diffTexts(deep(9000), deep(9001)).by).toBe('words');
    expect(diffTexts(deep(50), deep(51)).by).toBe('json');
  });
});

describe('texts that do their worst', () => {
  const count = (n: number, write: (index: number) => string) =>
    Array.from({ length: n }, (_, i) => write(i));

  test.each([
    ['nothing in common', count(3000, (i) => `a${i} `).join(''), count(3000, (i) => `b${i} `).join('')],
    [
      'the same words in another order',
      count(3000, (i) => `a${i} `).join(''),
      count(3000, (i) => `a${2999 - i} `).join(''),
    ],
    ['the same few words', 'a b '.repeat(5000), 'b a c '.repeat(3300)],
    [
      'lists of other values',
      JSON.stringify(count(2000, (i) => `a${i}`)),
      JSON.stringify(count(2000, (i) => `b${i}`)),
    ],
  ])('%s: there is no diff', (_, base, head) => {
    expect(diffTexts(base, head).parts).toBeNull();
  });

  test('of long ones only the beginnings are compared, not through a character', () => {
    const text = `${'x'.repeat(mostDiffedCharacters - 1)}🙂`;
    const { parts, isCut } = diffTexts(text, `${text}!`);
    expect([write(parts), isCut]).toEqual(['x'.repeat(mostDiffedCharacters - 1), true]);
  });
});
