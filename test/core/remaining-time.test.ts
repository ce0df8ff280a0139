import { expect, test } from 'vitest';
import { estimateRemainingMs } from '../../src/core/remaining-time.ts';
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

test('nothing is estimated from nothing', () => {
  expect(estimateRemainingMs(plan([request('a', 'timed')]), [])).toBeNull();
});

test('each request takes as long as those of its variant and phase, else of its phase, else all', () => {
  const [load, timed, timedToo, otherTimed, otherBare] = [
    request('a', 'load'),
    request('a', 'timed'),
    request('a', 'timed'),
    request('b', 'timed'),
    request('b', 'bare'),
  ];
  const done = [
    { request: load, tookMs: 1000 },
    { request: timed, tookMs: 100 },
  ];
  // a timed like a timed (100), b timed like any timed (100), b bare like anything (550)
  expect(estimateRemainingMs(plan([load, timed, timedToo, otherTimed, otherBare]), done)).toBe(750);
});
