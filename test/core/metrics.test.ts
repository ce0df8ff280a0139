import { describe, expect, test } from 'vitest';
import {
  aggregateDefinitions,
  computeClientTimings,
  diagnosticIds,
  measure,
  metricDefinitions,
  metricIds,
} from '../../src/core/metrics.ts';
import { type DiagnosticId, diagnosticId, type MetricId, metricId } from '../../src/schema/run.ts';
import type { ClientTimings, Sample, ServerTimings } from '../../src/schema/sample.ts';
import { makeSample } from '../blank-run.ts';

const marks = {
  sentMs: 100,
  headersMs: 140,
  firstByteMs: 141,
  firstNonEmptyMs: 150,
  firstAnswerMs: 170,
  lastContentMs: 250,
  doneMs: 260,
};

describe('client timings', () => {
  test('are counted from the moment the bytes left', () => {
    expect(computeClientTimings(marks, [50, 70, 150], 11)).toEqual({
      ...{ headersMs: 40, firstByteMs: 41, ttftMs: 50, ttfaMs: 70, tpotMs: 10, e2eMs: 160 },
      chunksMs: [50, 70, 150],
    });
  });

  test.each<[string, Partial<typeof marks> | object, number | null, Partial<ClientTimings>]>([
    ['two tokens have one gap', {}, 2, { tpotMs: 100 }],
    ['one token has no time per token', {}, 1, { tpotMs: null, ttftMs: 50 }],
    ['an unknown token count has none', {}, null, { tpotMs: null, ttftMs: 50 }],
    ['a thinking budget that is used up leaves no answer', { firstAnswerMs: null }, 11, { ttfaMs: null }],
    [
      'no text has no times of text',
      { firstNonEmptyMs: null, firstAnswerMs: null, lastContentMs: null },
      11,
      { ttftMs: null, ttfaMs: null, tpotMs: null, e2eMs: 160 },
    ],
    [
      'a failed read of the headers is unknown, not 0',
      { headersMs: null, firstByteMs: null },
      11,
      { headersMs: null, firstByteMs: null },
    ],
  ])('%s', (_, change, tokens, expected) => {
    expect(computeClientTimings({ ...marks, ...change }, [], tokens)).toMatchObject(expected);
  });
});

const sample = makeSample();
const client = (change: Partial<ClientTimings>): Partial<Sample> => ({
  client: sample.client && { ...sample.client, ...change },
});
const server = (change: Partial<ServerTimings>): Partial<Sample> => ({
  server: sample.server && { ...sample.server, ...change },
});
/** Of an open loop: due at 1000 ms, sent 30 ms later. */
const late = { scheduledMs: 1000, sentMs: 1030 };
/** A code of a later version, on a sample that it left valid. */
const laterRemark = { flags: [{ code: 'later-remark', reason: 'Something.' }] };
const tooShort = { flags: [{ code: 'output-too-short', reason: 'Only 4.' }] };

test.each<[MetricId | DiagnosticId, string, Partial<Sample>, number | null]>([
  ['ttftMs', 'as the client saw it', {}, 45],
  ['ttftMs', 'in an open loop from when it was due', late, 75],
  ['ttftMs', 'in an open loop, sent a fraction too early', { scheduledMs: 1000, sentMs: 999.4 }, 45],
  ['ttftMs', 'of no text', { ...late, ...client({ ttftMs: null }) }, null],
  ['ttftMs', 'of a short answer', tooShort, 45],
  ['ttfaMs', 'as the client saw it', {}, 55],
  ['ttfaMs', 'in an open loop from when it was due', late, 85],
  ['ttfaMs', 'of a thought without an answer', client({ ttfaMs: null }), null],
  ['tpotMs', 'as the client saw it', {}, 5],
  ['tpotMs', 'in an open loop is not longer for a late start', late, 5],
  ['tpotMs', 'of an answer that is too short', tooShort, null],
  ['e2eMs', 'as the client saw it', {}, 102],
  ['e2eMs', 'in an open loop from when it was due', late, 132],
  ['e2eMs', 'of a short answer', tooShort, 102],

  ['prefillTokensPerSecond', '30 tokens in 40 ms', {}, 750],
  ['prefillTokensPerSecond', 'cached tokens do not count', server({ promptEvalCachedCount: 10 }), 500],
  ['prefillTokensPerSecond', 'none cached, and said so', server({ promptEvalCachedCount: 0 }), 750],
  ['prefillTokensPerSecond', 'all cached is no rate', server({ promptEvalCachedCount: 30 }), null],
  ['prefillTokensPerSecond', 'an absent duration is no rate', server({ promptEvalNs: null }), null],
  ['prefillTokensPerSecond', 'no duration at all is none', server({ promptEvalNs: 0 }), null],
  ['prefillTokensPerSecond', 'an absent count is no rate', server({ promptEvalCount: null }), null],
  ['prefillTokensPerSecond', 'a short answer has one', tooShort, 750],
  ['prefillTokensPerSecond', 'perhaps cached, uncounted', { cacheExpected: 'any' }, null],
  [
    'prefillTokensPerSecond',
    'perhaps cached, counted',
    { cacheExpected: 'any', ...server({ promptEvalCachedCount: 10 }) },
    500,
  ],
  [
    'prefillTokensPerSecond',
    'meant to come out of the cache',
    { cacheExpected: 'hit', ...server({ promptEvalCachedCount: 29 }) },
    null,
  ],

  ['decodeTokensPerSecond', 'the first token is not counted', {}, 200],
  [
    'decodeTokensPerSecond',
    'one token is none: it takes about a microsecond',
    server({ evalCount: 1, evalNs: 1000 }),
    null,
  ],
  ['decodeTokensPerSecond', 'past 2^31 ns', server({ evalCount: 101, evalNs: 2 ** 33 }), 100e9 / 2 ** 33],
  ['decodeTokensPerSecond', 'an absent duration is no rate', server({ evalNs: null }), null],
  ['decodeTokensPerSecond', 'an absent count is no rate', server({ evalCount: null }), null],
  ['decodeTokensPerSecond', 'of an answer that is too short', tooShort, null],
  ['decodeTokensPerSecond', 'of a prompt out of the cache', { cacheExpected: 'hit' }, 200],

  ['iclMs', 'the mean gap of three chunks', {}, 25],
  ['iclMs', 'of two chunks', client({ chunksMs: [45, 46] }), 1],
  ['iclMs', 'of one chunk', client({ chunksMs: [45] }), null],
  ['iclMs', 'of none', client({ chunksMs: [] }), null],
  ['longestGapMs', 'between two chunks', {}, 40],
  ['longestGapMs', 'the first gap', client({ chunksMs: [0, 90, 100] }), 90],
  ['longestGapMs', 'of chunks in one packet', client({ chunksMs: [45, 45] }), 0],
  ['longestGapMs', 'of one chunk', client({ chunksMs: [45] }), null],
  ['residualMs', 'what belongs to nothing', {}, 10],
  ['residualMs', 'without the load', server({ loadNs: 4_000_000 }), 6],
  ['residualMs', 'without a total', server({ totalNs: null }), null],
  ['transportMs', 'what the server does not see', {}, 2],
  ['transportMs', 'in an open loop does not count the wait to be sent', late, 2],
  ['transportMs', 'without a total', server({ totalNs: null }), null],

  ['e2eMs', 'of an invalid sample', { status: 'invalid' }, null],
  ['e2eMs', 'of a failed one', { status: 'failed', client: null, server: null }, null],
  ['e2eMs', 'of a load', { phase: 'load', server: null }, null],
  ['decodeTokensPerSecond', 'with a remark that voids nothing', laterRemark, 200],
])('%s, %s', (metric, _, change, expected) => {
  expect(measure(metric, makeSample(change))).toBe(expected);
});

test('the samples of a real Ollama measure what it did', () => {
  // recordings/ollama-0.32.15: generate-stream, and the same prompt again out of the cache.
  const asked = (change: Partial<ServerTimings>) =>
    measure('prefillTokensPerSecond', makeSample(server({ promptEvalCount: 23, ...change })));
  expect(asked({ promptEvalNs: 107_299_000 })).toBeCloseTo(214.4, 1);
  expect(asked({ promptEvalNs: 8_424_000 })).toBeCloseTo(2730.3, 1);
  const ofServer: ServerTimings = {
    ...{ totalNs: 460_996_794, loadNs: 1_270_574, promptEvalNs: 107_299_000, evalNs: 348_514_000 },
    ...{ promptEvalCount: 23, promptEvalCachedCount: null, evalCount: 40, doneReason: 'length' },
  };
  const recorded = makeSample({ ...client({ e2eMs: 463.369 }), server: ofServer });
  expect(measure('decodeTokensPerSecond', recorded)).toBeCloseTo(111.9, 1);
  expect(measure('residualMs', recorded)).toBeCloseTo(3.913, 3);
  expect(measure('transportMs', recorded)).toBeCloseTo(2.372, 3);
});

describe('the table of metrics', () => {
  test('has every metric of the contract, in the order reports show them', () => {
    expect(metricIds).toEqual(metricId.options);
    expect(diagnosticIds).toEqual(diagnosticId.options);
    expect(Object.keys(metricDefinitions)).toEqual([...metricIds, ...diagnosticIds]);
  });

  test('calls no two by the same name', () => {
    const names = [...Object.values(metricDefinitions), ...aggregateDefinitions].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('knows which are rates of tokens', () => {
    const rates = Object.entries(metricDefinitions).filter(([, { isRate }]) => isRate);
    expect(rates.map(([id]) => id)).toEqual(['tpotMs', 'decodeTokensPerSecond']);
  });
});
