import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WholeRun } from '../core/compare/compare-runs.ts';
import type { AskedRun } from '../core/compare/find-bases.ts';
import type { NightRun } from '../core/history/nights.ts';
import type { ContentId, HistoryRun, KeptAnswer } from '../schema/history.ts';
import type { ComparisonPlan } from '../schema/plan.ts';
import type { Run, Variant } from '../schema/run.ts';
import { UnreadableDocument } from '../schema/version.ts';
import { isErrorOf } from './history/history-file.ts';
import { openHistory } from './history/open-history.ts';
import { readRunToCompare } from './history/read-whole-run.ts';
import { InputError } from './input-error.ts';
import { isRunFolder } from './read-earlier-runs.ts';
import { readRunFolder } from './read-run-folder.ts';
import { readWholeRun } from './read-whole-run.ts';

/** A run as a comparison needs it, whatever it lies in. */
export interface ComparableRun extends WholeRun {
  /** Which sides it measured in turn; null: none. */
  comparison: ComparisonPlan | null;
}

/** What of a run tells whether anything can be held against it. */
export interface RunFacts {
  run: AskedRun<Variant> & Pick<Run, 'id' | 'startedAt' | 'machine'> & Pick<NightRun, 'shard' | 'campaign'>;
  origin: HistoryRun['origin'];
}

/** Where runs are: a history, or a folder of their folders. Each `read` throws UnreadableDocument where one is damaged. */
export interface RunSource {
  /** As a person named it. */
  place: string;
  isHistory: boolean;
  /** Names of the runs, which are their ids, sorted, and so by the time at which they started. */
  names: readonly string[];
  readFacts(name: string): Promise<RunFacts>;
  /** null where its samples are kept no longer. */
  readRun(name: string): Promise<ComparableRun | null>;
}

/** By its layout, `runs/<yyyy>`: `.herdmark` has runs in it too. */
export function isHistoryFolder(path: string): boolean {
  try {
    return readdirSync(join(path, 'runs')).some((name) => /^\d{4}$/.test(name));
  } catch (error) {
    if (isErrorOf(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

/** @throws {InputError} where there is no such folder. */
export function openRunSource(path: string): Promise<RunSource> {
  return isHistoryFolder(path) ? openHistorySource(path, path) : openFolderSource(path);
}

/** @param place What a person calls it, where it is a copy of something else. */
export async function openHistorySource(folder: string, place: string): Promise<RunSource> {
  const history = await openHistory(folder);
  const answers = new Map<ContentId, KeptAnswer>();
  return {
    ...{ place, isHistory: true, names: history.runIds() },
    readFacts: (id) => history.readRun(id),
    async readRun(id) {
      const found = await readRunToCompare(history, id, answers);
      return found && { ...found, comparison: found.run.plan.comparison };
    },
  };
}

async function openFolderSource(folder: string): Promise<RunSource> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new InputError('no-runs', `${folder}: there is no such folder of runs.`, { cause });
  });
  return {
    ...{ place: folder, isHistory: false },
    names: names.filter((name) => isRunFolder(join(folder, name))).sort(),
    async readFacts(name) {
      const { run } = await readRunFolder(join(folder, name));
      return { run, origin: null };
    },
    readRun: (name) => readFolder(join(folder, name)),
  };
}

/** @throws {UnreadableDocument} where a document of it is missing or damaged. */
export async function readFolder(folder: string): Promise<ComparableRun> {
  try {
    const { plan, ...whole } = await readWholeRun(folder);
    return { ...whole, comparison: plan.comparison };
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new UnreadableDocument('not-a-document', `${folder}: a document is not JSON: ${cause.message}`, {
        cause,
      });
    }
    if (isErrorOf(cause, 'ENOENT')) {
      throw new UnreadableDocument('not-a-document', `${folder} is not whole: plan.json is missing.`, {
        cause,
      });
    }
    throw cause;
  }
}
