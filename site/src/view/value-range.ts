import type { DrawnColumns } from './thin-out.ts';

/** What a value axis has to span for some nights of a trend; null where there is no value. */
export function spanValues(
  { median, low, high, slowest }: DrawnColumns,
  nights: readonly number[],
  { isLog, withSlowest }: { isLog: boolean; withSlowest: boolean },
): { min: number; max: number } | null {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const night of nights) {
    for (const column of withSlowest ? [median, low, high, slowest] : [median, low, high]) {
      const value = column[night] ?? Number.NaN;
      if (Number.isNaN(value) || (isLog && value <= 0)) continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  if (min > max) return null;
  if (isLog) return { min: min / 1.05, max: max * 1.05 };
  return widen(min, max);
}

/** A linear axis spans at least a third of its largest value, so that noise looks like noise, and nothing below 0. */
export function widen(min: number, max: number): { min: number; max: number } {
  const room = Math.max(max / 3 - (max - min), 0) / 2;
  return { min: Math.max(min - room, 0), max: max + room };
}
