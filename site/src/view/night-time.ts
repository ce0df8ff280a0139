/** When a night began, in UTC, as tables have it: `2026-11-24 01:30`. */
export function formatNight(isoTime: string): string {
  return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 16)}`;
}

/** When a run started, in UTC to the second, as two may follow each other within a minute: `2026-11-24 01:30:07`. */
export function formatStart(isoTime: string): string {
  return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 19)}`;
}
