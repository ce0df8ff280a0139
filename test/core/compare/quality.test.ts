import { describe, expect, test } from 'vitest';
import { compareQuality, judgeQuality, signTest } from '../../../src/core/compare/quality.ts';
import type { CheckResult } from '../../../src/schema/check.ts';

const result = (label: string, pass: boolean): CheckResult => ({ type: 'regex', label, pass, reason: '–' });
const json = (form: 'bare' | 'none'): CheckResult => ({
  ...{ type: 'json', label: 'JSON', pass: form === 'bare', reason: '–', jsonForm: form },
});
/** One check and one answer a side. */
const prompts = (outcomes: readonly (readonly [base: boolean, head: boolean])[]) =>
  outcomes.map(([base, head], index) => ({
    prompt: `p${index}`,
    base: [[result('c', base)]],
    head: [[result('c', head)]],
  }));
const gains = (count: number) => Array.from({ length: count }, () => [false, true] as const);

test.each([
  [6, 0, 0.03125],
  [5, 0, 0.0625],
  [10, 1, 0.01171875],
  [1, 10, 0.01171875],
  [8, 2, 0.109375],
  [3, 3, 1],
])('the sign test of %i and %i has p %f', (some, others, p) => {
  expect(signTest(some, others)).toBeCloseTo(p, 12);
});

describe('the word', () => {
  test.each([
    ['six prompts that all go one way', gains(6), 'improved', 0.03125],
    ['five are too few', gains(5), 'inconclusive', 0.0625],
    ['ten to one', [...gains(10), [true, false] as const], 'improved', 0.01171875],
    ['the other way', gains(6).map(([a, b]) => [b, a] as const), 'regressed', 0.03125],
    ['nothing differs', [[true, true] as const], 'unchanged', null],
    ['nothing was checked', [], 'not comparable', null],
  ])('%s: %s', (_, outcomes, word, p) => {
    const [judged] = judgeQuality([compareQuality(prompts(outcomes))], 0.05);
    expect(judged).toEqual({ word, adjustedPValue: p === null ? null : expect.closeTo(p, 12) });
  });

  test('several models are a family of their own', () => {
    const six = compareQuality(prompts(gains(6)));
    expect(judgeQuality([six, six], 0.05).map(({ word }) => word)).toEqual(['inconclusive', 'inconclusive']);
    const ten = compareQuality(prompts(gains(10)));
    expect(judgeQuality([six, ten], 0.05).map(({ word }) => word)).toEqual(['improved', 'improved']);
  });
});

test('a prompt counts once, however many loads and checks agree', () => {
  const judged = [
    {
      prompt: 'p',
      base: Array.from({ length: 6 }, () => [result('a', false), result('b', false)]),
      head: Array.from({ length: 6 }, () => [result('a', true), result('b', true)]),
    },
  ];
  expect(compareQuality(judged)).toMatchObject({ prompts: 1, better: 1, worse: 0, pValue: 1 });
});

test('shares are compared, not counts: sides may have different numbers of answers', () => {
  const judged = [
    {
      prompt: 'p',
      base: [[result('a', true)], [result('a', false)]],
      head: [1, 2, 3, 4].map((n) => [result('a', n <= 2)]),
    },
  ];
  expect(compareQuality(judged)).toMatchObject({ better: 0, worse: 0, pValue: null, changes: [] });
});

test('names what changed, what is vacuous, and counts JSON that does not parse', () => {
  const judged = [
    {
      prompt: 'p',
      base: [[json('none'), result('always', true), result('never', false)]],
      head: [[json('bare'), result('always', true), result('never', false)]],
    },
    { prompt: 'unanswered', base: [], head: [[result('x', true)]] },
  ];
  expect(compareQuality(judged)).toMatchObject({
    prompts: 1,
    changes: [
      {
        ...{ prompt: 'p', label: 'JSON' },
        ...{ base: { passed: 0, answers: 1 }, head: { passed: 1, answers: 1 } },
      },
    ],
    neverFailed: [{ prompt: 'p', label: 'always' }],
    neverPassed: [{ prompt: 'p', label: 'never' }],
    base: { jsonExpected: 1, jsonParseFailures: 1 },
    head: { jsonExpected: 1, jsonParseFailures: 0 },
  });
});

describe('a request without an answer', () => {
  const passing = [[result('c', true)], [result('c', true)]];
  const failing = [[result('c', false)], [result('c', false)]];
  const none = { base: 0, head: 0 };
  test.each([
    ['has passed no check', passing, passing, { base: 0, head: 1 }, [1, 0, 1]],
    ['counts against base as well', passing, passing, { base: 1, head: 0 }, [1, 1, 0]],
    ['on both sides evens out', passing, passing, { base: 1, head: 1 }, [1, 0, 0]],
    ['is no worse than checks that nobody passes', failing, failing, { base: 0, head: 1 }, [1, 0, 0]],
    ['and no other is worse than one that fails', failing, [], { base: 0, head: 2 }, [1, 0, 1]],
    ['and no other on base makes head better', [], failing, { base: 2, head: 0 }, [1, 1, 0]],
    ['on both sides alone tells nothing', [], [], { base: 2, head: 2 }, [0, 0, 0]],
    ['is not one that was left out', passing, [], none, [0, 0, 0]],
  ])('%s', (_, base, head, unanswered, [prompts, better, worse]) => {
    const found = compareQuality([{ prompt: 'p', base, head, unanswered }]);
    expect(found).toMatchObject({ prompts, better, worse, changes: [] });
  });
});
