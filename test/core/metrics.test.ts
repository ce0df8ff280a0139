import { describe, expect, test } from 'vitest';
import { computeClientTimings, measure, metricDefinitions, metricIds } from '../../src/core/metrics.ts';
import { metricId } from '../../src/schema/run.ts';
import type { Sample, ServerTimings } from '../../src/schema/sample.ts';

const marks = {
  sentMs: 100,
  headersMs: 140,
  firstByteMs: 141,
  firstNonEmptyMs: 150,
  firstAnswerMs: 170,
  lastContentMs: 250,
  doneMs: 260,
};
const server: ServerTimings = {
  ...{ totalNs: 160_000_000, loadNs: 1_000_000, promptEvalNs: 40_000_000, evalNs: 100_000_000 },
  ...{ promptEvalCount: 30, promptEvalCachedCount: null, evalCount: 11, doneReason: 'stop' },
};

test('client timings are counted from the moment the bytes left', () => {
  expect(computeClientTimings(marks, [50, 70, 150], 11)).toEqual({
    ...{ headersMs: 40, firstByteMs: 41, ttftMs: 50, ttfaMs: 70, tpotMs: 10, e2eMs: 160 },
    chunksMs: [50, 70, 150],
  });
});

test.each([
  ['one token has no time per token', marks, 1],
  ['an unknown token count has none', marks, null],
  ['no text has none', { ...marks, firstNonEmptyMs: null, firstAnswerMs: null, lastContentMs: null }, 11],
])('%s', (_, its, tokens) => {
  expect(computeClientTimings(its, [], tokens).tpotMs).toBeNull();
});

test('a thinking budget that is used up leaves no time to first answer', () => {
  expect(computeClientTimings({ ...marks, firstAnswerMs: null }, [], 11)).toMatchObject({
    ttftMs: 50,
    ttfaMs: null,
  });
});

describe('rates from the server', () => {
  const rate = (metric: 'prefillTokensPerSecond' | 'decodeTokensPerSecond', change: Partial<ServerTimings>) =>
    metricDefinitions[metric].measure(computeClientTimings(marks, [], 11), { ...server, ...change });

  test.each<[string, Partial<ServerTimings>, number | null]>([
    ['30 tokens in 40 ms', {}, 750],
    ['cached tokens do not count', { promptEvalCachedCount: 10 }, 500],
    ['all cached is no rate', { promptEvalCachedCount: 30 }, null],
    ['an absent duration is no rate', { promptEvalNs: null }, null],
    ['an absent count is no rate', { promptEvalCount: null }, null],
  ])('prefill: %s', (_, change, expected) => {
    expect(rate('prefillTokensPerSecond', change)).toBe(expected);
  });

  test.each<[string, Partial<ServerTimings>, number | null]>([
    ['the first token is not counted', {}, 100],
    ['one token is no rate: its duration is about a microsecond', { evalCount: 1, evalNs: 1000 }, null],
    ['a duration past 2^31 ns', { evalCount: 101, evalNs: 2 ** 33 }, 100e9 / 2 ** 33],
    ['an absent duration is no rate', { evalNs: null }, null],
  ])('decode: %s', (_, change, expected) => {
    expect(rate('decodeTokensPerSecond', change)).toBe(expected);
  });
});

test('a sample that is not valid measures nothing', () => {
  const sample: Sample = {
    ...{
      id: 'x',
      variant: 'a-00000000',
      prompt: 'p',
      phase: 'timed',
      kind: 'generate',
      block: 0,
      round: 0,
      repeat: 0,
      order: 0,
    },
    loadShape: { kind: 'closed', concurrency: 1 },
    ...{ scheduledMs: null, sentMs: 0, status: 'ok', flags: [], error: null },
    client: computeClientTimings(marks, [], 11),
    server,
    ...{ checks: [], output: null, requestHash: null, checksHash: null },
  };
  expect(measure('e2eMs', sample)).toBe(160);
  expect(measure('e2eMs', { ...sample, status: 'invalid' })).toBeNull();
  expect(measure('e2eMs', { ...sample, status: 'failed', client: null })).toBeNull();
});

test('every metric of the contract is defined, in the order reports show them', () => {
  expect([...metricIds].sort()).toEqual([...metricId.options].sort());
  expect(Object.keys(metricDefinitions)).toEqual(metricIds);
});
