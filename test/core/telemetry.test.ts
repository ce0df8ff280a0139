import { describe, expect, test } from 'vitest';
import { findHostFlags, findIdleFlags, summariseTelemetry } from '../../src/core/telemetry.ts';
import { type GpuReading, type TelemetryReading, telemetrySummary } from '../../src/schema/telemetry.ts';

const unknownGpu: GpuReading = {
  ...{ index: 0, utilisationPercent: null, memoryUsedBytes: null, powerWatts: null, powerLimitWatts: null },
  ...{ clockMHz: null, temperatureC: null, throttle: null },
};
const gpu = (facts: Partial<GpuReading>): GpuReading => ({ ...unknownGpu, ...facts });
const at = (
  atMs: number,
  gpus: TelemetryReading['gpus'],
  cpu: Partial<TelemetryReading['cpu']> = {},
): TelemetryReading => ({ atMs, gpus, cpu: { loadPercent: null, frequencyMHz: null, ...cpu } });

describe('a summary', () => {
  test('of a run', () => {
    const readings = [
      at(
        0,
        [
          gpu({
            utilisationPercent: 0,
            memoryUsedBytes: 1000,
            powerWatts: 60,
            powerLimitWatts: 450,
            throttle: [],
          }),
          gpu({ index: 1, temperatureC: 40 }),
        ],
        { frequencyMHz: 4000 },
      ),
      at(
        500,
        [
          gpu({
            ...{ utilisationPercent: 90, memoryUsedBytes: 3000, powerWatts: 300, powerLimitWatts: 400 },
            ...{ clockMHz: 2500, temperatureC: 70, throttle: ['sw-power-cap'] },
          }),
          gpu({ index: 1, temperatureC: 41 }),
        ],
        { loadPercent: 10, frequencyMHz: 5000 },
      ),
      at(
        1100,
        [
          gpu({
            ...{ utilisationPercent: 98, memoryUsedBytes: 3000, powerWatts: 360, powerLimitWatts: 450 },
            ...{ clockMHz: 2400, temperatureC: 80, throttle: ['sw-power-cap', 'sw-thermal-slowdown'] },
          }),
        ],
        { loadPercent: 30, frequencyMHz: 4500 },
      ),
      at(1500, [gpu({ powerWatts: 100 })], { loadPercent: 20 }),
    ];
    const summary = summariseTelemetry(readings, { source: 'nvidia-smi', intervalMs: 500 });
    expect(summary).toEqual({
      ...{ source: 'nvidia-smi', intervalMs: 500, readings: 4, longestGapMs: 600 },
      gpus: [
        {
          ...{ index: 0, readings: 4, powerLimitWatts: 400 },
          utilisationPercent: { min: 0, median: 90, max: 98 },
          memoryUsedBytes: { min: 1000, median: 3000, max: 3000 },
          powerWatts: { min: 60, median: 200, max: 360 },
          clockMHz: { min: 2400, median: 2450, max: 2500 },
          temperatureC: { min: 70, median: 75, max: 80 },
          throttle: [
            { reason: 'sw-power-cap', share: 2 / 3 },
            { reason: 'sw-thermal-slowdown', share: 1 / 3 },
          ],
        },
        {
          ...{
            index: 1,
            readings: 2,
            powerLimitWatts: null,
            utilisationPercent: null,
            memoryUsedBytes: null,
          },
          ...{ powerWatts: null, clockMHz: null, throttle: null },
          temperatureC: { min: 40, median: 40.5, max: 41 },
        },
      ],
      cpu: { loadPercent: { median: 20, max: 30 }, frequencyMHz: { min: 4000, median: 4500 } },
    });
    expect(telemetrySummary.parse(summary)).toEqual(summary);
  });

  test.each([
    ['no readings', [], null],
    ['readings without GPUs', [at(0, null), at(500, null)], null],
    ['a machine without a GPU', [at(0, []), at(500, [])], []],
  ])('of %s holds no number that is not known', (_, readings, gpus) => {
    expect(summariseTelemetry(readings, { source: null, intervalMs: 500 })).toEqual({
      ...{ source: null, intervalMs: 500, readings: readings.length, gpus },
      longestGapMs: readings.length === 0 ? null : 500,
      cpu: { loadPercent: null, frequencyMHz: null },
    });
  });

  const told = (atMs: number) => at(atMs, [unknownGpu]);
  const unheard = (atMs: number) => at(atMs, null);
  test.each([
    ['two readings', 'nvidia-smi', [told(0), told(500)], 500],
    ['one reading', 'nvidia-smi', [told(0)], null],
    [
      'a tool that was silent for a while',
      'nvidia-smi',
      [told(0), unheard(1000), unheard(2000), told(2500)],
      2500,
    ],
    ['a tool that died', 'nvidia-smi', [told(0), told(500), unheard(1500), unheard(3000)], 2500],
    ['a tool that was slow to begin', 'nvidia-smi', [unheard(0), unheard(700), told(900), told(1400)], 900],
    ['no tool', null, [unheard(0), unheard(500), unheard(1200)], 700],
  ] as const)('tells the longest gap of %s', (_, source, readings, gapMs) => {
    expect(summariseTelemetry(readings, { source, intervalMs: 500 }).longestGapMs).toBe(gapMs);
  });

  test('of a night is no deeper than the stack', () => {
    const readings = Array.from({ length: 300_000 }, (_, index) => told(index * 500));
    expect(summariseTelemetry(readings, { source: 'nvidia-smi', intervalMs: 500 })).toMatchObject({
      ...{ readings: 300_000, longestGapMs: 500 },
    });
  });
});

describe('flags of a window', () => {
  /** A reading each 500 ms from 0 on, with the reasons of GPU 0. */
  const throttles = (...throttle: (string[] | null)[]) =>
    throttle.map((reasons, index) => at(index * 500, [gpu({ throttle: reasons })]));
  const all = { fromMs: 0, toMs: 1e9 };
  const free: string[] = [];

  test.each([
    ['nothing is known', throttles(null, null, null), []],
    ['nothing holds it down', throttles(free, free, free), []],
    ['it is held for a moment', throttles(free, ['hw-slowdown'], free), []],
    [
      'heat slows it down',
      throttles(free, ['hw-slowdown', 'hw-thermal-slowdown'], ['sw-thermal-slowdown'], free),
      [
        'gpu-throttled: Slowed down: GPU 0 in 2 of 4 readings (hw-slowdown, hw-thermal-slowdown, sw-thermal-slowdown).',
      ],
    ],
    [
      'the power supply does',
      throttles(['hw-power-brake'], ['hw-power-brake'], null),
      ['gpu-throttled: Slowed down: GPU 0 in 2 of 2 readings (hw-power-brake).'],
    ],
    [
      'an AMD GPU says why',
      throttles(['hbm-thermal'], ['ppt', 'prochot']),
      ['gpu-throttled: Slowed down: GPU 0 in 2 of 2 readings (hbm-thermal, prochot).'],
    ],
    ['an AMD GPU does not say why', throttles(['unspecified'], ['unspecified'], ['unspecified']), []],
    [
      'somebody set its clocks',
      throttles(['applications-clocks-setting'], ['applications-clocks-setting']),
      [],
    ],
    ['it is in less than 10 %', throttles(['prochot'], ['prochot'], ...Array<string[]>(19).fill(free)), []],
    [
      'it is in 10 %',
      throttles(['prochot'], ['prochot'], ...Array<string[]>(18).fill(free)),
      ['gpu-throttled: Slowed down: GPU 0 in 2 of 20 readings (prochot).'],
    ],
    [
      'it is at its power limit',
      throttles(['sw-power-cap'], ['sw-power-cap'], free),
      ['power-capped: Held at the power limit: GPU 0 in 2 of 3 readings (sw-power-cap).'],
    ],
    [
      'it is at a power limit that is known',
      [0, 500].map((ms) => at(ms, [gpu({ throttle: ['sw-power-cap'], powerLimitWatts: 450 })])),
      ['power-capped: Held at the power limit: GPU 0 in 2 of 2 readings (sw-power-cap) at 450 W.'],
    ],
    ['it is warm', [at(0, [gpu({ temperatureC: 89 })])], []],
    [
      'two are hot',
      [
        at(0, [
          gpu({ temperatureC: 90 }),
          gpu({ index: 1, temperatureC: 94 }),
          gpu({ index: 2, temperatureC: 60 }),
        ]),
      ],
      ['gpu-hot: GPU 0 reached 90.0 °C; GPU 1 reached 94.0 °C; from 90 °C on a GPU counts as hot.'],
    ],
    [
      'one of two is slowed down',
      [0, 500].map((ms) => at(ms, [gpu({ throttle: free }), gpu({ index: 1, throttle: ['hw-slowdown'] })])),
      ['gpu-throttled: Slowed down: GPU 1 in 2 of 2 readings (hw-slowdown).'],
    ],
  ])('where %s', (_, readings, flags) => {
    const found = findHostFlags(all, readings);
    expect(found.map(({ code, reason }) => `${code}: ${reason}`)).toEqual(flags);
  });

  const slowAt = (...slow: number[]) =>
    Array.from({ length: 20 }, (_, index) =>
      at(index * 500, [gpu({ throttle: slow.includes(index * 500) ? ['hw-slowdown'] : free })]),
    );
  test.each([
    ['what is outside it', { fromMs: 3000, toMs: 6000 }, slowAt(0, 500, 1000, 9000), false],
    ['what is inside', { fromMs: 3000, toMs: 6000 }, slowAt(3000, 6000), true],
    [
      'what is just before and just after, if it is short',
      { fromMs: 3100, toMs: 3200 },
      slowAt(3000, 3500),
      true,
    ],
    [
      'a neighbour that is far away',
      { fromMs: 3100, toMs: 3200 },
      [...slowAt(0).slice(0, 1), ...slowAt(6000).slice(12)],
      false,
    ],
    ['readings without GPUs', { fromMs: 0, toMs: 500 }, [at(0, null), at(500, null)], false],
  ])('of its window alone: %s', (_, window, readings, isThrottled) => {
    expect(findHostFlags(window, readings).some(({ code }) => code === 'gpu-throttled')).toBe(isThrottled);
  });
});

test.each([
  [null, null, []],
  [25, 10, []],
  [0, 0, []],
  [
    25.5,
    null,
    [
      'host-busy: The processors were 25.5 % busy before the model was loaded, with nothing of this run on them.',
    ],
  ],
  [
    null,
    11,
    ['gpu-busy: A GPU was 11.0 % busy before the model was loaded, with nothing of this run on it.'],
  ],
])('a machine with %j %% of CPU and %j %% of GPU in use', (cpuLoadPercent, gpuUtilisationPercent, flags) => {
  const found = findIdleFlags({ cpuLoadPercent, gpuUtilisationPercent });
  expect(found.map(({ code, reason }) => `${code}: ${reason}`)).toEqual(flags);
});
