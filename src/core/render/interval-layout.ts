import type { MetricVerdict } from '../../schema/verdict.ts';

export const barWidth = 160;
export const barHeight = 26;
/** Beyond this a bar would make all others unreadable: it is cut, with an arrow. */
const widest = 0.5;

/** Half the width of the common axis: the longest interval, and well beyond the floor. */
export function chooseSpan(metrics: readonly MetricVerdict[], floor: number): number {
  const ends = metrics.flatMap(({ change, interval }) => [
    Math.abs(change ?? 0),
    Math.abs(interval?.low ?? 0),
    Math.abs(interval?.high ?? 0),
  ]);
  return Math.min(Math.max(1.1 * Math.max(0, ...ends), 2.5 * floor), widest);
}

/** Where the parts of a bar are, in pixels from the left. */
export interface IntervalLayout {
  zero: number;
  floor: { left: number; width: number };
  change: number;
  low: number;
  high: number;
  /** An end beyond the axis. */
  isLowCut: boolean;
  isHighCut: boolean;
}

/** A change and its interval around zero, with the floor as a band; null where there is no change to draw. */
export function layoutInterval(
  { change, interval }: Pick<MetricVerdict, 'change' | 'interval'>,
  span: number,
  floor: number,
): IntervalLayout | null {
  if (change === null) return null;
  const x = (ratio: number) => round(((clamp(ratio / span) + 1) / 2) * (barWidth - 12) + 6);
  const { low, high } = interval ?? { low: change, high: change };
  return {
    zero: x(0),
    floor: { left: x(-floor), width: round(x(floor) - x(-floor)) },
    ...{ change: x(change), low: x(low), high: x(high), isLowCut: low < -span, isHighCut: high > span },
  };
}

function clamp(value: number): number {
  return Math.min(Math.max(value, -1), 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
