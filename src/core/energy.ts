import { sum } from 'simple-statistics';
import type { Energy } from '../schema/run.ts';
import type { GpuReading, TelemetryReading } from '../schema/telemetry.ts';
import { formatMs } from './render/format.ts';

/** A stretch of a run, in milliseconds since it began. */
export interface TimeWindow {
  fromMs: number;
  toMs: number;
}

/** One of the two is null: an energy is told with all of its readings, or not at all. */
export type WindowEnergy = { joules: number; reason: null } | { joules: null; reason: string };

const fewestReadings = 5;

/** Two readings further apart than three intervals, or than 2 s, leave out what happened between them. */
export function allowedGapMs(intervalMs: number): number {
  return Math.min(3 * intervalMs, 2000);
}

/**
 * Energy of all GPUs over a window, in joules, by the trapezoid rule over the readings of their power. At both ends the
 * power is interpolated between the readings around them.
 *
 * Refused where a reading would have to be invented: the readings do not reach over both ends, two of them are further
 * apart than `allowedGapMs`, fewer than 5 lie in the window, or one lacks the power of a GPU. Idle GPUs of the machine
 * count too, as no tool tells whose work a watt was. NVIDIA GPUs from Ampere on (but GA100) tell the mean power of the
 * last second, so what happens in a window reaches half a second beyond it: windows should be long, and end in rest.
 */
export function integratePower(
  { fromMs, toMs }: TimeWindow,
  readings: readonly TelemetryReading[],
  intervalMs: number,
): WindowEnergy {
  // A reading without GPUs says that nothing was heard in time: that is for the gaps to judge.
  const told = readings.filter(({ gpus }) => gpus !== null);
  if (told.length === 0) return refuse('No reading tells of a GPU.');
  const first = told.findLastIndex(({ atMs }) => atMs <= fromMs);
  const last = told.findIndex(({ atMs }) => atMs >= toMs);
  if (first === -1) return refuse('The readings begin only after the window does.');
  if (last === -1) return refuse('The readings end before the window does.');

  const used = told.slice(first, last + 1);
  const inside = used.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs).length;
  if (inside < fewestReadings) {
    return refuse(`${inside} readings lie in the window, and ${fewestReadings} are needed.`);
  }
  const indexes = indexesOf(used[0]);
  const points: Point[] = [];
  for (const reading of used) {
    const atMs = reading.atMs;
    const watts = indexesOf(reading) === indexes ? totalWatts(reading.gpus ?? []) : null;
    const gapMs = atMs - (points.at(-1)?.atMs ?? atMs);
    if (gapMs > allowedGapMs(intervalMs)) {
      return refuse(
        `Nothing was heard of the GPUs for ${formatMs(gapMs)}, and ${formatMs(allowedGapMs(intervalMs))} are allowed.`,
      );
    }
    if (watts === null) return refuse('A reading lacks the power of a GPU.');
    points.push({ atMs, watts });
  }
  return { joules: integrate(points, fromMs, toMs), reason: null };
}

/**
 * Joules for each output token over the windows in which the tokens were made: the sum of the energies divided by the
 * sum of the tokens. Windows that overlap, as those of concurrent requests do, are joined, so that nothing counts twice.
 */
export function energyPerOutputToken(
  windows: readonly (TimeWindow & { outputTokens: number | null })[],
  readings: readonly TelemetryReading[],
  intervalMs: number,
): Energy {
  const none = (reason: string): Energy => ({ joulesPerOutputToken: null, reason });
  if (windows.length === 0) return none('There is no window to measure.');
  let tokens = 0;
  for (const { outputTokens } of windows) {
    if (outputTokens === null) return none('The server did not count the output tokens of a request.');
    tokens += outputTokens;
  }
  if (tokens === 0) return none('There are no output tokens.');
  let joules = 0;
  for (const window of joinWindows(windows)) {
    const energy = integratePower(window, readings, intervalMs);
    if (energy.joules === null) return none(energy.reason);
    joules += energy.joules;
  }
  return { joulesPerOutputToken: joules / tokens, reason: null };
}

interface Point {
  atMs: number;
  watts: number;
}

function refuse(reason: string): WindowEnergy {
  return { joules: null, reason };
}

function indexesOf(reading: TelemetryReading | undefined): string {
  return (reading?.gpus ?? []).map(({ index }) => index).join();
}

/** null where there is no GPU, or one whose power is unknown. */
function totalWatts(gpus: readonly GpuReading[]): number | null {
  const watts = gpus.map(({ powerWatts }) => powerWatts).filter((it) => it !== null);
  return gpus.length > 0 && watts.length === gpus.length ? sum(watts) : null;
}

function integrate(points: readonly Point[], fromMs: number, toMs: number): number {
  let joules = 0;
  for (const [index, end] of points.entries()) {
    const start = points[index - 1];
    if (start === undefined || end.atMs === start.atMs) continue;
    const wattsAt = (atMs: number) =>
      start.watts + ((end.watts - start.watts) * (atMs - start.atMs)) / (end.atMs - start.atMs);
    const beginMs = Math.max(start.atMs, fromMs);
    const stopMs = Math.min(end.atMs, toMs);
    joules += (((wattsAt(beginMs) + wattsAt(stopMs)) / 2) * (stopMs - beginMs)) / 1000;
  }
  return joules;
}

function joinWindows(windows: readonly TimeWindow[]): TimeWindow[] {
  const joined: TimeWindow[] = [];
  for (const { fromMs, toMs } of windows.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else joined.push({ fromMs, toMs });
  }
  return joined;
}
