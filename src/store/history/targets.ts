import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRunPath, runPath } from '../../core/history/layout.ts';
import { formatQuantity } from '../../core/render/format.ts';
import { toUntrustedText } from '../../core/render/untrusted-text.ts';
import { UnreadableDocument } from '../../schema/version.ts';
import { replaceFile } from '../replace-file.ts';
import type { GitBranch } from './git-branch.ts';
import { largestBytes, readHistoryFile } from './history-file.ts';
import type { IngestedRun } from './ingest-run.ts';
import { type History, openHistory } from './open-history.ts';
import { pruneBranch, pruneFolder } from './prune-history.ts';
import { historyReadme } from './readme.ts';
import { holdsRun } from './write-folder.ts';

/** Where runs are put: a branch, or a folder. */
export interface HistoryTarget {
  /** Ids of the runs that are there. */
  known: ReadonlySet<string>;
  /**
   * Puts runs there from a staging folder, which has the layout of a history. A run that is there is never replaced.
   * @param dryRun only tells what would become of them.
   */
  put(staging: string, runs: readonly IngestedRun[], dryRun: boolean): Promise<Fates>;
  /** Removes the samples of older runs. Returns the ids of the runs that they were of. */
  prune(before: Date): Promise<string[]>;
  /** Leaves what is there now in a folder. */
  checkOut(folder: string): Promise<void>;
  /** The commit; null where there is none. */
  tip(): string | null;
}

/** Ids of runs. conflict: another run of the same id is in the history, and stays. */
export type Fates = Record<Fate, string[]>;
type Fate = 'taken' | 'present' | 'conflict';

const readmePath = 'README.md';

/** Each `put` makes one commit, or none where all runs are there. What others push meanwhile stays. */
export async function openBranchTarget(branch: GitBranch): Promise<HistoryTarget> {
  let state = await branch.fetch();
  return {
    known: new Set([...state.files.keys()].map(readRunPath).filter((id) => id !== null)),
    async put(staging, runs, dryRun) {
      const staged = await openHistory(staging);
      await writeFile(join(staging, readmePath), historyReadme);
      const paths = new Set([readmePath, ...runs.flatMap(({ paths }) => paths)]);
      const blobs = await branch.storeFiles(staging, [...paths]);
      let fates: ReadonlyMap<IngestedRun, Fate> = new Map();
      state = await branch.commit(async ({ tip, files }) => {
        fates = await findFates(runs, async ({ id }) => {
          const there = files.get(runPath(id));
          if (there === undefined) return 'taken';
          if (there === blobs.get(runPath(id))) return 'present';
          return compareRun(staged, id, await branch.readBlob(there));
        });
        const taken = runs.filter((run) => fates.get(run) === 'taken');
        if (taken.length === 0 || dryRun) return null;
        const added = taken.flatMap(({ paths }) => paths).filter((path) => !files.has(path));
        if (tip === null) added.push(readmePath);
        return {
          entries: new Map(added.map((path) => [path, blobs.get(path) ?? null])),
          message: describeRuns(taken),
        };
      });
      return groupFates(fates);
    },
    async prune(before) {
      if (state.tip === null) return [];
      const pruned = await pruneBranch(branch, { before, dryRun: false });
      state = await branch.fetch();
      return pruned;
    },
    checkOut: (folder) => branch.checkOut(state, folder),
    tip: () => state.tip,
  };
}

/** A folder that is the history itself. */
export async function openFolderTarget(folder: string): Promise<HistoryTarget> {
  await mkdir(folder, { recursive: true });
  return {
    known: new Set((await openHistory(folder)).runIds()),
    async put(staging, runs, dryRun) {
      const staged = await openHistory(staging);
      const fates = await findFates(runs, async ({ id }) => {
        const there = await readHistoryFile(folder, runPath(id), largestBytes.run);
        return there === null ? 'taken' : compareRun(staged, id, there);
      });
      if (!dryRun) {
        const taken = runs.filter((run) => fates.get(run) === 'taken');
        for (const path of taken.flatMap(({ paths }) => paths))
          await replaceFile(join(folder, path), await readFile(join(staging, path)));
        await writeFile(join(folder, readmePath), historyReadme);
      }
      return groupFates(fates);
    },
    prune: (before) => pruneFolder(folder, { before, dryRun: false }),
    checkOut: async () => undefined,
    tip: () => null,
  };
}

async function findFates(
  runs: readonly IngestedRun[],
  find: (run: IngestedRun) => Promise<Fate>,
): Promise<ReadonlyMap<IngestedRun, Fate>> {
  const fates = new Map<IngestedRun, Fate>();
  for (const run of runs) fates.set(run, await find(run));
  return fates;
}

async function compareRun(staged: History, id: string, there: Buffer): Promise<Fate> {
  const run = await staged.readRun(id);
  try {
    return holdsRun(there, run) ? 'present' : 'conflict';
  } catch (error) {
    // One that is damaged, or of a newer Herdmark, stays as well, and keeps no other out.
    if (error instanceof UnreadableDocument) return 'conflict';
    throw error;
  }
}

function groupFates(fates: ReadonlyMap<IngestedRun, Fate>): Fates {
  const of = (wanted: Fate) => [...fates].filter(([, fate]) => fate === wanted).map(([{ id }]) => id);
  return { taken: of('taken'), present: of('present'), conflict: of('conflict') };
}

/** The message of the commit: how many runs of which machines. */
function describeRuns(runs: readonly IngestedRun[]): string {
  const byMachine = Map.groupBy(runs, ({ machine }) => machine.id);
  const machines = [...byMachine].map(([id, [first, ...more]]) => {
    const label = toUntrustedText(first?.machine.label ?? '', 80);
    return `- ${formatQuantity(more.length + 1, 'run')} of ${label} (${id})`;
  });
  const head = `Add ${formatQuantity(runs.length, 'run')} of ${formatQuantity(byMachine.size, 'machine')}`;
  return `${head}\n\n${machines.join('\n')}\n`;
}
