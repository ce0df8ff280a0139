import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CpuTimes,
  computeLoad,
  createCpuMeter,
  parseCpuinfoMHz,
  parseProcStat,
  readCpufreqMHz,
} from '../../src/host/cpu-meter.ts';
import { cpuReading } from '../../src/schema/telemetry.ts';

test.each([
  ['cpu  100 20 30 800 40 5 5 10 7 3\ncpu0 1 2 3 4\n', { busy: 170, total: 1010 }],
  ['cpu  1 2 3 4\n', { busy: 6, total: 10 }],
  ['cpu  1 2 3\n', null],
  ['cpu0 1 2 3 4\n', null],
  ['intr 1 2 3 4\n', null],
  ['', null],
])('/proc/stat: %j', (text, times) => {
  expect(parseProcStat(text)).toEqual(times);
});

test.each([
  ['processor\t: 0\ncpu MHz\t\t: 2596.122\n\nprocessor\t: 1\ncpu MHz\t\t: 4100.000\n\n', 4100],
  ['processor\t: 0\nBogoMIPS\t: 108.00\nmodel name\t: cpu MHz : 9\n', null],
  ['cpu MHz\t\t: unknown\n', null],
  ['', null],
])('/proc/cpuinfo: %j', (text, mhz) => {
  expect(parseCpuinfoMHz(text)).toBe(mhz);
});

test.each([
  [{ busy: 0, total: 0 }, { busy: 50, total: 200 }, 25],
  [{ busy: 10, total: 100 }, { busy: 11, total: 103 }, 33.3],
  [{ busy: 0, total: 0 }, { busy: 0, total: 100 }, 0],
  [{ busy: 10, total: 100 }, { busy: 9, total: 200 }, 0],
  [{ busy: 0, total: 100 }, { busy: 60, total: 150 }, 100],
  [{ busy: 10, total: 100 }, { busy: 10, total: 100 }, null],
])('from %j to %j the load is %j %%', (before, now, load) => {
  expect(computeLoad(before, now)).toBe(load);
});

test('a load is that since the reading before', async () => {
  const times: (CpuTimes | null)[] = [
    { busy: 10, total: 100 },
    { busy: 60, total: 200 },
    { busy: 70, total: 300 },
    null,
    { busy: 80, total: 500 },
    { busy: 80, total: 600 },
  ];
  const { read } = createCpuMeter({
    readTimes: async () => times.shift() ?? null,
    readFrequencyMHz: async () => 3000,
  });
  const loads = [];
  for (let count = 0; count < 6; count++) loads.push((await read()).loadPercent);
  expect(loads).toEqual([null, 50, 10, null, null, 0]);
});

test('this machine', async () => {
  const meter = createCpuMeter();
  expect((await meter.read()).loadPercent).toBeNull();
  const reading = await meter.read();
  expect(cpuReading.parse(reading)).toEqual(reading);
});

describe('cpufreq', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'herdmark-cpufreq-'));
    for (const [policy, kilohertz] of [
      ['policy0', '1800000\n'],
      ['policy4', '2400000\n'],
      ['policy7', '<unknown>\n'],
    ] as const) {
      await mkdir(join(folder, 'phone', policy), { recursive: true });
      await writeFile(join(folder, 'phone', policy, 'scaling_cur_freq'), kilohertz);
    }
    await mkdir(join(folder, 'empty'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ['phone', 2400],
    ['empty', null],
    ['missing', null],
  ])('%s', async (name, mhz) => {
    expect(await readCpufreqMHz(join(folder, name))).toBe(mhz);
  });
});
