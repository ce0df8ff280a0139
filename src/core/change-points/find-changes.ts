import type { Changes } from '../../schema/changes.ts';
import { currentSchemaVersion } from '../../schema/documents.ts';
import { emptyMachine, type MachineState, readMachine, watchMachine } from './watch-machine.ts';
import type { WatchedNight } from './watched-night.ts';

/** All that a watch over history knows, as JSON may hold it: it grows with what happened, not with what was measured. */
export interface ChangesState {
  /** A state of another version is of no use: it is made again from the history. */
  version: typeof stateVersion;
  machines: Record<string, MachineState>;
}
export const stateVersion = 3;

export interface ChangesWatch {
  /**
   * Takes in a night.
   * @throws {RangeError} where it is older than the last one of its machine, or the same.
   */
  add(night: WatchedNight): void;
  /** @param asOf When it is looked at, ISO 8601 in UTC: only so can a missing night be told. */
  read(asOf: string): Changes;
  save(): ChangesState;
}

/**
 * Watches history night by night, of any machines, which are never merged: one night more costs one night.
 * @param saved What `save` gave before; it is not changed.
 */
export function openChanges(saved?: ChangesState): ChangesWatch {
  const state: ChangesState =
    saved === undefined ? { version: stateVersion, machines: {} } : structuredClone(saved);
  return {
    add(night) {
      const { id, label } = night.machine;
      const machine = state.machines[id] ?? emptyMachine(id, label);
      watchMachine(machine, night);
      state.machines[id] = machine;
    },
    read: (asOf) => readChanges(state, asOf),
    save: () => structuredClone(state),
  };
}

/**
 * All that history says at once.
 * @param nights In any order.
 * @param asOf When it is looked at, ISO 8601 in UTC.
 */
export function findChanges(nights: readonly WatchedNight[], asOf: string): Changes {
  const watch = openChanges();
  for (const night of [...nights].sort(byStart)) watch.add(night);
  return watch.read(asOf);
}

/** In which `add` takes them. */
export function byStart(a: WatchedNight, b: WatchedNight): number {
  return compare(a.startedAt, b.startedAt) || compare(a.id, b.id);
}

function readChanges({ machines }: ChangesState, asOf: string): Changes {
  const read = Object.values(machines).map((it) => readMachine(it, Date.parse(asOf)));
  return {
    ...{ schemaVersion: currentSchemaVersion, asOf },
    machines: read.map((it) => it.machine),
    series: read.flatMap((it) => it.series),
    changePoints: read
      .flatMap((it) => it.changePoints)
      .sort((a, b) => compare(a.suspectedAt.at, b.suspectedAt.at)),
    alarms: read.flatMap((it) => it.alarms),
    boundaries: read.flatMap((it) => it.boundaries),
  };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
