import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChangesState, stateVersion } from '../../../src/core/change-points/find-changes.ts';
import type { NightRun } from '../../../src/core/history/nights.ts';
import { currentSchemaVersion } from '../../../src/schema/documents.ts';
import { replaceFile } from '../../../src/store/replace-file.ts';
import type { FoldedLine } from './fold-line.ts';
import type { Fold } from './fold-night.ts';

/** Raise it when a fold means something else: what was saved is then folded again. */
const foldVersion = 3;

const version = `fold ${foldVersion}, changes ${stateVersion}, schema ${currentSchemaVersion}`;

/** What one build leaves to the next. */
export interface SavedFold {
  /** Every run that could be read, of nights or superseded. */
  runs: NightRun[];
  /** The ids of the runs of each night, in the order in which they were folded. */
  nights: string[][];
  fold: Fold;
  changes: ChangesState;
}

type StateFile = Omit<SavedFold, 'fold'> & {
  version: string;
  fold: Omit<Fold, 'lines'>;
  lines: { slug: string; nights: number }[];
};

const stateFile = 'state.json';
const lineFile = (index: number) => `line-${index}.json`;

/** What was saved in a folder; null where there is nothing, or nothing that this version can go on from. */
export async function readFold(folder: string): Promise<SavedFold | null> {
  try {
    const state: StateFile = JSON.parse(await readFile(join(folder, stateFile), 'utf8'));
    if (state.version !== version) return null;
    const lines: FoldedLine[] = [];
    for (const [index, { slug, nights }] of state.lines.entries()) {
      const line: FoldedLine = JSON.parse(await readFile(join(folder, lineFile(index)), 'utf8'));
      if (line.slug !== slug || line.nights.length !== nights) return null;
      lines.push(line);
    }
    const { runs, nights, changes, fold } = state;
    return { runs, nights, changes, fold: { ...fold, lines } };
  } catch {
    // A cache that cannot be read costs time, and nothing else.
    return null;
  }
}

/**
 * Saves a fold in files that each a string can hold, however long the history. Only lines with a new night are written.
 * The state is written last and removed first: where it is, all else is as it says.
 * @param known What the folder holds already; null where that is not known.
 */
export async function saveFold(folder: string, saved: SavedFold, known: SavedLines | null): Promise<void> {
  const { lines, ...fold } = saved.fold;
  const state: StateFile = {
    ...{ version, runs: saved.runs, nights: saved.nights, changes: saved.changes, fold },
    lines: countNights(lines),
  };
  await mkdir(folder, { recursive: true });
  await rm(join(folder, stateFile), { force: true });
  for (const [index, line] of lines.entries()) {
    if (known?.[index]?.nights === line.nights.length) continue;
    await writeFile(join(folder, lineFile(index)), JSON.stringify(line));
  }
  await replaceFile(join(folder, stateFile), JSON.stringify(state));
}

export type SavedLines = StateFile['lines'];

export function countNights(lines: readonly FoldedLine[]): SavedLines {
  return lines.map(({ slug, nights }) => ({ slug, nights: nights.length }));
}
