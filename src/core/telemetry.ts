import { max, median, min } from 'simple-statistics';
import type { Flag } from '../schema/sample.ts';
import type {
  GpuReading,
  GpuTelemetry,
  Spread,
  TelemetryReading,
  TelemetrySummary,
} from '../schema/telemetry.ts';
import type { TimeWindow } from './energy.ts';
import { raise } from './flags.ts';
import { formatNumber, formatQuantity } from './render/format.ts';

/** What a machine did while nothing of a run was running on it; null where it is not known. */
export interface Idle {
  cpuLoadPercent: number | null;
  /** Of the busiest GPU. */
  gpuUtilisationPercent: number | null;
}

/**
 * Reasons that slow a GPU down: heat and its power supply. NVML's nvmlClocksEventReasons, and the violations of amd-smi.
 * amd-smi's bare THROTTLED (`unspecified`) is none of them: RDNA 3 and 4 say so when idle and cool, too
 * (ROCm/rocm-systems #11781).
 */
const slowdowns: ReadonlySet<string> = new Set([
  ...['hw-slowdown', 'hw-thermal-slowdown', 'sw-thermal-slowdown', 'hw-power-brake'],
  ...['prochot', 'socket-thermal', 'vr-thermal', 'hbm-thermal'],
]);
const powerCaps: ReadonlySet<string> = new Set(['sw-power-cap', 'ppt']);

/** A single reading may be a change of clocks, which NVML reports as hw-slowdown as well. */
const fewestThrottled = 2;
const leastThrottledShare = 0.1;
const hotC = 90;
const busyGpuPercent = 10;
const busyCpuPercent = 25;
/** How far from a window a reading may lie and still tell of it: for windows shorter than the interval. */
const reachMs = 2000;

/** Summarises a run's readings. What no reading tells is null. */
export function summariseTelemetry(
  readings: readonly TelemetryReading[],
  { source, intervalMs }: Pick<TelemetrySummary, 'source' | 'intervalMs'>,
): TelemetrySummary {
  const load = spreadOf(readings.map(({ cpu }) => cpu.loadPercent));
  const frequency = spreadOf(readings.map(({ cpu }) => cpu.frequencyMHz));
  return {
    source,
    intervalMs,
    readings: readings.length,
    longestGapMs: longestGapMs(readings, source !== null),
    gpus: summariseGpus(readings),
    cpu: {
      loadPercent: load && { median: load.median, max: load.max },
      frequencyMHz: frequency && { min: frequency.min, median: frequency.median },
    },
  };
}

/**
 * What the GPUs did over a window that lets one doubt its timings: `gpu-throttled` and `power-capped` where a reason of
 * theirs is in two or more readings and in 10 % of them, `gpu-hot` from 90 °C. Considered are the readings in the window
 * and the ones just before and after it.
 */
export function findHostFlags(window: TimeWindow, readings: readonly TelemetryReading[]): Flag[] {
  const gpus = [...groupByGpu(readingsAround(window, readings))];
  const throttled = gpus.flatMap(([index, told]) => describeThrottle(index, told, slowdowns));
  const capped = gpus.flatMap(([index, told]) => {
    const limitWatts = spreadOf(told.map(({ powerLimitWatts }) => powerLimitWatts))?.min;
    const limit = limitWatts === undefined ? '' : ` at ${formatNumber(limitWatts)} W`;
    return describeThrottle(index, told, powerCaps).map((said) => said + limit);
  });
  const hot = gpus.flatMap(([index, told]) => {
    const most = spreadOf(told.map(({ temperatureC }) => temperatureC))?.max;
    return most === undefined || most < hotC ? [] : `GPU ${index} reached ${formatNumber(most)} °C`;
  });
  return [
    ...(throttled.length > 0 ? [raise('gpu-throttled', `Slowed down: ${throttled.join('; ')}.`)] : []),
    ...(capped.length > 0 ? [raise('power-capped', `Held at the power limit: ${capped.join('; ')}.`)] : []),
    ...(hot.length > 0
      ? [raise('gpu-hot', `${hot.join('; ')}; from ${hotC} °C on a GPU counts as hot.`)]
      : []),
  ];
}

/** Whose load that was, before a model was loaded: not ours. From 10 % of a GPU and 25 % of the processors on. */
export function findIdleFlags({ cpuLoadPercent, gpuUtilisationPercent }: Idle): Flag[] {
  const flags: Flag[] = [];
  if (gpuUtilisationPercent !== null && gpuUtilisationPercent > busyGpuPercent) {
    flags.push(
      raise(
        'gpu-busy',
        `A GPU was ${formatNumber(gpuUtilisationPercent)} % busy before the model was loaded, with nothing of this run on it.`,
      ),
    );
  }
  if (cpuLoadPercent !== null && cpuLoadPercent > busyCpuPercent) {
    flags.push(
      raise(
        'host-busy',
        `The processors were ${formatNumber(cpuLoadPercent)} % busy before the model was loaded, with nothing of this run on them.`,
      ),
    );
  }
  return flags;
}

/** With a tool, readings without GPUs do not count as heard; the first and the last reading are the ends all the same. */
function longestGapMs(readings: readonly TelemetryReading[], hasSource: boolean): number | null {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || readings.length < 2) return null;
  let longest = 0;
  let heardMs = first.atMs;
  for (const reading of readings) {
    if (hasSource && reading.gpus === null && reading !== last) continue;
    longest = Math.max(longest, reading.atMs - heardMs);
    heardMs = reading.atMs;
  }
  return longest;
}

function summariseGpus(readings: readonly TelemetryReading[]): GpuTelemetry[] | null {
  if (!readings.some(({ gpus }) => gpus !== null)) return null;
  return [...groupByGpu(readings)].map(([index, told]) => ({
    index,
    readings: told.length,
    utilisationPercent: spreadOf(told.map(({ utilisationPercent }) => utilisationPercent)),
    memoryUsedBytes: spreadOf(told.map(({ memoryUsedBytes }) => memoryUsedBytes)),
    powerWatts: spreadOf(told.map(({ powerWatts }) => powerWatts)),
    powerLimitWatts: spreadOf(told.map(({ powerLimitWatts }) => powerLimitWatts))?.min ?? null,
    clockMHz: spreadOf(told.map(({ clockMHz }) => clockMHz)),
    temperatureC: spreadOf(told.map(({ temperatureC }) => temperatureC)),
    throttle: shareReasons(told),
  }));
}

/** By index, in its order. */
function groupByGpu(readings: readonly TelemetryReading[]): Map<number, GpuReading[]> {
  const all = readings.flatMap(({ gpus }) => gpus ?? []);
  return Map.groupBy(
    all.toSorted((a, b) => a.index - b.index),
    ({ index }) => index,
  );
}

function shareReasons(told: readonly GpuReading[]): GpuTelemetry['throttle'] {
  const known = told.map(({ throttle }) => throttle).filter((it) => it !== null);
  if (known.length === 0) return null;
  return [...new Set(known.flat())].sort().map((reason) => ({
    reason,
    share: known.filter((reasons) => reasons.includes(reason)).length / known.length,
  }));
}

/** `GPU 0 in 12 of 40 readings (hw-thermal-slowdown)`; nothing where that is too few to say. */
function describeThrottle(
  index: number,
  told: readonly GpuReading[],
  counted: ReadonlySet<string>,
): string[] {
  const known = told.map(({ throttle }) => throttle).filter((it) => it !== null);
  const active = known.map((reasons) => reasons.filter((reason) => counted.has(reason)));
  const throttled = active.filter((reasons) => reasons.length > 0);
  if (throttled.length < fewestThrottled || throttled.length < leastThrottledShare * known.length) return [];
  const reasons = [...new Set(throttled.flat())].sort().join(', ');
  return [`GPU ${index} in ${throttled.length} of ${formatQuantity(known.length, 'reading')} (${reasons})`];
}

function readingsAround(
  { fromMs, toMs }: TimeWindow,
  readings: readonly TelemetryReading[],
): TelemetryReading[] {
  const told = readings.filter(({ gpus }) => gpus !== null);
  const before = told.findLast(({ atMs }) => atMs < fromMs && atMs >= fromMs - reachMs);
  const after = told.find(({ atMs }) => atMs > toMs && atMs <= toMs + reachMs);
  const inside = told.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  return [before, ...inside, after].filter((it) => it !== undefined);
}

function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((it) => it !== null);
  return known.length === 0 ? null : { min: min(known), median: median(known), max: max(known) };
}
