import { describe, expect, test } from 'vitest';
import { compareRequests, isUnanswered, judgeRequests } from '../../../src/core/compare/requests.ts';
import type { Side } from '../../../src/core/compare/side.ts';
import type { Sample } from '../../../src/schema/sample.ts';
import { makeRun, makeSample, makeVariant } from '../../blank-run.ts';

const prompts = ['p0', 'p1', 'p2', 'p3'];
const loads = [0, 1, 2, 3, 4, 5];

type Outcome = Pick<Sample, 'status' | 'error' | 'flags'>;
const failed = (code: string): Outcome => ({
  ...{ status: 'failed', flags: [] },
  error: { code, message: `It was ${code}.` },
});
const invalid = (code: string): Outcome => ({
  ...{ status: 'invalid', error: null },
  flags: [{ code, reason: `It is ${code}.` }],
});

/** Four prompts in six loads, a bare request and two timed ones each: 72, and six loads. */
function makeSide(spoil: (sample: Sample, index: number) => Outcome | null, failedLoads = 0): Side {
  const variant = makeVariant('m', 6 - failedLoads, 1, 1);
  const samples = loads.slice(failedLoads).flatMap((block) =>
    [null, 0, 1].flatMap((round) =>
      prompts.map((prompt) => {
        const phase = round === null ? ('bare' as const) : ('timed' as const);
        return makeSample({ variant: variant.key, prompt, block, round, phase });
      }),
    ),
  );
  return {
    variant,
    run: makeRun({
      variants: [variant],
      failures: loads.slice(0, failedLoads).map((block) => ({
        ...{ sample: `${variant.key}/load${block}/load`, code: 'out-of-memory', message: 'It does not fit.' },
      })),
    }),
    samples: samples.map((sample, index) => ({ ...sample, ...spoil(sample, index) })),
    ...{ prompts: [], outputs: [] },
  };
}

const well = makeSide(() => null);
const judge = (base: Side, head: Side) => {
  const estimate = compareRequests([base], head, prompts);
  const [judged] = judgeRequests([estimate], 0.005);
  return { ...estimate, ...judged };
};

test('what was answered is counted, with nothing to test', () => {
  const counts = { asked: 78, failed: 0, invalid: 0, unanswered: 0, causes: [] };
  expect(judge(well, well)).toEqual({
    ...{ word: 'unchanged', base: counts, head: counts, pValue: null, adjustedPValue: null, lost: [] },
  });
});

describe('the word is', () => {
  const crash = failed('runner-died');
  test.each<[string, Side, Side, string]>([
    [
      'regressed where every third request of head fails',
      well,
      makeSide((_, at) => (at % 3 === 0 ? crash : null)),
      'regressed',
    ],
    ['improved the other way round', makeSide((_, at) => (at % 3 === 0 ? crash : null)), well, 'improved'],
    ['open after one failure', well, makeSide((_, at) => (at === 40 ? crash : null)), 'inconclusive'],
    [
      'open where both fail as often',
      makeSide((_, at) => (at % 3 === 0 ? crash : null)),
      makeSide((_, at) => (at % 3 === 1 ? crash : null)),
      'inconclusive',
    ],
    [
      'regressed where head never answers one prompt',
      well,
      makeSide(({ prompt }) => (prompt === 'p2' ? crash : null)),
      'regressed',
    ],
    ['regressed where head only thinks', well, makeSide(() => invalid('thinking-exhausted')), 'regressed'],
    ['unchanged where only times were spoilt', well, makeSide(() => invalid('gpu-throttled')), 'unchanged'],
    ['unchanged where Herdmark broke off', well, makeSide(() => failed('interrupted')), 'unchanged'],
    ['regressed where head cannot be loaded', well, makeSide(() => null, 6), 'regressed'],
    ['open where one load of head fails', well, makeSide(() => null, 1), 'inconclusive'],
  ])('%s', (_, base, head, word) => {
    expect(judge(base, head).word).toBe(word);
  });

  test('of few requests what shows without a test', () => {
    const short = (side: Side): Side => ({
      ...side,
      variant: { ...side.variant, loadMs: { ...side.variant.loadMs, n: 1 } },
      samples: side.samples.filter(({ block, round }) => block === 0 && round !== 1),
    });
    const head = short(makeSide(({ prompt }) => (prompt === 'p2' ? crash : null)));
    expect(judge(short(well), head)).toMatchObject({
      word: 'regressed',
      pValue: expect.closeTo(0.470588, 6),
    });
    // Base fails now and then, at this prompt or another: then chance is asked.
    const flaky = short(makeSide(({ prompt, round }) => (prompt === 'p0' && round === 0 ? crash : null)));
    expect(judge(flaky, head).word).toBe('inconclusive');
    const dead = short(makeSide(({ prompt }) => (prompt === 'p0' ? crash : null)));
    const both = short(makeSide(({ prompt }) => (prompt === 'p0' || prompt === 'p2' ? crash : null)));
    expect(judge(dead, both).word).toBe('regressed');
    const shaky = short(makeSide(({ prompt, round }) => (prompt === 'p2' && round === 0 ? crash : null)));
    expect(judge(shaky, head).word).toBe('inconclusive');
  });
});

test('of several models the family is paid for', () => {
  const some = makeSide((_, at) => (at % 8 === 0 ? failed('stall-deadline') : null));
  const estimate = compareRequests([well], some, prompts);
  expect(estimate.pValue).toBeCloseTo(0.00305989, 8);
  const words = (count: number) =>
    judgeRequests(
      Array.from({ length: count }, () => estimate),
      0.005,
    ).map((it) => it?.word);
  expect(words(1)).toEqual(['regressed']);
  expect(words(2)).toEqual(['inconclusive', 'inconclusive']);
});

test('what a prompt lost is named, with its most frequent cause', () => {
  const head = makeSide(({ prompt, phase, block }) => {
    if (prompt === 'p0') return failed(block === 0 ? 'stall-deadline' : 'runner-died');
    if (prompt === 'p1' && phase === 'bare') return invalid('thinking-exhausted');
    return prompt === 'p2' && phase === 'timed' ? invalid('gpu-throttled') : null;
  });
  const { lost, head: counts } = judge(well, head);
  expect(counts).toEqual({
    ...{ asked: 78, failed: 18, invalid: 18, unanswered: 24 },
    causes: [
      { status: 'failed', code: 'runner-died', count: 15, reason: 'It was runner-died.' },
      { status: 'invalid', code: 'gpu-throttled', count: 12, reason: 'It is gpu-throttled.' },
      { status: 'invalid', code: 'thinking-exhausted', count: 6, reason: 'It is thinking-exhausted.' },
      { status: 'failed', code: 'stall-deadline', count: 3, reason: 'It was stall-deadline.' },
    ],
  });
  expect(lost).toEqual([
    {
      ...{ prompt: 'p0', side: 'head', lost: 'everything', asked: 18, unanswered: 18, total: true },
      ...{ code: 'runner-died', reason: 'It was runner-died.' },
    },
    {
      ...{ prompt: 'p1', side: 'head', lost: 'answers', asked: 6, unanswered: 6, total: false },
      ...{ code: 'thinking-exhausted', reason: 'It is thinking-exhausted.' },
    },
    {
      ...{ prompt: 'p2', side: 'head', lost: 'readings', asked: 12, unanswered: 0, total: false },
      ...{ code: 'gpu-throttled', reason: 'It is gpu-throttled.' },
    },
  ]);
});

test('where a load comes to nothing, nothing of it was asked', () => {
  const { head, lost } = judge(
    well,
    makeSide(() => null, 6),
  );
  expect(head).toMatchObject({ asked: 6, failed: 6, unanswered: 6 });
  expect(lost.map(({ prompt, asked, total, code }) => [prompt, asked, total, code])).toEqual(
    prompts.map((prompt) => [prompt, 0, true, 'out-of-memory']),
  );
});

test.each([
  ['a crash', failed('runner-died'), true],
  ['what was broken off', failed('cancelled'), false],
  ['thinking without end', invalid('thinking-exhausted'), true],
  ['a cached prompt', invalid('cache-contaminated'), false],
])('%s: unanswered by the model’s doing, %s', (_, outcome, expected) => {
  expect(isUnanswered(outcome)).toBe(expected);
});
