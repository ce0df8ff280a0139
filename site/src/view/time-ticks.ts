const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365.25 * day;
const month = year / 12;

/** A round time (UTC) on an axis, and how it is told from its neighbours: `06:00` above `24 Nov 2026`. */
export interface TimeTick {
  timeMs: number;
  /** The second line is there where it says something else than at the tick before. */
  lines: string[];
}

interface Step {
  stepMs: number;
  list(fromMs: number, toMs: number): number[];
}

const steps: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30].map((it) => everyFew(it * second)),
  ...[1, 2, 5, 10, 15, 30].map((it) => everyFew(it * minute)),
  ...[1, 2, 3, 6, 12].map((it) => everyFew(it * hour)),
  ...[1, 2, 4, 7, 14].map((it) => everyFew(it * day)),
  ...[1, 2, 3, 6, 12, 24, 60, 120].map(everyFewMonths),
];

/**
 * Round times between two times, at most about `most` of them: of long stretches the first days of months or years. Two
 * at least, so that a stretch of time is known by its ends, though they may then be closer together.
 */
export function findTimeTicks(fromMs: number, toMs: number, most: number): TimeTick[] {
  const fits = steps.findIndex(({ stepMs }) => (toMs - fromMs) / stepMs <= most);
  const finer = (fits < 0 ? steps : steps.slice(0, fits + 1)).toReversed();
  for (const { stepMs, list } of finer) {
    const times = list(fromMs, toMs);
    if (times.length >= 2) return nameTicks(times, stepMs);
  }
  return [];
}

function nameTicks(times: readonly number[], stepMs: number): TimeTick[] {
  let before: string | undefined;
  return times.map((timeMs) => {
    const [own, around] = nameTime(timeMs, stepMs);
    const lines = around === undefined || around === before ? [own] : [own, around];
    before = around;
    return { timeMs, lines };
  });
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

/** As much of a time as tells its tick from the next, and what it is a part of. */
function nameTime(timeMs: number, stepMs: number): [own: string, around?: string] {
  const iso = new Date(timeMs).toISOString();
  if (stepMs < day) return [iso.slice(11, stepMs < minute ? 19 : 16), dateFormat.format(timeMs)];
  const inYear = iso.slice(0, 4);
  if (stepMs < 28 * day) return [dayFormat.format(timeMs), inYear];
  return stepMs < 360 * day ? [monthFormat.format(timeMs), inYear] : [inYear];
}

function everyFew(stepMs: number): Step {
  return {
    stepMs,
    list: (fromMs, toMs) => {
      const ticks: number[] = [];
      for (let tick = Math.ceil(fromMs / stepMs) * stepMs; tick <= toMs; tick += stepMs) ticks.push(tick);
      return ticks;
    },
  };
}

/** Calendar months, which differ in length. */
function everyFewMonths(step: number): Step {
  return {
    stepMs: step * month,
    list: (fromMs, toMs) => {
      const from = new Date(fromMs);
      const first = from.getUTCFullYear() * 12 + from.getUTCMonth();
      const ticks: number[] = [];
      for (let at = Math.ceil(first / step) * step; ; at += step) {
        const tick = Date.UTC(Math.floor(at / 12), at % 12);
        if (tick > toMs) return ticks;
        if (tick >= fromMs) ticks.push(tick);
      }
    },
  };
}
