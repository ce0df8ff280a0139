import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { planRun } from '../../src/core/plan.ts';
import { summariseSamples } from '../../src/core/summarise.ts';
import type { PlannedRequest } from '../../src/schema/plan.ts';
import { prompt } from '../../src/schema/prompt-set.ts';
import type { Sample } from '../../src/schema/sample.ts';

const hashText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const digest = hashText('model');
const contact = prompt.parse({
  id: 'contact',
  title: 'Contact',
  category: 'extract',
  prompt: 'As JSON',
  checks: [{ type: 'json' }],
});
const plan = planRun({
  variants: [{ key: 'a-00000000', name: 'a', digest, options: {}, think: null }],
  promptSet: { id: 'core', version: 1, hash: digest, prompts: [contact] },
  ...{ loads: 2, rounds: 2, warmup: 1, hashText },
});
const checksHashes = new Map([['contact', hashText('checks')]]);

/** Every planned request answered: load 500 ms, the request in its `order` × 10 ms. */
function answer(request: PlannedRequest, change: Partial<Sample> = {}): Sample {
  const { nonce: _, ...planned } = request;
  const e2eMs = request.phase === 'load' ? 500 : request.order * 10;
  return {
    ...planned,
    loadShape: { kind: 'closed', concurrency: 1 },
    ...{ scheduledMs: null, sentMs: 0, status: 'ok', flags: [], error: null, checksHash: null },
    client: { headersMs: 1, firstByteMs: 1, ttftMs: 2, ttfaMs: 2, tpotMs: 1, e2eMs, chunksMs: [2, 4] },
    server: {
      ...{
        totalNs: 1,
        loadNs: 1,
        promptEvalNs: 10_000_000,
        evalNs: 20_000_000,
        promptEvalCount: 10,
        promptEvalCachedCount: null,
      },
      ...{ evalCount: 3, doneReason: 'stop' },
    },
    checks:
      request.phase === 'bare'
        ? [{ type: 'json', label: 'JSON', pass: true, reason: 'It parses.', jsonForm: 'bare' }]
        : [],
    output: request.phase === 'load' ? null : hashText('{}'),
    ...change,
  };
}

describe('a summary', () => {
  test('measures timed samples, judges bare ones, times loads, and mixes none of them', () => {
    const { counts, failures, series, variants } = summariseSamples(
      plan,
      plan.requests.map((it) => answer(it)),
      checksHashes,
    );
    expect(counts).toEqual({ planned: 10, ok: 10, failed: 0, invalid: 0 });
    expect(failures).toEqual([]);
    expect(series).toHaveLength(1);
    // Orders 3, 4 and 8, 9 are the timed ones.
    expect(series[0]?.metrics.e2eMs).toMatchObject({
      n: 4,
      mean: 60,
      median: 60,
      max: 90,
      slowest: { prompt: 'contact', value: 90 },
    });
    expect(series[0]?.metrics.decodeTokensPerSecond).toMatchObject({ n: 4, median: 100 });
    expect(series[0]?.checks).toEqual({
      ...{
        total: 2,
        passed: 2,
        answers: 2,
        answersPassed: 2,
        jsonExpected: 2,
        jsonParseFailures: 0,
        jsonFenced: 0,
      },
    });
    expect(variants['a-00000000']?.loadMs).toMatchObject({ n: 2, median: 500 });
    expect(variants['a-00000000']?.metrics.e2eMs.n).toBe(4);
  });

  test('names the bare request and its checks, by which runs are compared', () => {
    const [only] = summariseSamples(plan, [], checksHashes).series;
    expect(only?.requestHash).toBe(plan.requests.find(({ phase }) => phase === 'bare')?.requestHash);
    expect(only?.checksHash).toBe(hashText('checks'));
  });

  test('counts failed and invalid samples, gives their reasons, and keeps them out of the numbers', () => {
    const error = { code: 'stall-deadline', message: 'Nothing came for 60 s.' };
    const samples = plan.requests.map((it) => {
      if (it.order === 3)
        return answer(it, { status: 'failed', error, client: null, server: null, output: null });
      return answer(
        it,
        it.order === 9 ? { status: 'invalid', flags: [{ code: 'queued', reason: 'It waited.' }] } : {},
      );
    });
    const { counts, failures, series } = summariseSamples(plan, samples, checksHashes);
    expect(counts).toEqual({ planned: 10, ok: 8, failed: 1, invalid: 1 });
    expect(failures).toEqual([{ sample: 'a-00000000/load0/timed/0/contact/0', ...error }]);
    expect(series[0]?.metrics.e2eMs).toMatchObject({ n: 2, median: 60, max: 80 });
  });

  test('of a run that stopped early has what there is', () => {
    const { counts, series } = summariseSamples(
      plan,
      plan.requests.slice(0, 3).map((it) => answer(it)),
      checksHashes,
    );
    expect(counts).toEqual({ planned: 10, ok: 3, failed: 0, invalid: 0 });
    expect(series[0]?.metrics.e2eMs).toMatchObject({ n: 0, median: null, slowest: null });
    expect(series[0]?.checks.answers).toBe(1);
  });

  test('says where a model disagrees with itself from load to load', () => {
    const samples = plan.requests.map((it) =>
      answer(it, it.block === 1 && it.phase === 'bare' ? { output: hashText('[]') } : {}),
    );
    expect(summariseSamples(plan, samples, checksHashes).series[0]?.distinctAnswers).toBe(2);
  });
});
