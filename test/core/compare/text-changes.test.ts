import { describe, expect, test } from 'vitest';
import { adjustByCount } from '../../../src/core/compare/multiple-tests.ts';
import { testLabels, testTogether } from '../../../src/core/compare/permutation-test.ts';
import { compareTexts } from '../../../src/core/compare/text-changes.ts';
import { countWordPairs, measureDistance } from '../../../src/core/compare/text-distance.ts';

const distance = (a: string, b: string) => measureDistance(countWordPairs(a), countWordPairs(b));

test.each([
  ['a b c', 'a b c', 0],
  ['a  b\nc', 'a b c', 0],
  ['', '', 0],
  // Pairs: ^a ab bc c$ and ^a ab bd d$: two of eight in common, twice.
  ['a b c', 'a b d', 0.5],
  ['a b', 'b a', 1],
  ['a b c', 'x y z', 1],
  ['', 'a', 1],
  ['42', '43', 1],
  ['你好', '你们', 2 / 3],
  ['yes.', 'yes!', 2 / 3],
])('%j is from %j at distance %f', (a, b, expected) => {
  expect(distance(a, b)).toBeCloseTo(expected, 12);
  expect(distance(b, a)).toBeCloseTo(expected, 12);
});

const apart = (labels: string) => [...labels].map((a) => [...labels].map((b) => Number(a !== b)));

describe('the permutation test', () => {
  test.each([
    // Only two of C(2n, n) labellings part the sides so cleanly.
    ['AABB', 2, 1, 2 / 6, 2 / 6],
    ['AAABBB', 3, 1, 2 / 20, 2 / 20],
    ['AAAABBBB', 4, 1, 2 / 70, 2 / 70],
    ['AAAAAABBBBBB', 6, 1, 2 / 924, 2 / 924],
    ['AAAAAA', 3, 0, 1, 1],
    // One odd answer is on one side, whichever way the labels are dealt.
    ['AAAAAB', 3, 1 / 3 - 1 / 3, 1, 1],
    ['ABABAB', 3, 5 / 9 - 2 / 3, 1, 2 / 20],
    ['ABB', 1, 1, 1 / 3, 1 / 3],
    ['AB', 1, 1, 1, 1],
  ])('of %s, the first %i against the others', (labels, first, observed, p, leastP) => {
    const result = testLabels(apart(labels), first);
    expect([result.observed, result.p, result.leastP]).toEqual(
      [observed, p, leastP].map((it) => expect.closeTo(it, 12)),
    );
  });

  test('draws where there are too many labellings, the same ones each time', () => {
    const many = apart('A'.repeat(12) + 'B'.repeat(12));
    expect(testLabels(many, 12).p).toBe(1 / 1716);
    expect(testLabels(many, 12)).toEqual(testLabels(many, 12));
  });

  test('of several together has the p of their sum', () => {
    const clean = testLabels(apart('AAABBB'), 3);
    expect(testTogether([])).toBe(1);
    expect(testTogether([clean])).toBeCloseTo(0.1, 1);
    expect(testTogether([clean, clean, clean])).toBeCloseTo(0.001, 3);
    expect(testTogether(Array.from({ length: 24 }, () => clean))).toBe(1e-4);
  });
});

test('where none can reach a small p by itself, those that could and did not tell how many are wrong', () => {
  const estimate = (0.1 / 0.9) * (1 / 3);
  expect(adjustByCount([0.1, 0.1, 0.1], 0.1)).toEqual([1, 2, 3].map(() => expect.closeTo(estimate, 12)));
  expect(adjustByCount([0.1, 0.4, 1], 0.1)).toEqual([expect.closeTo((3 * 0.1) / 0.9, 12), 1, 1]);
  expect([adjustByCount([1], 1), adjustByCount([], 1)]).toEqual([[1], []]);
});

/** `AAB|CCC`: the answers of base, then those of head; a letter is a text. */
const answer = (pattern: string, prompt = 'p') => {
  const [base = [], head = []] = pattern.split('|').map((side) =>
    [...side].map((letter, block) => ({
      ...{ run: 'r', block, hash: letter, text: `the answer ${letter} is ${letter} and ${letter}` },
    })),
  );
  return { prompt, base, head };
};
const all = (...patterns: string[]) => patterns.map((pattern, index) => answer(pattern, `p${index}`));
const same = Array.from({ length: 5 }, () => 'AAAAAA|AAAAAA');

describe('answers', () => {
  test.each([
    ['the same throughout', same, 'same', 0],
    ['one of six changed', [...same, 'AAAAAA|BBBBBB'], 'changed', 1],
    ['one odd answer', [...same, 'AAAAAB|AAAAAA'], 'within self-disagreement', 0],
    ['a model that never says the same', ['ABCDEF|GHIJKL', 'ABCDEF|GHIJKL'], 'within self-disagreement', 0],
    ['two answers on both sides', ['ABABAB|BABABA', 'AABBAB|ABABBB'], 'within self-disagreement', 0],
    ['one load a side', ['A|B', 'A|B'], 'cannot tell', 0],
    ['three loads, one prompt: 1 in 10 by chance', ['AAA|BBB', 'AAA|AAA'], 'cannot tell', 0],
    ['three loads, three prompts', ['AAA|BBB', 'AAA|BBB', 'AAA|BBB'], 'changed', 3],
    ['two loads, four prompts: changed, but who knows which', Array(4).fill('AA|BB'), 'changed', 0],
    ['two loads, ten prompts', Array(10).fill('AA|BB'), 'changed', 10],
    ['unanswered', ['AAA|'], 'not comparable', 0],
  ])('%s: %#', (_, patterns, word, changed) => {
    expect(compareTexts(all(...patterns), 0.05)).toMatchObject({ word, changed });
  });

  test('how often two answers differ: within base, within head, between', () => {
    const { flipRate } = compareTexts(all('AAB|CCC'), 0.05);
    expect(flipRate).toEqual({ base: expect.closeTo(2 / 3, 12), head: 0, between: 1 });
  });

  test('the most changed first, with the answers that stand for their sides', () => {
    const { changes } = compareTexts(
      [answer('AAAAAB|AAAAAA', 'noise'), answer('AAAAAA|BBBBBB', 'little'), answer('BAAAAA|DCCCCC', 'most')],
      0.05,
    );
    expect(changes.map(({ prompt, changed }) => [prompt, changed])).toEqual([
      ['little', true],
      ['most', true],
      ['noise', false],
    ]);
    expect(changes[1]).toMatchObject({
      base: { run: 'r', block: 1, hash: 'A' },
      head: { run: 'r', block: 1, hash: 'C' },
    });
  });

  test('spacing differs and words do not', () => {
    const spaced = (text: string, hash: string) =>
      [0, 1, 2, 3].map((block) => ({ run: 'r', block, hash, text }));
    const prompt = { prompt: 'p', base: spaced('a b', 'x'), head: spaced('a  b', 'y') };
    expect(compareTexts([prompt], 0.05)).toMatchObject({
      ...{ word: 'same', changes: [{ distance: 0, changed: false }] },
      notes: ['1 answer with nothing but other spacing.'],
    });
  });
});
