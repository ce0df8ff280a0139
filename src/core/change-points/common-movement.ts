import { median } from 'simple-statistics';
import { openWatch, type SeriesWatch, type Watch } from './watch-series.ts';

/** What one line of a machine measured on one night, on a log scale. */
export interface Reading {
  line: string;
  /** Readings of one line can be held against each other within an epoch only. */
  epoch: string;
  value: number;
}

/** A series within one epoch, and which nights (indices of those given) it has. */
export interface EpochSeries {
  /** null: what the lines do together. */
  line: string | null;
  nights: number[];
  /** On a log scale. Of a line, freed of what all do together; of that, in relation to the epoch's beginning. */
  values: number[];
  watch: Watch;
  /** It was not measured again in this epoch, but in a later one. */
  isOver: boolean;
}

/** With fewer, one model's own change would be taken for the machine's. */
const fewestLines = 3;

interface OpenSeries {
  epoch: string;
  nights: number[];
  values: number[];
  watch: SeriesWatch;
}

/**
 * Watches one metric of all lines of a machine, night by night. What they do together on a night is the median over
 * lines of how far each is from its own level; it is a series of its own, and taken from the others. A line's level is
 * that of its present stretch, already freed of the common movement: so that a slow machine is no model's level.
 *
 * Where no line goes on in its epoch, a new common series begins.
 */
export function watchTogether(nights: readonly (readonly Reading[])[]): EpochSeries[] {
  const done: EpochSeries[] = [];
  const lines = new Map<string, OpenSeries>();
  let common = open('');
  let isKnown = false;
  let moved = 0;
  const close = (line: string | null, series: OpenSeries, isOver: boolean) => {
    const { nights, values, watch } = series;
    if (nights.length > 0) done.push({ line, nights, values, watch: watch.read(), isOver });
  };
  for (const [night, readings] of nights.entries()) {
    for (const { line, epoch } of readings) {
      const known = lines.get(line);
      if (known?.epoch === epoch) continue;
      if (known !== undefined) close(line, known, true);
      lines.set(line, open(epoch));
    }
    const deviations = readings.flatMap(({ line, value }) => {
      const level = levelOf(lines.get(line));
      return level === null ? [] : [value - level];
    });
    if (deviations.length === 0 && readings.length > 0) {
      if (isKnown) close(null, common, true);
      common = open('');
      isKnown = false;
      moved = 0;
    }
    if (deviations.length >= fewestLines) {
      moved = median(deviations);
      isKnown = true;
      append(common, night, moved);
    }
    for (const { line, value } of readings) {
      const series = lines.get(line);
      if (series !== undefined) append(series, night, value - moved);
    }
  }
  if (isKnown) close(null, common, false);
  for (const [line, series] of lines) close(line, series, false);
  return done;
}

function open(epoch: string): OpenSeries {
  return { epoch, nights: [], values: [], watch: openWatch() };
}

function append({ nights, values, watch }: OpenSeries, night: number, value: number): void {
  nights.push(night);
  values.push(value);
  watch.add(value);
}

function levelOf(series: OpenSeries | undefined): number | null {
  if (series === undefined || series.values.length === 0) return null;
  const stretch = series.values.slice(series.watch.read().stretchFrom);
  return median(stretch.length === 0 ? series.values : stretch);
}
