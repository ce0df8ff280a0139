import { describe, expect, it, test } from 'vitest';
import { findClientErrors, planWaitsMs, summariseClientErrors } from '../../src/core/calibration.ts';

describe('the errors of a client', () => {
  it('compare spans, as its clock and the server’s began at different moments', () => {
    const client = { sentMs: 1000, chunksMs: [1010.5, 1015, 1021], doneMs: 1025.5 };
    const server = { receivedMs: 50, chunksMs: [60, 65, 70], doneMs: 75 };
    expect(findClientErrors(client, server)).toEqual({ ttftMs: 0.5, gapsMs: [0.5, 1], e2eMs: 0.5 });
  });

  it('of a single chunk have no gaps', () => {
    const client = { sentMs: 0, chunksMs: [3], doneMs: 4 };
    const server = { receivedMs: 0, chunksMs: [2], doneMs: 2 };
    expect(findClientErrors(client, server)).toEqual({ ttftMs: 1, gapsMs: [], e2eMs: 2 });
  });

  it('cannot be told of a client that lost a chunk', () => {
    const server = { receivedMs: 0, chunksMs: [1, 2], doneMs: 3 };
    expect(() => findClientErrors({ sentMs: 0, chunksMs: [1], doneMs: 3 }, server)).toThrow('saw 1 of 2');
  });

  it('are summed up as plain quantiles, of the gaps of all requests together', () => {
    const errors = [1, 2, 3].map((ms) => ({ ttftMs: ms, gapsMs: [ms, 10 * ms], e2eMs: 2 * ms }));
    expect(summariseClientErrors(errors)).toEqual({
      ttftErrorMs: { p50: 2, p99: 2.98 },
      gapErrorMs: { p50: 6.5, p99: 29.5 },
      e2eErrorMs: { p50: 4, p99: 5.96 },
    });
  });
});

test('waits are the same for a seed, differ between seeds, and are 2 to 8 ms', () => {
  const waits = planWaitsMs(7, 1000);
  expect(planWaitsMs(7, 1000)).toEqual(waits);
  expect(planWaitsMs(8, 1000)).not.toEqual(waits);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...waits)).toBeLessThan(8);
  expect(new Set(waits).size).toBeGreaterThan(990);
});
