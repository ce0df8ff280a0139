/** The stretch of time that a chart shows, in milliseconds since 1970. */
export interface TimeWindow {
  from: number;
  to: number;
}

const dayMs = 86_400_000;

/** How far back from the newest night a chart may look. */
export const trendRanges = {
  '30d': { name: '30 d', ms: 30 * dayMs },
  '90d': { name: '90 d', ms: 90 * dayMs },
  '1y': { name: '1 y', ms: 365 * dayMs },
  all: { name: 'all', ms: Number.POSITIVE_INFINITY },
} as const;
export type TrendRange = keyof typeof trendRanges;

/** What there is to be seen, with a little room at both ends, so that the first and the last point are seen whole. */
export function wholeWindow(timesMs: ArrayLike<number>): TimeWindow {
  const first = timesMs[0] ?? 0;
  const last = timesMs[timesMs.length - 1] ?? 0;
  const room = (last - first) * 0.03 || 60_000;
  return { from: first - room, to: last + room };
}

/** The last so many days before the newest night. */
export function rangeWindow(timesMs: ArrayLike<number>, range: TrendRange): TimeWindow {
  const whole = wholeWindow(timesMs);
  const last = timesMs[timesMs.length - 1] ?? 0;
  const { ms } = trendRanges[range];
  const from = last - ms - ms * 0.03;
  return from <= whole.from ? whole : { from, to: last + ms * 0.03 };
}

/** Magnified about a moment: a factor of 2 shows half as long. Never more than all there is, nor less than a minute. */
export function zoomWindow(
  { from, to }: TimeWindow,
  factor: number,
  whole: TimeWindow,
  about = (from + to) / 2,
): TimeWindow {
  const length = Math.min(Math.max((to - from) / factor, shortestMs), whole.to - whole.from);
  const start = about - ((about - from) / (to - from)) * length;
  return keepInside({ from: start, to: start + length }, whole);
}

/** Moved by a share of its length: 0.25 is a quarter later. */
export function panWindow({ from, to }: TimeWindow, share: number, whole: TimeWindow): TimeWindow {
  const by = (to - from) * share;
  return keepInside({ from: from + by, to: to + by }, whole);
}

/** Moved as little as shows a moment. */
export function revealTime(window: TimeWindow, timeMs: number, whole: TimeWindow): TimeWindow {
  if (timeMs >= window.from && timeMs <= window.to) return window;
  const length = window.to - window.from;
  const from = timeMs < window.from ? timeMs - length * 0.1 : timeMs - length * 0.9;
  return keepInside({ from, to: from + length }, whole);
}

/** Of the same length where that fits. */
function keepInside({ from, to }: TimeWindow, whole: TimeWindow): TimeWindow {
  const length = Math.min(to - from, whole.to - whole.from);
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

export const shortestMs = 60_000;
