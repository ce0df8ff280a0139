import type { Shift } from '../../schema/changes.ts';
import { metricIds } from '../metrics.ts';
import { measureShift, nightsBeside } from './measure-shift.ts';
import type { LineReading } from './watched-night.ts';

/** What a line measured on one night: one value for each metric. */
export type Logs = LineReading['logs'];

/** The nights of a line on either side of something that was changed; once told, only how far each metric moved. */
export interface Side {
  line: string;
  before: Logs[];
  after: Logs[];
  told: Omit<Shift, 'line'>[] | null;
}

export function openSide(line: string, before: readonly Logs[], after: readonly Logs[]): Side {
  return { line, before: [...before], after: [...after], told: null };
}

/** Takes in one night more. True where there are enough now, and the side is told. */
export function followSide(side: Side, logs: Logs, thinks: boolean): boolean {
  side.after.push(logs);
  if (side.after.length < nightsBeside) return false;
  tellSide(side, thinks);
  return true;
}

/** Says once and for all how far each metric moved. The nights are no longer needed then. */
export function tellSide(side: Side, thinks: boolean): void {
  side.told = readSide(side, thinks);
  side.before = [];
  side.after = [];
}

/** How far each metric moved, as far as the nights until now can tell. */
export function readSide({ before, after, told }: Side, thinks: boolean): Omit<Shift, 'line'>[] {
  if (told !== null) return told;
  return metricIds.flatMap((metric, index) => {
    if (metric === 'ttfaMs' && !thinks) return [];
    const shift = measureShift(readMetric(before, index), readMetric(after, index));
    return shift === null ? [] : [{ metric, ...shift }];
  });
}

function readMetric(nights: readonly Logs[], index: number): number[] {
  return nights.map((it) => it[index] ?? null).filter((it) => it !== null);
}
