import type { Alarm, Boundary, Changes, Night, Shift } from '../../schema/changes.ts';
import type { MetricId } from '../../schema/run.ts';
import { metricIds } from '../metrics.ts';
import { emptyTogether, type Reading, type TogetherState, watchTogether } from './common-movement.ts';
import { describeTogether } from './describe-series.ts';
import { addRun, emptySchedule, nightsOffline, readSchedule, type ScheduleState } from './schedule.ts';
import { type LinesState, watchDigest, watchLine } from './watch-line.ts';
import { readSide, type Side } from './watch-sides.ts';
import { listReadings, type WatchedNight } from './watched-night.ts';

/** All that is known of a machine, as JSON may hold it. A night is its index among `nights`. */
export interface MachineState extends LinesState {
  id: string;
  label: string;
  nights: Night[];
  metrics: Partial<Record<MetricId, TogetherState>>;
  schedule: ScheduleState;
  /** The latest night of the schedule, with those of its runs that began later. */
  due: { workflow: string | null; nights: number[] };
}

export function emptyMachine(id: string, label: string): MachineState {
  return {
    ...{ id, label, nights: [], lines: {}, boundaries: [], digests: [], metrics: {} },
    ...{ schedule: emptySchedule(), due: { workflow: null, nights: [] } },
  };
}

/** @throws {RangeError} where the night is not later than those before. */
export function watchMachine(state: MachineState, watched: WatchedNight): void {
  const { id: run, startedAt: at } = watched;
  const last = state.nights.at(-1);
  if (last !== undefined && (at < last.at || run === last.run)) {
    throw new RangeError(
      `Run ${run} of ${at} comes after ${last.run} of ${last.at}: add nights oldest first.`,
    );
  }
  const night = state.nights.push({ run, at }) - 1;
  state.label = watched.machine.label;
  mergeNight(state, night, watched);
  const readings = new Map<MetricId, Reading[]>(metricIds.map((metric) => [metric, []]));
  for (const reading of listReadings(watched)) {
    const key = JSON.stringify(reading.line);
    if (watched.status === 'cancelled') {
      watchDigest(state, key, night, reading);
      continue;
    }
    const { epoch, thinks } = watchLine(state, key, night, reading);
    for (const [index, metric] of metricIds.entries()) {
      const value = reading.logs[index] ?? null;
      if (value === null || (metric === 'ttfaMs' && !thinks)) continue;
      readings.get(metric)?.push({ line: key, epoch, value });
    }
  }
  for (const [metric, found] of readings) {
    if (found.length === 0) continue;
    const together = state.metrics[metric] ?? emptyTogether();
    watchTogether(together, night, found);
    state.metrics[metric] = together;
  }
}

/** What one workflow run measured on the machine, in shards, was due once. */
function mergeNight(state: MachineState, night: number, { campaign, startedAt }: WatchedNight): void {
  const workflow = campaign === null ? null : `${campaign.workflowRun}/${campaign.attempt}`;
  if (workflow !== null && workflow === state.due.workflow) {
    state.due.nights.push(night);
    return;
  }
  state.due = { workflow, nights: [night] };
  addRun(state.schedule, night, Date.parse(startedAt));
}

export interface OnMachine extends Pick<Changes, 'series' | 'changePoints' | 'alarms' | 'boundaries'> {
  machine: Changes['machines'][number];
}

export function readMachine(state: MachineState, nowMs: number): OnMachine {
  const { id, label, due, lines } = state;
  const nightOf = (index: number | undefined): Night => {
    const night = state.nights[index ?? -1];
    if (night === undefined) throw new RangeError(`Machine ${id} has no night ${index}.`);
    return night;
  };
  const shiftsOf = (side: Side): Shift[] => {
    const known = lines[side.line];
    return known === undefined
      ? []
      : readSide(side, known.thinks).map((shift) => ({ line: known.line, ...shift }));
  };
  const digests = state.digests.flatMap(({ before, after, from, to, side }): Alarm[] => {
    const line = lines[side.line]?.line;
    if (line === undefined) return [];
    const nights = { before: nightOf(before), after: nightOf(after) };
    return [{ kind: 'digest-changed', line, ...nights, from, to, shifts: shiftsOf(side) }];
  });
  const { everyMs, waits } = readSchedule(state.schedule, nowMs);
  const silences = waits.map(
    ({ after, until, expectedMs, missed }): Alarm => ({
      kind: missed >= nightsOffline ? 'offline' : 'missing-night',
      ...{ machine: id, last: nightOf(after), expectedAt: new Date(expectedMs).toISOString(), missed },
      next: until === null ? null : nightOf(until),
    }),
  );
  const boundaries = state.boundaries.map(
    ({ before, after, changes, sides }): Boundary => ({
      ...{ machine: id, before: nightOf(before), after: nightOf(after), changes },
      shifts: sides.flatMap(shiftsOf),
    }),
  );
  const watched = metricIds.map((metric) => describeTogether(state, metric));
  return {
    machine: {
      ...{ id, label, last: nightOf(due.nights[0]), everyMs },
      runs: due.nights.map((it) => nightOf(it).run),
    },
    series: watched.flatMap((it) => it.series),
    changePoints: watched.flatMap((it) => it.changePoints),
    alarms: [...digests, ...silences],
    boundaries,
  };
}
