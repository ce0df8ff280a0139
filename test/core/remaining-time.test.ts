import { expect, test } from 'vitest';
import { estimateRemainingMs, formatTimeLeft, type Timed } from '../../src/core/remaining-time.ts';
import type { Plan, PlannedRequest } from '../../src/schema/plan.ts';

const request = (variant: string, phase: PlannedRequest['phase']): PlannedRequest => ({
  ...{
    id: '',
    variant,
    prompt: null,
    phase,
    kind: 'generate',
    block: 0,
    round: null,
    repeat: 0,
    order: 0,
    nonce: null,
  },
  requestHash: null,
});
const plan = (requests: PlannedRequest[]): Plan => ({
  ...{
    schemaVersion: '1.0',
    promptSet: { id: 'core', version: 1, hash: '' },
    loads: 1,
    rounds: 1,
    warmup: 0,
  },
  ...{ loadShape: { kind: 'closed', concurrency: 1 }, seed: null, variants: [], requests },
});

const load = { request: request('a', 'load'), tookMs: 1000 };
const timed = { request: request('a', 'timed'), tookMs: 100 };

test.each<[string, PlannedRequest[], Timed[], number | null]>([
  ['nothing from nothing', [request('a', 'timed')], [], null],
  ['no answer from a load', [load.request, timed.request], [load], null],
  ['nothing left', [load.request, timed.request], [load, timed], 0],
  [
    'like the same variant and phase',
    [timed.request, request('a', 'timed'), request('a', 'timed')],
    [timed],
    200,
  ],
  ['else like the same phase', [timed.request, request('b', 'timed')], [timed], 100],
  ['else like any answer', [load.request, timed.request, request('b', 'bare')], [load, timed], 100],
  ['a load like a load', [load.request, timed.request, request('b', 'load')], [load, timed], 1000],
])('what is left is estimated: %s', (_, requests, done, expected) => {
  expect(estimateRemainingMs(plan(requests), done)).toBe(expected);
});

test.each([
  [45_400, '45 s'],
  [89_000, '89 s'],
  [150_000, '3 min'],
  [4_800_000, '80 min'],
  [5_400_000, '1 h 30 min'],
])('%i ms are said as %s', (milliseconds, said) => {
  expect(formatTimeLeft(milliseconds)).toBe(said);
});
