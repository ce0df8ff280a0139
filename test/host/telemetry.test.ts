import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followTool } from '../../src/host/follow-tool.ts';
import { measureIdle } from '../../src/host/idle.ts';
import { startTelemetry, type TelemetryOptions } from '../../src/host/telemetry.ts';
import { type TelemetryReading, telemetryReading } from '../../src/schema/telemetry.ts';

// The tools are real child processes: scripts of their names, in a folder that is all of the PATH.
let folder: string;
const realPath = process.env.PATH;
const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-tools-'));
  process.env.PATH = folder;
});
afterEach(async () => {
  process.env.PATH = realPath;
  await rm(folder, { recursive: true });
});
afterAll(() => {
  process.env.PATH = realPath;
});

async function install(tool: string, script: string): Promise<void> {
  await writeFile(join(folder, tool), `#!/bin/sh\nPATH=/usr/bin:/bin\ncd "${folder}"\n${script}\n`, {
    mode: 0o755,
  });
}

/** Answers once, and with -lms on and on: `round` prints what it says each time. */
const nvidiaSmi = (round: string) => `
echo $$ >> pids; echo "$*" >> asked
case "$*" in
  *-lms*) while :; do ${round}; sleep 0.02; done ;;
  *) ${round} ;;
esac`;

/** Samples until `count` readings have come that are wanted, and tells what came. */
async function sample(
  count: number,
  options: Partial<TelemetryOptions> = {},
  isWanted: (reading: TelemetryReading) => boolean = () => true,
) {
  const readings: TelemetryReading[] = [];
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const telemetry = await startTelemetry({
    ...{ clock: () => performance.now(), startedMs: performance.now(), intervalMs: 20, ...options },
    onReading(reading) {
      readings.push(reading);
      if (readings.filter(isWanted).length === count) resolve();
    },
  });
  await enough;
  await telemetry.stop();
  const { source, intervalMs } = telemetry;
  return { source, intervalMs, readings };
}
const tellsGpus = ({ gpus }: TelemetryReading) => gpus !== null;

test('nvidia-smi tells of all GPUs, again and again, until it is stopped', async () => {
  await copyFile(fixture('nvidia-smi-readings.txt'), join(folder, 'answer'));
  await install('nvidia-smi', nvidiaSmi('head -n 2 answer'));
  const { source, intervalMs, readings } = await sample(3, {}, tellsGpus);
  expect({ source, intervalMs }).toEqual({ source: 'nvidia-smi', intervalMs: 20 });
  const told = readings
    .filter(tellsGpus)
    .map(({ gpus }) => gpus?.map(({ index, powerWatts }) => [index, powerWatts]));
  expect(told.slice(0, 3)).toEqual(
    Array(3).fill([
      [0, 431.57],
      [1, 24.81],
    ]),
  );
  expect(readings.map((reading) => telemetryReading.parse(reading))).toEqual(readings);
  expect(readings.map(({ atMs }) => atMs)).toEqual(readings.map(({ atMs }) => atMs).sort((a, b) => a - b));

  const asked = (await readFile(join(folder, 'asked'), 'utf8')).trim().split('\n');
  expect(asked).toEqual([
    '--query-gpu=index,utilization.gpu,memory.used,power.draw,power.limit,clocks.sm,temperature.gpu,clocks_event_reasons.active --format=csv,noheader,nounits',
    '--query-gpu=index,utilization.gpu,memory.used,power.draw,power.limit,clocks.sm,temperature.gpu,clocks_event_reasons.active --format=csv,noheader,nounits -lms 20',
  ]);
  for (const pid of (await readFile(join(folder, 'pids'), 'utf8')).trim().split('\n')) {
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  }
});

test('an older driver is asked by the older name', async () => {
  await copyFile(fixture('nvidia-smi-old-driver.txt'), join(folder, 'refusal'));
  await install(
    'nvidia-smi',
    `case "$*" in *clocks_event*) cat refusal; exit 2 ;; esac
    while :; do echo "0, 1, 1, 1, 1, 1, 1, 0x0"; case "$*" in *-lms*) sleep 0.02 ;; *) exit ;; esac; done`,
  );
  const { source, readings } = await sample(1, {}, tellsGpus);
  expect(source).toBe('nvidia-smi');
  expect(readings.find(tellsGpus)?.gpus?.[0]?.throttle).toEqual([]);
});

test('what is no reading is passed over', async () => {
  await install(
    'nvidia-smi',
    nvidiaSmi(
      `echo "0, 50, 1, 1, 1, 1, 1, 0x0"; head -c 20000 /dev/zero | tr '\\0' x; echo; echo "Unable to determine the device handle"; printf '1, 60, 1, 1,'; sleep 0.01; echo ' 1, 1, 1, 0x4'`,
    ),
  );
  const { readings } = await sample(2, {}, tellsGpus);
  expect(
    readings
      .filter(tellsGpus)
      .slice(0, 2)
      .map(({ gpus }) => gpus?.map((it) => it.utilisationPercent)),
  ).toEqual(Array(2).fill([50, 60]));
});

test('a tool that dies on the way leaves readings that say so', async () => {
  await install(
    'nvidia-smi',
    `case "$*" in *-lms*) for n in 1 2 3; do echo "0, $n, 1, 1, 1, 1, 1, 0x0"; done; exit 15 ;; *) echo "0, 0, 1, 1, 1, 1, 1, 0x0" ;; esac`,
  );
  const { source, readings } = await sample(3, {}, ({ gpus }) => gpus === null);
  expect(source).toBe('nvidia-smi');
  expect(readings.filter(tellsGpus).map(({ gpus }) => gpus?.[0]?.utilisationPercent)).toEqual([1, 2, 3]);
});

test.each([
  ['unknown where no tool is there', null, null],
  ['none where the machine has none', [], []],
])('the GPUs are %s', async (_, gpus, told) => {
  const { source, readings } = await sample(3, { gpus });
  expect(source).toBeNull();
  expect(readings.map((reading) => reading.gpus)).toEqual(readings.map(() => told));
  expect(readings.map((reading) => telemetryReading.parse(reading))).toEqual(readings);
});

test('no tool is started where the machine has no GPU', async () => {
  await install('nvidia-smi', nvidiaSmi('echo "0, 1, 1, 1, 1, 1, 1, 0x0"'));
  expect((await sample(1, { gpus: [] })).source).toBeNull();
  await expect(readFile(join(folder, 'asked'))).rejects.toThrow('ENOENT');
});

test.each([
  ['amd-smi', 'amd-smi-readings.txt', [214, null]],
  ['rocm-smi', 'rocm-smi-readings.txt', [7.222]],
])('%s is run again and again, and no faster than each second', async (tool, answer, watts) => {
  await copyFile(fixture(answer), join(folder, 'answer'));
  await install(tool, 'echo "$*" >> asked; cat answer');
  const { source, intervalMs, readings } = await sample(2, {}, tellsGpus);
  expect({ source, intervalMs }).toEqual({ source: tool, intervalMs: 1000 });
  const told = readings.filter(tellsGpus);
  expect(told[0]?.gpus?.map(({ powerWatts }) => powerWatts)).toEqual(watts);
  expect((await readFile(join(folder, 'asked'), 'utf8')).trim().split('\n')).toHaveLength(1 + told.length);
});

test('the last reading is of after the run', async () => {
  await install('nvidia-smi', nvidiaSmi('echo "0, 1, 1, 1, 1, 1, 1, 0x0"'));
  const readings: TelemetryReading[] = [];
  const clock = () => performance.now();
  const telemetry = await startTelemetry({
    ...{ clock, startedMs: 0, intervalMs: 1000 },
    onReading: (reading) => readings.push(reading),
  });
  const endedMs = clock();
  await telemetry.stop();
  expect(readings.findLast(tellsGpus)?.atMs).toBeGreaterThanOrEqual(endedMs);
});

test('stopping does not wait for a tool that hangs', async () => {
  await copyFile(fixture('amd-smi-readings.txt'), join(folder, 'answer'));
  await install(
    'amd-smi',
    'if [ -e asked ]; then echo $$ > hung; exec sleep 1000; fi; echo > asked; cat answer',
  );
  const readings: TelemetryReading[] = [];
  const clock = () => performance.now();
  const telemetry = await startTelemetry({
    ...{ clock, startedMs: clock(), intervalMs: 20 },
    onReading: (reading) => readings.push(reading),
  });
  expect(telemetry.source).toBe('amd-smi');
  const hung = await vi.waitFor(async () => {
    const pid = Number(await readFile(join(folder, 'hung'), 'utf8'));
    expect(pid).toBeGreaterThan(0);
    return pid;
  });
  await telemetry.stop();
  // It is killed at once; that the system has buried it may take a moment.
  await vi.waitFor(() => expect(() => process.kill(hung, 0)).toThrow('ESRCH'));
  const count = readings.length;
  await telemetry.stop();
  expect(readings).toHaveLength(count);
});

test('a tool that will not end is killed', async () => {
  await install('stubborn', "trap '' TERM; echo $$; while :; do sleep 0.05; done");
  const { promise: pid, resolve } = Promise.withResolvers<number>();
  const stop = followTool('stubborn', [], (line) => resolve(Number(line)));
  const child = await pid;
  await stop();
  expect(() => process.kill(child, 0)).toThrow('ESRCH');
});

test('a tool that is not there tells nothing, and is stopped like any other', async () => {
  await followTool('herdmark-no-such-tool', [], () => expect.unreachable())();
});

test('an idle machine: the processors over the while, and the busiest GPU at its end', async () => {
  await install(
    'nvidia-smi',
    'echo "0, 4, 1, 1, 1, 1, 1, 0x0"; echo "1, 37, 1, 1, 1, 1, 1, 0x0"; echo "2, [N/A], 1, 1, 1, 1, 1, 0x0"',
  );
  const { cpuLoadPercent, gpuUtilisationPercent } = await measureIdle({ durationMs: 50 });
  expect(gpuUtilisationPercent).toBe(37);
  expect(cpuLoadPercent === null || (cpuLoadPercent >= 0 && cpuLoadPercent <= 100)).toBe(true);
});

test.each([
  ['there is no tool', 'true', null],
  ['the tool does not know', 'echo "0, [N/A], 1, 1, 1, 1, 1, 0x0"', null],
])('the GPUs’ load is unknown where %s', async (_, script, share) => {
  await install('nvidia-smi', script);
  expect((await measureIdle({ durationMs: 1 })).gpuUtilisationPercent).toBe(share);
});
