import { median, sum } from 'simple-statistics';

/** A wait between two runs in which others were due. */
export interface Wait {
  /** The night after which it began. */
  after: number;
  /** The night that ended it; null: it lasts. */
  until: number | null;
  expectedMs: number;
  missed: number;
}

export interface Schedule {
  /** null: no rhythm is to be seen. */
  everyMs: number | null;
  waits: Wait[];
}

/** What is known of when a machine runs, as JSON may hold it. */
export interface ScheduleState {
  /** The latest waits from run to run. */
  waitsMs: number[];
  longestMs: number;
  last: { night: number; ms: number } | null;
  missed: Wait[];
}

/** So many waits tell a rhythm; older ones than so many no longer do. */
const fewestWaits = 3;
const mostWaits = 30;
/** And they last a day at the least: runs of one afternoon were started by hand. */
const shortestMs = 86_400_000;
/** Of the usual wait: within this share more or less of it, runs keep a rhythm; beyond it, one was missed. */
const tolerance = 0.5;
/** Of the waits, so many must keep it: where runs come as they please, every wait is as good as another. */
const rhythmic = 0.7;
/** So many in a row are no longer single nights: the machine is away. */
export const nightsOffline = 3;

export function emptySchedule(): ScheduleState {
  return { waitsMs: [], longestMs: 0, last: null, missed: [] };
}

/**
 * Learns from the median wait how often a machine runs, and finds the waits in which runs were missed, each judged by
 * those before it. Without a rhythm, only a silence several times as long as any before is one.
 */
export function addRun(state: ScheduleState, night: number, ms: number): void {
  const { last } = state;
  state.last = { night, ms };
  if (last === null) return;
  const wait = judgeWait(state, last, ms);
  if (wait !== null) state.missed.push({ ...wait, until: night });
  state.longestMs = Math.max(state.longestMs, ms - last.ms);
  state.waitsMs = [...state.waitsMs, ms - last.ms].slice(-mostWaits);
}

/** @param nowMs The last wait goes on until now. */
export function readSchedule(state: ScheduleState, nowMs: number): Schedule {
  const { last, missed } = state;
  const wait = last === null ? null : judgeWait(state, last, nowMs);
  return { everyMs: findRhythm(state), waits: wait === null ? missed : [...missed, wait] };
}

function judgeWait(
  state: ScheduleState,
  { night, ms }: NonNullable<ScheduleState['last']>,
  untilMs: number,
): Wait | null {
  const everyMs = findRhythm(state);
  const usualMs = everyMs ?? (isKnown(state) ? state.longestMs : 0);
  const waitMs = untilMs - ms;
  if (usualMs <= 0 || waitMs <= usualMs * (1 + tolerance)) return null;
  const missed = Math.max(Math.round(waitMs / usualMs) - 1, 1);
  if (everyMs === null && missed < nightsOffline) return null;
  return { after: night, until: null, expectedMs: ms + usualMs, missed };
}

function isKnown({ waitsMs }: ScheduleState): boolean {
  return waitsMs.length >= fewestWaits && sum(waitsMs) >= shortestMs;
}

function findRhythm(state: ScheduleState): number | null {
  if (!isKnown(state)) return null;
  const { waitsMs } = state;
  const usual = median(waitsMs);
  const onTime = waitsMs.filter((it) => Math.abs(it - usual) <= usual * tolerance).length;
  return onTime < waitsMs.length * rhythmic ? null : usual;
}
