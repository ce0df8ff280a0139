import { byStart, openChanges } from '../../../src/core/change-points/find-changes.ts';
import { groupNights, type NightRun } from '../../../src/core/history/nights.ts';
import { explainWrongClock } from '../../../src/core/history/wrong-clock.ts';
import type { Log } from '../../../src/core/log.ts';
import { formatQuantity } from '../../../src/core/render/format.ts';
import type { HistoryRun } from '../../../src/schema/history.ts';
import { UnreadableDocument } from '../../../src/schema/version.ts';
import { InputError } from '../../../src/store/input-error.ts';
import type { SiteState } from '../data/contract.ts';
import { countNights, readFold, type SavedFold, saveFold } from './fold-cache.ts';
import { addNight, emptyFold } from './fold-night.ts';
import { openRuns } from './read-kept-run.ts';
import { type PackedReading, type SkippedRun, unpackReading } from './read-packed.ts';
import type { RunHead } from './read-run.ts';
import { readRuns } from './read-runs.ts';
import { readState } from './read-state.ts';

export interface FoldOptions {
  /** When it is looked at, ISO 8601 in UTC. */
  asOf: string;
  /** Where the fold is kept between builds; null: nowhere, so that all is folded. */
  cacheDir: string | null;
  log: Log;
}

/**
 * Folds the runs of a history, oldest night first. Where only newer nights came since the last build, only those are
 * read; anything else, such as an older run, or one that a later attempt supersedes, folds all again. A run that is damaged,
 * or whose clock was wrong, is skipped with a warning.
 * @param folder of the history.
 * @param ids of its runs.
 */
export async function foldHistory(
  folder: string,
  ids: readonly string[],
  { asOf, cacheDir, log }: FoldOptions,
): Promise<SiteState> {
  const cached = cacheDir === null ? null : await readFold(cacheDir);
  if (cacheDir !== null && ids.length === 0) requireNone(cached?.runs.length ?? 0, folder, cacheDir);
  const lines = cached === null ? null : countNights(cached.fold.lines);
  const { saved, skipped, latest } =
    (cached === null ? null : await goOn(folder, ids, asOf, cached)) ?? (await foldAll(folder, ids, asOf));
  for (const { name, reason } of skipped) log.warn(`Skipped ${name}: ${reason}`);
  if (cacheDir !== null) await saveFold(cacheDir, saved, saved === cached ? lines : null);
  return readState(saved.fold, { latest, skipped, changes: openChanges(saved.changes).read(asOf) });
}

/**
 * A history that is empty because its branch was deleted, or named wrongly, must not replace the site of all its nights.
 * @throws {InputError}
 */
function requireNone(before: number, folder: string, cacheDir: string): void {
  if (before === 0) return;
  throw new InputError(
    'history-gone',
    `${folder}: there is no run, where the last site had ${formatQuantity(before, 'run')}: was its branch deleted, or is another one named? If it is meant to be empty, remove the cache ${cacheDir}.`,
  );
}

interface Folded {
  saved: SavedFold;
  skipped: SkippedRun[];
  latest: HistoryRun[];
}

async function foldAll(folder: string, ids: readonly string[], asOf: string): Promise<Folded> {
  const { readings, skipped } = await readAll(folder, ids, asOf);
  const saved: SavedFold = { runs: [], nights: [], fold: emptyFold(), changes: openChanges().save() };
  addReadings(saved, readings);
  return { saved, skipped, latest: readLatest(folder, saved) };
}

/** Adds to a fold what is new; null where that is not all that happened. */
async function goOn(
  folder: string,
  ids: readonly string[],
  asOf: string,
  saved: SavedFold,
): Promise<Folded | null> {
  const there = new Set(ids);
  if (!saved.runs.every(({ id }) => there.has(id))) return null;
  // The build before may have had the wrong clock itself.
  if (saved.runs.some((run) => explainWrongClock({ ...run, origin: null }, asOf) !== null)) return null;
  const known = new Set(saved.runs.map(({ id }) => id));
  // One that could not be read is tried again.
  const { readings, skipped } = await readAll(
    folder,
    ids.filter((id) => !known.has(id)),
    asOf,
  );
  const fresh = [...readings.values()].map(({ run }) => run);
  if (!comeAfter(fresh, saved)) return null;
  addReadings(saved, readings);
  try {
    return { saved, skipped, latest: readLatest(folder, saved) };
  } catch (error) {
    // It was whole when it was folded.
    if (error instanceof UnreadableDocument) return null;
    throw error;
  }
}

/** The runs of the newest night of each machine, whole. */
function readLatest(folder: string, { fold }: SavedFold): HistoryRun[] {
  const open = openRuns(folder);
  return fold.machines.flatMap(({ nights }) => nights.at(-1)?.runs ?? []).map((id) => open(id).kept);
}

async function readAll(folder: string, ids: readonly string[], asOf: string) {
  const results = await readRuns(folder, ids, asOf);
  const readings = results.filter((it) => 'bytes' in it);
  return {
    readings: new Map(readings.map((it) => [it.run.id, it])),
    skipped: results.filter((it) => 'reason' in it).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** Whether all nights that were folded stay as they are, and each new run is newer than all that its machine had. */
function comeAfter(fresh: readonly NightRun[], { runs, nights }: SavedFold): boolean {
  const newest = new Map<string, string>();
  for (const { machine, startedAt } of runs) {
    if (startedAt > (newest.get(machine) ?? '')) newest.set(machine, startedAt);
  }
  if (fresh.some(({ machine, startedAt }) => startedAt <= (newest.get(machine) ?? ''))) return false;
  const names = listNights([...runs, ...fresh]);
  return nights.every((night, index) => night.join() === names[index]?.join());
}

function listNights(runs: readonly NightRun[]): string[][] {
  return groupNights(runs).map((night) => night.runs.map(({ id }) => id));
}

/** @param readings By run; emptied on the way, as those of ten thousand runs are half a gigabyte. */
function addReadings(saved: SavedFold, readings: Map<string, PackedReading>): void {
  for (const { run } of readings.values()) saved.runs.push(run);
  const nights = listNights(saved.runs).slice(saved.nights.length);
  const changes = openChanges(saved.changes);
  let waiting: RunHead[] = [];
  for (const [index, night] of nights.entries()) {
    const runs = night.flatMap((id) => readings.get(id) ?? []).map(unpackReading);
    for (const id of night) readings.delete(id);
    addNight(saved.fold, runs);
    // Where two workflows take turns on a machine, their nights overlap, and a watch wants runs as they began.
    waiting = [...waiting, ...runs.map(({ head }) => head)].sort(byStart);
    const next = readings.get(nights[index + 1]?.[0] ?? '')?.run.startedAt;
    while (waiting[0] !== undefined && (next === undefined || waiting[0].startedAt <= next)) {
      changes.add(waiting[0]);
      waiting.shift();
    }
  }
  saved.nights.push(...nights);
  saved.changes = changes.save();
}
