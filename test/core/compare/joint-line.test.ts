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

const join = (changes: Partial<Omit<ModelVerdict, 'joint'>>) =>
  joinVerdict(
    {
      base: { ...identity },
      head: { ...identity },
      ...{
        treatment: [],
        reasons: [],
        leftOut: [],
        requests: null,
        metrics: [],
        promptDetail: [],
        tails: [],
      },
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
      ...changes,
    },
    0.02,
  );
const identity: ModelVerdict['base'] = {
  ...{ key: 'tiny-0123abcd', name: 'tiny', digest: `sha256:${'0'.repeat(64)}`, quantization: null },
  ...{ parameterSize: null, contextLength: null, templateHash: null, options: {}, think: null },
};
const noChecks = {
  ...{ total: 0, passed: 0, answers: 0, answersPassed: 0 },
  ...{ jsonExpected: 0, jsonParseFailures: 0, jsonFenced: 0 },
};

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
  test('says what could have been seen where nothing could be told, in the metric’s own direction', () => {
    const metrics = [
      metric('ttftMs', 'inconclusive', 0.03),
      metric('prefillTokensPerSecond', 'inconclusive', -0.01),
      metric('tpotMs', 'not comparable'),
    ];
    expect(join({ metrics }).line).toBe(
      'Speed: cannot tell: TTFT +3.0 % (+6.0 % would have shown), prefill −1.0 % (−5.7 % would have shown); ' +
        'without TPOT. Checks: the same on 24 prompts. Answers: the same.',
    );
  });

  test('names faster and slower beside each other', () => {
    const metrics = [metric('ttftMs', 'regressed', 0.05), metric('tpotMs', 'improved', -0.1)];
    expect(join({ metrics })).toMatchObject({
      speed: 'regressed',
      line: expect.stringContaining(
        'Speed: slower: TTFT +5.0 % (+4.0 % to +6.0 %); faster: TPOT −10.0 % (−11.0 % to −9.0 %).',
      ),
    });
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
