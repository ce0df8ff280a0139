import type { LineNights, TrendColumns } from '../../data/contract.ts';
import { findPauses } from '../../view/pauses.ts';
import type { DrawnColumns } from '../../view/thin-out.ts';

/** The nights of a line and one of its trends, laid out to be drawn quickly. */
export interface TrendData extends DrawnColumns {
  nights: LineNights;
  n: readonly number[];
  /** No run for much longer than usual before this night: the line is broken here. */
  pausedBefore: readonly boolean[];
}

/** Of thousands of nights: flat arrays of numbers, in which a gap is NaN. */
export function layOutTrend(nights: LineNights, columns: TrendColumns): TrendData {
  const flatten = (column: readonly (number | null)[]) =>
    Float64Array.from(column, (value) => value ?? Number.NaN);
  const at = Float64Array.from(nights.at);
  return {
    ...{ nights, at, n: columns.n, pausedBefore: findPauses(at) },
    ...{ median: flatten(columns.median), slowest: flatten(columns.slowest) },
    ...{ low: flatten(columns.low), high: flatten(columns.high) },
  };
}

/** A value of a column; null where nothing was measured. */
export function valueAt(column: Float64Array, night: number): number | null {
  const value = column[night];
  return value === undefined || Number.isNaN(value) ? null : value;
}
