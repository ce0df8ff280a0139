import { describe, expect, test } from 'vitest';
import { findSpeedWord, joinVerdict } from '../../../src/core/compare/joint-line.ts';
import { describeTails } from '../../../src/core/compare/tails.ts';
import type { MetricVerdict, ModelVerdict, VerdictWord } from '../../../src/schema/verdict.ts';
import { makeSample } from '../../blank-run.ts';

const metric = (metric: MetricVerdict['metric'], word: VerdictWord, change = 0): MetricVerdict => ({
  ...{
    metric,
    word,
    change,
    interval: { level: 0.9, low: change - 0.01, high: change + 0.01 },
    effect: null,
  },
  ...{
    pValue: 0.5,
    adjustedPValue: 0.5,
    detectableChange: 0.06,
    loads: 6,
    rounds: 2,
    prompts: 24,
    pairs: 288,
  },
  ...{ ownVariance: null, pooledDegreesOfFreedom: 20, notes: [] },
});

const identity: ModelVerdict['base'] = {
  ...{ key: 'tiny-0123abcd', name: 'tiny', digest: `sha256:${'0'.repeat(64)}`, quantization: null },
  ...{ parameterSize: null, contextLength: null, templateHash: null, options: {}, think: null },
};
const noChecks = {
  ...{ total: 0, passed: 0, answers: 0, answersPassed: 0 },
  ...{ jsonExpected: 0, jsonParseFailures: 0, jsonFenced: 0 },
};
const blank: Omit<ModelVerdict, 'joint'> = {
  ...{ base: identity, head: identity, treatment: [], reasons: [], leftOut: [], requests: null },
  ...{ metrics: [], promptDetail: [], tails: [] },
  quality: {
    ...{ word: 'unchanged', prompts: 24, better: 0, worse: 0, pValue: null, adjustedPValue: null },
    ...{ base: noChecks, head: noChecks, changes: [], neverFailed: [], neverPassed: [] },
    ...{ rejudged: [], notes: [] },
  },
  text: {
    ...{ word: 'same', prompts: 24, changed: 0, pValue: 1, changes: [], notes: [] },
    flipRate: { base: 0, head: 0, between: 0 },
  },
  memory: {
    memory: { base: null, head: null, change: null },
    vram: { base: null, head: null, change: null },
  },
};
const change: ModelVerdict['text']['changes'][number] = {
  ...{ prompt: 'p', distance: 1, excess: 1, pValue: 0.002, adjustedPValue: 0.01, changed: true },
  base: { run: '20261124t013000z-4f09ab', block: 0, hash: identity.digest },
  head: { run: '20261124t013000z-4f09ab', block: 0, hash: identity.digest },
};
const countRequests = (unanswered: number) => ({
  ...{ asked: 936, failed: unanswered, invalid: 0, unanswered },
  causes: [{ status: 'failed' as const, code: 'model-crashed', count: unanswered, reason: 'It is gone.' }],
});

const join = (changes: Partial<Omit<ModelVerdict, 'joint'>>) => joinVerdict({ ...blank, ...changes }, 0.02);

test.each<[VerdictWord[], VerdictWord]>([
  [['unchanged', 'improved', 'regressed'], 'regressed'],
  [['unchanged', 'improved', 'inconclusive'], 'improved'],
  [['unchanged', 'inconclusive'], 'inconclusive'],
  [['unchanged', 'not comparable'], 'unchanged'],
  [['not comparable'], 'not comparable'],
  [[], 'not comparable'],
])('of %j the speed is %s', (words, word) => {
  expect(findSpeedWord(words.map((it) => ({ word: it })))).toBe(word);
});

describe('the line', () => {
  const line = (changes: Parameters<typeof join>[0]) => join(changes).line;
  const checks = (word: VerdictWord, better: number, worse: number) => ({
    quality: { ...blank.quality, word, better, worse },
  });
  const answers = (word: ModelVerdict['text']['word'], changed: number, differ: number) => ({
    text: { ...blank.text, word, changed, changes: Array.from({ length: differ }, () => change) },
  });
  const memory = (of: number) => ({
    memory: { ...blank.memory, memory: { base: 100, head: 100 * (1 + of), change: of } },
  });
  const requests = (base: number, head: number, word: VerdictWord = 'regressed') => ({
    requests: {
      ...{ word, pValue: 0, adjustedPValue: 0, lost: [] },
      ...{ base: countRequests(base), head: countRequests(head) },
    },
  });
  const rest = '; checks unchanged; answers the same.';

  test.each<[string, Parameters<typeof join>[0], string]>([
    ['nothing measured', {}, `Speed not comparable${rest}`],
    [
      'what could have been seen, in the metric’s own direction',
      {
        metrics: [
          metric('prefillTokensPerSecond', 'inconclusive', -0.01),
          metric('tpotMs', 'not comparable'),
        ],
      },
      `Speed inconclusive (prefill −1.0 %, −5.7 % would have shown)${rest}`,
    ],
    [
      'of several slower metrics how long all takes',
      {
        metrics: [
          metric('ttftMs', 'regressed', 0.48),
          metric('matchedE2eMs', 'regressed', 0.348),
          metric('tpotMs', 'unchanged', 0),
        ],
      },
      `Slower: E2E +35 %${rest}`,
    ],
    [
      'all that were named, where that is not among them',
      { metrics: [metric('ttftMs', 'improved', -0.05), metric('prefillTokensPerSecond', 'improved', 0.3)] },
      `Faster: TTFT −5.0 %, prefill +30 %${rest}`,
    ],
    [
      'both where metrics disagree',
      {
        metrics: [
          metric('ttftMs', 'regressed', 0.03),
          metric('tpotMs', 'improved', -0.3),
          metric('matchedE2eMs', 'improved', -0.2),
        ],
      },
      `Speed mixed: TTFT +3.0 %, TPOT −30 %, E2E −20 %${rest}`,
    ],
    [
      'better checks',
      checks('improved', 10, 1),
      'Speed not comparable; checks better on 10 prompts, worse on 1; answers the same.',
    ],
    [
      'worse checks',
      checks('regressed', 0, 6),
      'Speed not comparable; checks worse on 6 prompts; answers the same.',
    ],
    [
      'checks that cannot be told',
      checks('inconclusive', 2, 1),
      'Speed not comparable; checks worse on 1 prompt, better on 2 (too few to tell); answers the same.',
    ],
    [
      'changed answers',
      answers('changed', 3, 5),
      'Speed not comparable; checks unchanged; 3 of 24 answers changed.',
    ],
    [
      'answers changed as a whole',
      answers('changed', 0, 5),
      'Speed not comparable; checks unchanged; answers changed as a whole.',
    ],
    [
      'answers that cannot be told',
      answers('cannot tell', 0, 5),
      'Speed not comparable; checks unchanged; 5 of 24 answers differ, perhaps by chance.',
    ],
    ['more memory', memory(0.18), 'Speed not comparable; checks unchanged; answers the same; memory +18 %.'],
    ['memory within the floor', memory(0.01), `Speed not comparable${rest}`],
    [
      'what was left unanswered comes first',
      requests(0, 252),
      `Head left 252 of 936 requests unanswered (model crashed); speed not comparable${rest}`,
    ],
    [
      'on both sides',
      requests(20, 1, 'inconclusive'),
      `Head left 1 of 936 requests unanswered (model crashed), base left 20 of 936 requests unanswered (model crashed); speed not comparable${rest}`,
    ],
    ['nothing of single ones', requests(0, 1, 'inconclusive'), `Speed not comparable${rest}`],
  ])('says %s', (_, changes, expected) => {
    expect(line(changes)).toBe(expected);
  });

  test('shows the tail and does not judge it', () => {
    const samples = [40, 50, 300].map((ttftMs, round) => {
      const made = makeSample({ round });
      return { ...made, client: made.client && { ...made.client, ttftMs } };
    });
    const tails = describeTails(samples, samples.slice(0, 2), new Set(['p']));
    expect(tails.map(({ metric }) => metric)).toEqual([
      'ttftMs',
      'tpotMs',
      'e2eMs',
      'prefillTokensPerSecond',
    ]);
    expect(join({ tails }).line).toContain('Tail, not judged: slowest TTFT 300 ms → 50.0 ms (n 2).');
    expect(describeTails(samples, samples, new Set())).toEqual([]);
  });
});
