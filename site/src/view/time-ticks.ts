const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((it) => it * second),
  ...[1, 2, 5, 10, 15, 30].map((it) => it * minute),
  ...[1, 2, 3, 6, 12].map((it) => it * hour),
  ...[1, 2, 3, 4, 7, 14, 30, 60, 90, 180, 365].map((it) => it * day),
];

/** Round times (UTC) between two times, at most `most` of them. */
export function findTimeTicks(
  fromMs: number,
  toMs: number,
  most: number,
): { stepMs: number; ticks: number[] } {
  const stepMs = steps.find((step) => (toMs - fromMs) / step <= most - 1) ?? 365 * day;
  const ticks: number[] = [];
  for (let tick = Math.ceil(fromMs / stepMs) * stepMs; tick <= toMs; tick += stepMs) ticks.push(tick);
  return { stepMs, ticks };
}

/** As much of a time (UTC) as tells its tick from the next: `14:05:30`, `14:05`, `24 Nov`, `24 Nov 2026`. */
export function formatTick(timeMs: number, stepMs: number): string {
  const iso = new Date(timeMs).toISOString();
  if (stepMs < minute) return iso.slice(11, 19);
  if (stepMs < day) return iso.slice(11, 16);
  const options = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(
    'en-GB',
    stepMs < 90 * day ? options : { ...options, year: 'numeric' },
  ).format(timeMs);
}
