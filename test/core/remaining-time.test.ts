import { expect, test } from 'vitest';
import { formatTimeLeft, startRemainingTime } from '../../src/core/remaining-time.ts';
import type { LoadShape, PlannedRequest } from '../../src/schema/plan.ts';

const oneAtATime: LoadShape = { kind: 'closed', concurrency: 1 };
const request = (
  variant: string,
  phase: PlannedRequest['phase'],
  loadShape: LoadShape = oneAtATime,
): PlannedRequest => ({
  ...{ id: '', variant, prompt: null, phase, kind: 'generate', block: 0, loadShape, round: null, repeat: 0 },
  ...{ cacheExpected: 'miss', scheduledMs: null, order: 0, nonce: null, requestHash: null },
});

type Done = [PlannedRequest, tookMs: number];
const load = request('a', 'load');
const warmup = request('a', 'warmup');
const timed = request('a', 'timed');
const four = request('a', 'timed', { kind: 'closed', concurrency: 4 });

test.each<[string, PlannedRequest[], Done[], PlannedRequest[], number | null]>([
  ['nothing from nothing', [timed], [], [], null],
  ['nothing left of nothing', [], [], [], 0],
  ['no answer from a load', [load, timed], [[load, 1000]], [], null],
  [
    'nothing left',
    [load, timed],
    [
      [load, 1000],
      [timed, 100],
    ],
    [],
    0,
  ],
  ['like those of the same variant and phase', [timed, timed, timed], [[timed, 100]], [], 200],
  [
    'the mean of those',
    [timed, timed, timed],
    [
      [timed, 100],
      [timed, 300],
    ],
    [],
    200,
  ],
  ['else like the same phase', [timed, request('b', 'timed')], [[timed, 100]], [], 100],
  [
    'else like any answer',
    [load, timed, request('b', 'bare')],
    [
      [load, 1000],
      [timed, 100],
    ],
    [],
    100,
  ],
  [
    'rather like the same variant',
    [timed, request('b', 'timed'), timed],
    [
      [timed, 100],
      [request('b', 'timed'), 900],
    ],
    [],
    100,
  ],
  [
    'a load like a load',
    [load, timed, request('b', 'load')],
    [
      [load, 1000],
      [timed, 100],
    ],
    [],
    1000,
  ],
  [
    'not one load shape like another',
    [timed, four, four, timed],
    [
      [timed, 100],
      [four, 25],
    ],
    [],
    125,
  ],
  ['a load shape that is new like any answer', [timed, four], [[timed, 100]], [], 100],
  [
    'what is dropped takes nothing',
    [warmup, warmup, warmup, timed],
    [
      [warmup, 100],
      [timed, 50],
    ],
    [warmup, warmup],
    0,
  ],
  [
    'what is dropped need not be known',
    [timed, request('b', 'load')],
    [[timed, 50]],
    [request('b', 'load')],
    0,
  ],
])('what is left is estimated: %s', (_, requests, done, dropped, expected) => {
  const remaining = startRemainingTime(requests);
  for (const [it, tookMs] of done) remaining.add(it, tookMs);
  for (const it of dropped) remaining.drop(it);
  expect(remaining.estimateMs()).toBe(expected);
});

test.each([
  [0, '0 s'],
  [45_400, '45 s'],
  [89_000, '89 s'],
  [90_000, '2 min'],
  [150_000, '3 min'],
  [4_800_000, '80 min'],
  [5_400_000, '1 h 30 min'],
])('%i ms are said as %s', (milliseconds, said) => {
  expect(formatTimeLeft(milliseconds)).toBe(said);
});
