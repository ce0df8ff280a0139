import { expect, test } from 'vitest';
import { hasSettled, readWarmUp, type WarmUpReading } from '../../src/core/warm-up.ts';
import type { ServerTimings } from '../../src/schema/sample.ts';
import { makeSample } from '../blank-run.ts';

const readings = (...pairs: [ttftMs: number | null, perTokenMs: number | null][]): WarmUpReading[] =>
  pairs.map(([ttftMs, perTokenMs]) => ({ ttftMs, perTokenMs }));

test.each<[string, WarmUpReading[], boolean]>([
  ['nothing', [], false],
  ['two that agree', readings([100, 10], [100, 10]), false],
  ['three that agree', readings([100, 10], [100, 10], [100, 10]), true],
  ['decoding exactly 10 % slower before', readings([100, 11], [100, 10.5], [100, 10]), true],
  ['decoding a little slower still', readings([100, 11.01], [100, 10.5], [100, 10]), false],
  ['first tokens exactly 25 % slower before', readings([100, 10], [125, 10], [100, 10]), true],
  ['first tokens a little slower still', readings([100, 10], [125.1, 10], [100, 10]), false],
  ['a slow start before three that agree', readings([900, 40], [100, 10], [100, 10], [105, 10.4]), true],
  ['a slow start among them', readings([900, 40], [100, 10], [100, 10]), false],
  ['a last one that is slow by chance', readings([100, 10], [100, 10], [200, 20]), true],
  ['no first tokens, as of embeddings', readings([null, 10], [null, 10.5], [null, 11]), true],
  ['no first tokens, and slower before', readings([null, 12], [null, 10.5], [null, 10]), false],
  ['a reading that lacks one', readings([100, 10], [null, 10], [120, 10]), true],
  ['readings that say nothing', readings([null, null], [null, null], [null, null]), true],
])('whether a model is warm: %s', (_, given, expected) => {
  expect(hasSettled(given)).toBe(expected);
});

const sample = makeSample();
const withServer = (change: Partial<ServerTimings>) => ({
  client: sample.client,
  server: sample.server && { ...sample.server, ...change },
});

test.each<[string, Parameters<typeof readWarmUp>[0], WarmUpReading]>([
  ['decoding by the server’s clock', withServer({}), { ttftMs: 45, perTokenMs: 5 }],
  [
    'one token: the whole request',
    withServer({ evalCount: 1, evalNs: 1000 }),
    { ttftMs: 45, perTokenMs: 102 },
  ],
  ['no tokens: the whole request', withServer({ evalCount: null }), { ttftMs: 45, perTokenMs: 102 }],
  ['no duration: the whole request', withServer({ evalNs: null }), { ttftMs: 45, perTokenMs: 102 }],
  ['nothing of a failed request', { client: null, server: null }, { ttftMs: null, perTokenMs: null }],
])('a warm-up request says: %s', (_, given, expected) => {
  expect(readWarmUp(given)).toEqual(expected);
});
