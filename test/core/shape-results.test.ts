import { describe, expect, test } from 'vitest';
import { computeThroughput, isOfShape } from '../../src/core/shape-results.ts';
import type { Objectives } from '../../src/schema/config.ts';
import type { LoadShape } from '../../src/schema/plan.ts';
import type { Sample } from '../../src/schema/sample.ts';
import { makeSample } from '../blank-run.ts';

const blank = makeSample();
/** Sent at `sentMs`, answered `e2eMs` later with 11 tokens, the first after `ttftMs`. */
function answered(sentMs: number, e2eMs: number, changes: Partial<Sample> = {}, ttftMs = 50): Sample {
  return makeSample({ sentMs, client: blank.client && { ...blank.client, e2eMs, ttftMs }, ...changes });
}
const failed = (code: string, changes: Partial<Sample> = {}): Sample =>
  makeSample({
    ...{ status: 'failed', error: { code, message: 'It failed.' }, sentMs: null, client: null, server: null },
    ...changes,
  });
const invalid = (sentMs: number, e2eMs: number): Sample =>
  answered(sentMs, e2eMs, { status: 'invalid', flags: [{ code: 'queued', reason: 'It waited.' }] });
const tokens = (evalCount: number | null): Partial<Sample> => ({
  server: blank.server && { ...blank.server, evalCount },
});

describe('throughput', () => {
  test.each<[string, Sample[], number | null, number | null, number | null]>([
    ['of nothing is unknown, not 0', [], null, null, null],
    ['of one request', [answered(1000, 500)], 500, 2, 22],
    [
      'of requests one after the other, with the pause between',
      [answered(0, 400), answered(500, 500)],
      1000,
      2,
      22,
    ],
    ['of requests at the same time', [answered(0, 800), answered(0, 1000), answered(100, 700)], 1000, 3, 33],
    [
      'of two loads is over the time of both, and not over the time between',
      [answered(0, 500), answered(60_000, 500, { block: 1 })],
      1000,
      2,
      22,
    ],
    [
      'in an open loop counts from when the first was due',
      [answered(150, 350, { scheduledMs: 100 }), answered(600, 500, { scheduledMs: 600 })],
      1000,
      2,
      22,
    ],
    [
      'counts the time of invalid requests, and not their answers',
      [answered(0, 500), invalid(500, 500)],
      1000,
      1,
      11,
    ],
    ['of invalid requests alone is unknown', [invalid(0, 500)], 500, null, null],
    ['of failed requests alone is unknown', [failed('stalled')], null, null, null],
    [
      'goes over a request that failed',
      [answered(0, 100), failed('stalled'), answered(900, 100)],
      1000,
      2,
      22,
    ],
    ['of texts that were embedded has no tokens', [answered(0, 500, tokens(null))], 500, 2, null],
    ['counts what tokens there are', [answered(0, 500), answered(500, 500, tokens(null))], 1000, 2, 11],
    [
      'leaves out a load in which the run was killed',
      [
        answered(0, 100),
        failed('interrupted'),
        answered(3_600_000, 100),
        answered(3_700_000, 500, { block: 1 }),
      ],
      500,
      2,
      22,
    ],
  ])('%s', (_, samples, wallMs, requestsPerSecond, outputTokensPerSecond) => {
    expect(computeThroughput(samples, {})).toEqual({
      ...{ wallMs, requestsPerSecond, outputTokensPerSecond, goodput: null },
    });
  });
});

describe('goodput', () => {
  const samples = [
    answered(0, 400, {}, 100),
    answered(400, 300, {}, 200),
    answered(700, 200, {}, 300),
    invalid(900, 100),
    failed('stalled'),
  ];
  test.each<[Objectives, number, number]>([
    [{ ttftMs: 200 }, 2, 2],
    [{ ttftMs: 199.9 }, 1, 1],
    [{ e2eMs: 300 }, 2, 2],
    [{ ttftMs: 200, e2eMs: 300 }, 1, 1],
    [{ tpotMs: 5 }, 3, 3],
    [{ tpotMs: 4.9 }, 0, 0],
    [{ ttfaMs: 55 }, 3, 3],
  ])('of %j', (objectives, met, requestsPerSecond) => {
    expect(computeThroughput(samples, objectives).goodput).toEqual({ met, of: 5, requestsPerSecond });
  });

  test('counts a request of an open loop from when it was due', () => {
    const late = [answered(600, 400, { scheduledMs: 0 }, 100)];
    expect(computeThroughput(late, { ttftMs: 500 }).goodput?.met).toBe(0);
    expect(computeThroughput(late, { ttftMs: 700 }).goodput?.met).toBe(1);
  });

  test('holds a metric that an answer does not have against nobody', () => {
    const short = [answered(0, 500, { flags: [{ code: 'output-too-short', reason: 'Only 2.' }] })];
    expect(computeThroughput(short, { tpotMs: 1 }).goodput?.met).toBe(1);
  });

  test('of nothing valid is unknown', () => {
    expect(computeThroughput([invalid(0, 500)], { e2eMs: 1000 }).goodput).toEqual({
      ...{ met: 0, of: 1, requestsPerSecond: null },
    });
  });
});

test.each<[LoadShape, LoadShape, boolean]>([
  [{ kind: 'closed', concurrency: 4 }, { kind: 'closed', concurrency: 4 }, true],
  [{ kind: 'closed', concurrency: 4 }, { kind: 'closed', concurrency: 1 }, false],
  [{ kind: 'open', requestsPerSecond: 1 }, { kind: 'closed', concurrency: 1 }, false],
  [{ kind: 'open', requestsPerSecond: 0.5 }, { kind: 'open', requestsPerSecond: 0.5 }, true],
])('whether what goes %j is of %j: %s', (loadShape, shape, expected) => {
  expect(isOfShape({ loadShape }, shape)).toBe(expected);
});
