import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../input-error.ts';
import { type GitAccess, openGitBranch } from './git-branch.ts';
import { type PruneRules, pruneBranch, pruneFolder } from './prune-history.ts';

/** Where a history is: in a folder, or in a branch. */
export type HistoryPlace = { folder: string } | { branch: GitAccess };

/**
 * Lends a history as a folder: of a branch, a copy that is removed afterwards.
 * @throws {InputError} where there is none.
 */
export async function withHistoryFolder<T>(
  place: HistoryPlace,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  if ('folder' in place) return use(place.folder);
  const branch = await openGitBranch(place.branch);
  const state = await branch.fetch();
  if (state.tip === null) throw noBranch(place.branch);
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-history-'));
  try {
    await branch.checkOut(state, folder);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes old samples where the history is. Returns the ids of the runs that they were of. @throws {InputError} */
export async function pruneHistory(place: HistoryPlace, rules: PruneRules): Promise<string[]> {
  if ('folder' in place) return pruneFolder(place.folder, rules);
  const branch = await openGitBranch(place.branch);
  if ((await branch.fetch()).tip === null) throw noBranch(place.branch);
  return pruneBranch(branch, rules);
}

function noBranch({ remote: { url, branch } }: GitAccess): InputError {
  return new InputError(
    'no-history',
    `${url} has no branch ${branch}: the first run that \`herdmark publish\` takes makes it. Or name another one with --history-branch.`,
  );
}
