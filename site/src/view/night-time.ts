/** When a night began, in UTC, as tables have it: `2026-11-24 01:30`. */
export function formatNight(isoTime: string): string {
  return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 16)}`;
}

/** When a run started, in UTC to the second, as two may follow each other within a minute: `2026-11-24 01:30:07`. */
export function formatStart(isoTime: string): string {
  return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 19)}`;
}

/** The same, as the id of a run has it; null where the id is none. */
export function readStart(id: string): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)z-/.exec(id);
  if (parts === null) return null;
  const [year, month, day, ...time] = parts.slice(1);
  return `${year}-${month}-${day} ${time.join(':')}`;
}
