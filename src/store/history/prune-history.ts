import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readRunPath, samplesPath } from '../../core/history/layout.ts';
import { formatQuantity } from '../../core/render/format.ts';
import { createRunId } from '../../core/run-id.ts';
import type { GitBranch } from './git-branch.ts';
import { largestBytes, readHistoryFile } from './history-file.ts';
import { openHistory } from './open-history.ts';

export interface PruneRules {
  /** The samples of runs that started before are removed: the runs, their series and the answers stay. */
  before: Date;
  dryRun: boolean;
}

/** Removes old samples from a folder. Returns the ids of the runs that they were of. */
export async function pruneFolder(folder: string, { before, dryRun }: PruneRules): Promise<string[]> {
  const pruned: string[] = [];
  for (const id of (await openHistory(folder)).runIds().filter((id) => isOlder(id, before))) {
    const path = samplesPath(id);
    if ((await readHistoryFile(folder, path, largestBytes.samples)) === null) continue;
    if (!dryRun) await rm(join(folder, path));
    pruned.push(id);
  }
  return pruned;
}

/** The same in a branch, as one commit. What was there before stays in the commits before it. */
export async function pruneBranch(branch: GitBranch, { before, dryRun }: PruneRules): Promise<string[]> {
  let pruned: string[] = [];
  await branch.commit(async ({ files }) => {
    const ids = [...files.keys()].map(readRunPath).filter((id) => id !== null);
    pruned = ids.filter((id) => isOlder(id, before) && files.has(samplesPath(id))).sort();
    if (pruned.length === 0 || dryRun) return null;
    return {
      entries: new Map(pruned.map((id) => [samplesPath(id), null])),
      message: `Remove the samples of ${formatQuantity(pruned.length, 'run')} from before ${before.toISOString().slice(0, 10)}\n`,
    };
  });
  return pruned;
}

/** A run's id begins with the time at which it started. */
function isOlder(id: string, before: Date): boolean {
  return id < createRunId(before, '');
}
