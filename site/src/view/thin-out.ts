/** What of a trend a drawing cannot do without. */
export interface DrawnColumns {
  /** Milliseconds since 1970, ascending. */
  at: Float64Array;
  /** NaN where nothing was measured. */
  median: Float64Array;
  low: Float64Array;
  high: Float64Array;
  slowest: Float64Array;
}

/**
 * The nights to draw between two times: all of them where they fit, else of every bucket of time the first, the last and
 * the extremes of each column. Every point that is drawn is a night that was, and no peak is lost. One night beyond
 * each end is kept, as the line goes on there.
 * @returns Indices, ascending.
 */
export function thinOut(columns: DrawnColumns, from: number, to: number, buckets: number): number[] {
  const { at } = columns;
  const start = Math.max(findFirst(at, from) - 1, 0);
  const end = Math.min(findFirst(at, to) + 1, at.length);
  if (end - start <= buckets * 2) return Array.from({ length: end - start }, (_, index) => start + index);
  const kept = new Set<number>();
  const width = (to - from) / buckets;
  for (let first = start; first < end; ) {
    const bucket = Math.floor(((at[first] ?? 0) - from) / width);
    let last = first;
    while (last + 1 < end && Math.floor(((at[last + 1] ?? 0) - from) / width) === bucket) last++;
    kept.add(first).add(last);
    for (const column of [columns.median, columns.slowest]) keepExtremes(column, first, last, kept);
    keepExtremes(columns.low, first, last, kept);
    keepExtremes(columns.high, first, last, kept);
    first = last + 1;
  }
  return [...kept].sort((a, b) => a - b);
}

function keepExtremes(column: Float64Array, first: number, last: number, kept: Set<number>): void {
  let [lowest, highest] = [-1, -1];
  for (let index = first; index <= last; index++) {
    const value = column[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < (column[lowest] ?? 0)) lowest = index;
    if (highest < 0 || value > (column[highest] ?? 0)) highest = index;
  }
  if (lowest >= 0) kept.add(lowest).add(highest);
}

/** The first index whose time is not before `timeMs`; the length where there is none. */
export function findFirst(at: ArrayLike<number>, timeMs: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] ?? 0) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index whose time is nearest; -1 where there is none. */
export function findNearest(at: ArrayLike<number>, timeMs: number): number {
  const after = findFirst(at, timeMs);
  if (after === at.length) return at.length - 1;
  if (after === 0) return 0;
  return timeMs - (at[after - 1] ?? 0) <= (at[after] ?? 0) - timeMs ? after - 1 : after;
}
