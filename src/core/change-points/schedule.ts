import { median } from 'simple-statistics';

/** A wait between two runs in which others were due. Indices into the times. */
export interface Wait {
  after: number;
  /** null: it lasts. */
  until: number | null;
  expectedMs: number;
  missed: number;
}

export interface Schedule {
  /** null: no rhythm is to be seen. */
  everyMs: number | null;
  waits: Wait[];
}

/** So many waits tell a rhythm; older ones than so many no longer do. */
const fewestWaits = 3;
const mostWaits = 30;
/** Of the usual wait: within this share more or less of it, runs keep a rhythm; beyond it, one was missed. */
const tolerance = 0.5;
/** Of the waits, so many must keep it: where runs come as they please, every wait is as good as another. */
const rhythmic = 0.7;

/**
 * Learns from the median wait how often a machine runs, and finds the waits in which runs were missed, each judged by
 * those before it. Without a rhythm, only a silence several times as long as any before is one.
 * @param timesMs When runs began, oldest first.
 * @param nowMs The last wait goes on until now.
 */
export function followSchedule(timesMs: readonly number[], nowMs: number): Schedule {
  const waits: Wait[] = [];
  const before: number[] = [];
  for (const [after, startMs] of timesMs.entries()) {
    const next = timesMs[after + 1];
    const waitMs = (next ?? nowMs) - startMs;
    const everyMs = findRhythm(before);
    const usualMs = everyMs ?? (before.length < fewestWaits ? null : Math.max(...before));
    if (usualMs !== null && usualMs > 0 && waitMs > usualMs * (1 + tolerance)) {
      const missed = Math.max(Math.round(waitMs / usualMs) - 1, 1);
      const until = next === undefined ? null : after + 1;
      if (everyMs !== null || missed >= nightsOffline) {
        waits.push({ after, until, expectedMs: startMs + usualMs, missed });
      }
    }
    if (next !== undefined) before.push(waitMs);
  }
  return { everyMs: findRhythm(before), waits };
}

/** So many in a row are no longer single nights: the machine is away. */
export const nightsOffline = 3;

function findRhythm(waits: readonly number[]): number | null {
  const last = waits.slice(-mostWaits);
  if (last.length < fewestWaits) return null;
  const usual = median(last);
  const onTime = last.filter((it) => Math.abs(it - usual) <= usual * tolerance).length;
  return onTime < last.length * rhythmic ? null : usual;
}
