import { describe, expect, test } from 'vitest';
import { allowedGapMs, energyPerOutputToken, integratePower } from '../../src/core/energy.ts';
import type { GpuReading, TelemetryReading } from '../../src/schema/telemetry.ts';

const gpu = (index: number, powerWatts: number | null): GpuReading => ({
  ...{ index, powerWatts, utilisationPercent: null, memoryUsedBytes: null, powerLimitWatts: null },
  ...{ clockMHz: null, temperatureC: null, throttle: null },
});
const cpu = { loadPercent: null, frequencyMHz: null };

/** A reading at a moment with the power of each GPU; null: nothing was heard of the GPUs. */
const at = (atMs: number, ...watts: (number | null)[]): TelemetryReading => ({
  atMs,
  gpus: watts.map((it, index) => gpu(index, it)),
  cpu,
});
const unheard = (atMs: number): TelemetryReading => ({ atMs, gpus: null, cpu });
const every = (intervalMs: number, count: number, ...watts: (number | null)[]) =>
  Array.from({ length: count }, (_, index) => at(index * intervalMs, ...watts));

const steady = every(500, 9, 100);
const ramp = [0, 100, 200, 300, 400, 500, 600].map((watts, index) => at(index * 1000, watts));

test.each([
  [100, 300],
  [500, 1500],
  [1000, 2000],
])('at an interval of %d ms, %d ms may pass between two readings', (intervalMs, gapMs) => {
  expect(allowedGapMs(intervalMs)).toBe(gapMs);
});

describe('energy', () => {
  test.each([
    ['a steady power', steady, [0, 4000], 400],
    ['a ramp', ramp, [0, 5000], 1250],
    ['a window that ends at readings', steady, [1000, 3000], 200],
    ['a window that begins and ends between readings', steady, [250, 3750], 350],
    ['ends on a ramp, interpolated', ramp, [500, 5500], 1500],
    ['two GPUs, added', every(500, 9, 100, 50), [0, 4000], 600],
    ['a spike', [at(0, 0), at(500, 0), at(1000, 400), at(1500, 0), at(2000, 0)], [0, 2000], 200],
    [
      'readings at uneven times',
      [at(0, 100), at(500, 200), at(500, 200), at(700, 200), at(1500, 0)],
      [0, 1500],
      195,
    ],
    [
      'a tick in which nothing was heard',
      [...steady, unheard(1200)].sort((a, b) => a.atMs - b.atMs),
      [0, 4000],
      400,
    ],
    ['a gap that is just allowed', [0, 500, 1000, 2500, 3000].map((ms) => at(ms, 100)), [0, 3000], 300],
  ] as const)('of %s', (_, readings, [fromMs, toMs], joules) => {
    expect(integratePower({ fromMs, toMs }, readings, 500)).toEqual({ joules, reason: null });
  });

  test.each([
    ['there are no readings', [], [0, 1000], 'No reading tells of a GPU.'],
    ['no reading tells of a GPU', [unheard(0), unheard(500)], [0, 500], 'No reading tells of a GPU.'],
    ['the machine has no GPU', every(500, 9), [0, 4000], 'A reading lacks the power of a GPU.'],
    ['the readings begin late', steady.slice(1), [0, 4000], 'The readings begin only after the window does.'],
    ['the readings end early', steady, [0, 4001], 'The readings end before the window does.'],
    ['the window is short', steady, [0, 1999], '4 readings lie in the window, and 5 are needed.'],
    ['the window is empty', steady, [1250, 1250], '0 readings lie in the window, and 5 are needed.'],
    [
      'there is a gap',
      [0, 500, 1000, 2501, 3000].map((ms) => at(ms, 100)),
      [0, 3000],
      'Nothing was heard of the GPUs for 1.50 s, and 1.50 s are allowed.',
    ],
    [
      'the gap is over an end',
      [0, 2600, 3000, 3500, 4000, 4500].map((ms) => at(ms, 100)),
      [2500, 4500],
      'Nothing was heard of the GPUs for 2.60 s, and 1.50 s are allowed.',
    ],
    [
      'a GPU does not tell its power',
      [...steady.slice(0, 4), at(2000, null), ...steady.slice(5)],
      [0, 4000],
      'A reading lacks the power of a GPU.',
    ],
    [
      'one of two GPUs does not',
      [...every(500, 4, 100, 50), at(2000, 100, null), at(2500, 100, 50)],
      [0, 2500],
      'A reading lacks the power of a GPU.',
    ],
    [
      'a GPU is lost on the way',
      [...every(500, 4, 100, 50), at(2000, 100), at(2500, 100)],
      [0, 2500],
      'A reading lacks the power of a GPU.',
    ],
  ] as const)('is unknown where %s', (_, readings, [fromMs, toMs], reason) => {
    expect(integratePower({ fromMs, toMs }, readings, 500)).toEqual({ joules: null, reason });
  });
});

describe('energy per output token', () => {
  const window = (fromMs: number, toMs: number, outputTokens: number | null) => ({
    ...{ fromMs, toMs, outputTokens },
  });
  const long = every(500, 41, 100);

  test.each([
    ['one window', [window(0, 4000, 200)], 2],
    ['two windows, and not what is between them', [window(0, 4000, 200), window(10_000, 14_000, 600)], 1],
    ['windows that overlap, once', [window(4000, 8000, 300), window(0, 6000, 100)], 2],
    ['a window within another', [window(0, 8000, 100), window(1000, 2000, 100)], 4],
    ['a window without tokens, whose energy counts', [window(0, 4000, 200), window(10_000, 14_000, 0)], 4],
  ])('of %s', (_, windows, joulesPerOutputToken) => {
    expect(energyPerOutputToken(windows, long, 500)).toEqual({ joulesPerOutputToken, reason: null });
  });

  test.each([
    ['there is no window', [], 'There is no window to measure.'],
    ['no token came out', [window(0, 4000, 0)], 'There are no output tokens.'],
    [
      'tokens were not counted',
      [window(0, 4000, 200), window(5000, 9000, null)],
      'The server did not count the output tokens of a request.',
    ],
    [
      'one of the windows cannot be told',
      [window(0, 4000, 200), window(18_000, 22_000, 200)],
      'The readings end before the window does.',
    ],
  ])('is unknown where %s', (_, windows, reason) => {
    expect(energyPerOutputToken(windows, long, 500)).toEqual({ joulesPerOutputToken: null, reason });
  });
});
