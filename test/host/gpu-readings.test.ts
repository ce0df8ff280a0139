import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAmdSmiReadings, parseRocmSmiReadings } from '../../src/host/amd-readings.ts';
import { askGpus } from '../../src/host/gpu-readings.ts';
import { gatherRounds, parseNvidiaReading, parseNvidiaReadings } from '../../src/host/nvidia-readings.ts';
import type { RunTool, ToolAnswer } from '../../src/host/run-tool.ts';
import { type GpuReading, gpuReading } from '../../src/schema/telemetry.ts';

const readFixture = (name: string) => readFile(join(import.meta.dirname, 'fixtures', name), 'utf8');
const mebibyte = 1024 ** 2;

const unknown: GpuReading = {
  ...{ index: 0, utilisationPercent: null, memoryUsedBytes: null, powerWatts: null, powerLimitWatts: null },
  ...{ clockMHz: null, temperatureC: null, throttle: null },
};
const gpu = (facts: Partial<GpuReading>): GpuReading => ({ ...unknown, ...facts });

const rtx4090 = gpu({
  ...{ utilisationPercent: 98, memoryUsedBytes: 21_344 * mebibyte, powerWatts: 431.57, powerLimitWatts: 450 },
  ...{ clockMHz: 2520, temperatureC: 71, throttle: ['sw-power-cap'] },
});
const rtx3060 = gpu({
  ...{ index: 1, utilisationPercent: 3, memoryUsedBytes: 612 * mebibyte, powerWatts: 24.81 },
  ...{ powerLimitWatts: 170, clockMHz: 210, temperatureC: 38, throttle: [] },
});
const r9700 = gpu({
  ...{ utilisationPercent: 91, memoryUsedBytes: 20_450 * mebibyte, powerWatts: 214, clockMHz: 2774 },
  ...{ temperatureC: 54, throttle: ['unspecified'] },
});
const radeon780m = gpu({
  ...{
    utilisationPercent: 19,
    memoryUsedBytes: 468_025_344,
    powerWatts: 7.222,
    clockMHz: 800,
    temperatureC: 31,
  },
});

describe('what a tool prints', () => {
  test.each([
    [
      'nvidia-smi-readings.txt',
      parseNvidiaReadings,
      [
        rtx4090,
        rtx3060,
        {
          ...{ ...rtx4090, utilisationPercent: 99, powerWatts: 446.02, clockMHz: 2475, temperatureC: 84 },
          throttle: ['sw-power-cap', 'sw-thermal-slowdown'],
        },
        { ...rtx3060, utilisationPercent: 0, powerWatts: 24.79 },
      ],
    ],
    [
      'nvidia-smi-readings-unified-memory.txt',
      parseNvidiaReadings,
      [
        gpu({
          ...{ utilisationPercent: 96, powerWatts: 59.4, clockMHz: 2450, temperatureC: 89 },
          throttle: ['sw-thermal-slowdown'],
        }),
      ],
    ],
    [
      'nvidia-smi-readings-lost.txt',
      parseNvidiaReadings,
      [
        gpu({ memoryUsedBytes: 127 * mebibyte, temperatureC: 55 }),
        gpu({
          ...{ index: 2, memoryUsedBytes: 1024 * mebibyte, powerLimitWatts: 250, clockMHz: 1480 },
          throttle: ['hw-slowdown', 'hw-thermal-slowdown'],
        }),
      ],
    ],
    ['nvidia-smi-old-driver.txt', parseNvidiaReadings, []],
    ['amd-smi-readings.txt', parseAmdSmiReadings, [r9700, gpu({ index: 1, memoryUsedBytes: 57 * mebibyte })]],
    [
      'amd-smi-readings-6.txt',
      parseAmdSmiReadings,
      [
        gpu({
          ...{
            utilisationPercent: 100,
            memoryUsedBytes: 121_344 * mebibyte,
            powerWatts: 748,
            clockMHz: 1340,
          },
          ...{ temperatureC: 91, throttle: ['ppt', 'socket-thermal'] },
        }),
        gpu({ index: 1, utilisationPercent: 0, powerWatts: 10, throttle: [] }),
      ],
    ],
    ['rocm-smi-readings.txt', parseRocmSmiReadings, [radeon780m]],
    [
      'rocm-smi-readings-5.txt',
      parseRocmSmiReadings,
      [
        gpu({
          ...{ utilisationPercent: 100, memoryUsedBytes: 27_481_079_808, powerWatts: 128 },
          ...{ powerLimitWatts: 560, clockMHz: 1700, temperatureC: 51 },
        }),
        gpu({ index: 1, clockMHz: 1700, temperatureC: 52 }),
      ],
    ],
  ])('%s', async (name, parse, readings) => {
    const told = parse(await readFixture(name));
    expect(told).toEqual(readings);
    expect(told?.map((reading) => gpuReading.parse(reading))).toEqual(readings);
  });

  test.each([
    ['0x0000000000000000', []],
    ['0x0000000000000001', []],
    ['0x0000000000000002', ['applications-clocks-setting']],
    ['0x0000000000000010', ['sync-boost']],
    ['0x00000000000000C8', ['hw-slowdown', 'hw-thermal-slowdown', 'hw-power-brake']],
    ['0x0000000000000100', ['display-clock-setting']],
    ['0x0000000000000600', ['board-limit', 'reliability']],
    ['0x8000000000000004', ['sw-power-cap', 'other']],
    ['[N/A]', null],
    ['Active', null],
    ['', null],
  ])('nvidia-smi’s reasons %s', (mask, throttle) => {
    expect(parseNvidiaReading(`0, 1, 1, 1, 1, 1, 1, ${mask}\r`)?.throttle).toEqual(throttle);
  });

  test.each([
    '',
    'No devices were found',
    'index, utilization.gpu [%], memory.used [MiB], power.draw [W], power.limit [W], clocks.sm [MHz], temperature.gpu, reasons',
    '0, 1, 2, 3',
    '100, 1, 1, 1, 1, 1, 1, 0x0',
    '-1, 1, 1, 1, 1, 1, 1, 0x0',
    '0, 1, 1, 1, 1, 1, 1, 0x0, 1',
  ])('nvidia-smi: %j is no reading', (line) => {
    expect(parseNvidiaReading(line)).toBeNull();
  });

  test('what is out of its bounds is unknown', () => {
    expect(parseNvidiaReading('0, 101, -1, 1e3, 1.5.2, 99999999999, NaN, 0x')).toEqual(unknown);
    const outside =
      '[{"gpu": 0, "usage": {"gfx_activity": {"value": 65535, "unit": "%"}}, "power": {"socket_power": {"value": -1, "unit": "W"}}, "mem_usage": {"used_vram": {"value": 1, "unit": "parsec"}}}]';
    expect(parseAmdSmiReadings(outside)).toEqual([unknown]);
    expect(parseRocmSmiReadings('{"card0": {"GPU use (%)": "101"}}')).toEqual([unknown]);
  });

  test.each([
    '',
    'no JSON',
    '{',
    '[1]',
    '{"gpu_data": 1}',
    '{"card0": 1}',
    '[{"gpu": "a"}]',
    '[{"gpu": 100}]',
    '[[[[',
  ])('of AMD: %j is no answer', (output) => {
    expect([parseAmdSmiReadings(output), parseRocmSmiReadings(output)]).toEqual([null, null]);
  });
});

test.each([
  ['one GPU', 1, '0@1 0@2 0@3', ['0@1', '0@2', '0@3']],
  ['two GPUs', 2, '0@1 1@2 0@11 1@12', ['0,1@1', '0,1@11']],
  ['two GPUs, cut off', 2, '0@1 1@2 0@11', ['0,1@1']],
  ['a GPU that is lost on the way', 2, '0@1 1@2 0@11 0@21 0@31', ['0,1@1', '0@11', '0@21', '0@31']],
  ['more GPUs than were expected', 1, '0@1 1@2 0@11 1@12 0@21', ['0@1', '1@2', '0@11', '1@12', '0@21']],
  ['fewer GPUs than were expected', 3, '0@1 1@2 0@11 1@12', ['0,1@1', '0,1@11']],
])('the lines of %s come together', (_, size, lines, rounds) => {
  const told: string[] = [];
  const add = gatherRounds(size, (gpus, atMs) => told.push(`${gpus.map(({ index }) => index)}@${atMs}`));
  for (const line of lines.split(' ')) {
    const [index, atMs] = line.split('@').map(Number);
    add(gpu({ index: index ?? 0 }), atMs ?? 0);
  }
  expect(told).toEqual(rounds);
});

describe('the tool that tells', () => {
  const failed: ToolAnswer = { status: 'failed', reason: 'exit code 2' };
  const nvidia = { vendor: 'NVIDIA', model: 'NVIDIA L4', vramBytes: null, driver: null };
  const amd = { ...nvidia, vendor: 'AMD', model: 'Radeon' };
  const apple = { ...nvidia, vendor: 'Apple', model: 'Apple M4' };

  /** Answers by what a command line holds, and notes which were tried. */
  function tools(answers: Record<string, string>): { run: RunTool; tried: string[] } {
    const tried: string[] = [];
    const run: RunTool = async (command, args) => {
      const line = [command, ...args].join(' ');
      tried.push(line);
      const fixture = Object.entries(answers).find(([part]) => line.includes(part))?.[1];
      return fixture === undefined ? failed : { status: 'ok', output: await readFixture(fixture) };
    };
    return { run, tried };
  }

  test.each([
    ['nvidia-smi', { clocks_event_reasons: 'nvidia-smi-readings.txt' }, null, 1],
    ['nvidia-smi of an old driver', { clocks_throttle_reasons: 'nvidia-smi-readings.txt' }, null, 2],
    ['amd-smi', { '--violation': 'amd-smi-readings.txt', 'rocm-smi': 'rocm-smi-readings.txt' }, [amd], 1],
    ['amd-smi of ROCm 6', { '--throttle': 'amd-smi-readings-6.txt' }, [amd], 2],
    ['amd-smi of before', { 'amd-smi': 'amd-smi-readings.txt' }, [amd], 1],
    ['rocm-smi', { 'rocm-smi': 'rocm-smi-readings.txt' }, [amd], 4],
    [
      'amd-smi, as nvidia-smi has no devices',
      { 'nvidia-smi': 'nvidia-smi-old-driver.txt', 'amd-smi': 'amd-smi-readings.txt' },
      null,
      3,
    ],
    ['nvidia-smi before amd-smi', { smi: 'nvidia-smi-readings.txt' }, [amd, nvidia], 1],
  ])('is %s', async (name, answers, gpus, attempts) => {
    const { run, tried } = tools(answers);
    const asked = await askGpus(gpus, run);
    expect(asked?.tool.source).toBe(name.split(/[ ,]/)[0]);
    expect(asked?.readings.length).toBeGreaterThan(0);
    expect(tried).toHaveLength(attempts);
  });

  test.each([
    ['no tool answers', null, 6],
    ['the machine has no GPU', [], 0],
    ['its maker has no tool', [apple], 0],
    ['its maker’s tool does not answer', [nvidia], 2],
  ])('is none where %s', async (_, gpus, attempts) => {
    const { run, tried } = tools({});
    expect(await askGpus(gpus, run)).toBeNull();
    expect(tried).toHaveLength(attempts);
  });
});
