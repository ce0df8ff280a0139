import { findFirst, findNearest } from './thin-out.ts';
import type { TimeWindow } from './trend-window.ts';

/**
 * The night that a chart reads out: the one that was chosen, else the one that is pointed at, else the newest. None of
 * them where it is not seen: what is said beside a chart is of what it shows.
 * @param at When the nights began, in milliseconds, ascending.
 * @param chosen An index, as is `pointed`; null: none.
 */
export function findReadNight(
  at: ArrayLike<number>,
  { from, to }: TimeWindow,
  chosen: number | null,
  pointed: number | null,
): { night: number; isChosen: boolean } {
  const isSeen = (night: number) => (at[night] ?? Number.NaN) >= from && (at[night] ?? Number.NaN) <= to;
  if (chosen !== null && isSeen(chosen)) return { night: chosen, isChosen: true };
  if (pointed !== null && isSeen(pointed)) return { night: pointed, isChosen: false };
  // A window may end on a night, and always ends between two milliseconds.
  const newest = findFirst(at, to + 1) - 1;
  return { night: isSeen(newest) ? newest : findNearest(at, (from + to) / 2), isChosen: false };
}
