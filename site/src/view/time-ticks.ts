const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365.25 * day;
const month = year / 12;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((it) => it * second),
  ...[1, 2, 5, 10, 15, 30].map((it) => it * minute),
  ...[1, 2, 3, 6, 12].map((it) => it * hour),
  ...[1, 2, 4, 7, 14].map((it) => it * day),
];
/** Longer steps are counted in calendar months, which differ in length. */
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120];

/** Round times (UTC) between two times, at most `most` of them: of long stretches the first days of months or years. */
export function findTimeTicks(
  fromMs: number,
  toMs: number,
  most: number,
): { stepMs: number; ticks: number[] } {
  const fits = (step: number) => (toMs - fromMs) / step <= most - 1;
  const stepMs = steps.find(fits);
  if (stepMs === undefined) {
    const months = monthSteps.find((it) => fits(it * month)) ?? 120;
    return { stepMs: months * month, ticks: listMonths(fromMs, toMs, months) };
  }
  const ticks: number[] = [];
  for (let tick = Math.ceil(fromMs / stepMs) * stepMs; tick <= toMs; tick += stepMs) ticks.push(tick);
  return { stepMs, ticks };
}

function listMonths(fromMs: number, toMs: number, step: number): number[] {
  const from = new Date(fromMs);
  const first = from.getUTCFullYear() * 12 + from.getUTCMonth();
  const ticks: number[] = [];
  for (let at = Math.ceil(first / step) * step; ; at += step) {
    const tick = Date.UTC(Math.floor(at / 12), at % 12);
    if (tick > toMs) return ticks;
    if (tick >= fromMs) ticks.push(tick);
  }
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** As much of a time (UTC) as tells its tick from the next: `14:05:30`, `14:05`, `24 Nov`, `Nov 2026`, `2026`. */
export function formatTick(timeMs: number, stepMs: number): string {
  const iso = new Date(timeMs).toISOString();
  if (stepMs < minute) return iso.slice(11, 19);
  if (stepMs < day) return iso.slice(11, 16);
  if (stepMs < 28 * day) return dayFormat.format(timeMs);
  return stepMs < 360 * day ? monthFormat.format(timeMs) : iso.slice(0, 4);
}
