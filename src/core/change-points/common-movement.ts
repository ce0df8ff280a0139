import { median } from 'simple-statistics';
import { addPlace, type Places } from './places.ts';
import { watchNight } from './watch-series.ts';
import { emptyWatch, type Finding, usualLevelOf, type WatchState } from './watch-state.ts';

/** What one line of a machine measured on one night, on a log scale. */
export interface Reading {
  line: string;
  /** Readings of one line can be held against each other within an epoch only. */
  epoch: number;
  value: number;
}

/** A series within the epoch that goes on. */
export interface SeriesState {
  epoch: number;
  places: Places;
  watch: WatchState;
}

/** What was found in a series that is over: it was not measured again in its epoch, but in a later one. */
export interface PastSeries {
  /** null: what the lines do together. */
  line: string | null;
  places: Places;
  findings: Finding[];
}

/** One metric of all lines of a machine, as JSON may hold it. Values are freed of what all do together. */
export interface TogetherState {
  lines: Record<string, SeriesState>;
  /** What the lines do together, in relation to the beginning of the epoch. */
  common: SeriesState;
  moved: number;
  past: PastSeries[];
}

/** With fewer, one model's own change would be taken for the machine's. */
const fewestLines = 3;

export function emptyTogether(): TogetherState {
  return { lines: {}, common: openSeries(0), moved: 0, past: [] };
}

/**
 * Watches one metric of all lines of a machine. What they do together on a night is the median over lines of how far
 * each is from its own level; it is a series of its own, and taken from the others. A line's level is that of its
 * present stretch, already freed of the common movement: so that a slow machine is no model's level.
 *
 * Where no line goes on in its epoch, a new common series begins.
 *
 * @param night Later than all before.
 * @param readings At least one.
 */
export function watchTogether(state: TogetherState, night: number, readings: readonly Reading[]): void {
  for (const { line, epoch } of readings) {
    const known = state.lines[line];
    if (known?.epoch === epoch) continue;
    if (known !== undefined) close(state, line, known);
    state.lines[line] = openSeries(epoch);
  }
  const deviations = readings.flatMap(({ line, value }) => {
    const series = state.lines[line];
    const level = series === undefined ? null : usualLevelOf(series.watch);
    return level === null ? [] : [value - level];
  });
  if (deviations.length === 0) {
    close(state, null, state.common);
    state.common = openSeries(0);
    state.moved = 0;
  }
  if (deviations.length >= fewestLines) {
    state.moved = median(deviations);
    append(state.common, night, state.moved);
  }
  for (const { line, value } of readings) {
    const series = state.lines[line];
    if (series !== undefined) append(series, night, value - state.moved);
  }
}

function openSeries(epoch: number): SeriesState {
  return { epoch, places: [], watch: emptyWatch() };
}

function append({ places, watch }: SeriesState, night: number, value: number): void {
  addPlace(places, watch.nights, night);
  watchNight(watch, value);
}

function close(
  { past }: TogetherState,
  line: string | null,
  { places, watch: { findings } }: SeriesState,
): void {
  if (findings.length > 0) past.push({ line, places, findings });
}
