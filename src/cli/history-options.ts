import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { defaultHistoryBranch } from '../store/history/git-remote.ts';
import { type HistoryPlace, withHistoryFolder } from '../store/history/place.ts';
import { openHistorySource, openRunSource, type RunSource } from '../store/run-source.ts';
import { findGithubToken } from './github-token.ts';

export interface HistoryOptions {
  history?: string | undefined;
  remote?: string | undefined;
  repo?: string | undefined;
  historyBranch: string;
}

/** The options of `herdmark history`, for a command that can do without one. */
export function addHistoryOptions(command: Command): Command {
  return command
    .option('--history <folder>', 'a history in a folder, whose runs are then named by their ids')
    .option('--remote <url>', 'or in a git repository')
    .option('--repo <owner/name>', 'or in a repository on GitHub')
    .option('--history-branch <name>', 'the branch with the history', defaultHistoryBranch);
}

/**
 * Lends the runs of the history that the options name; null where they name none. They can be read until `use` is done.
 * @throws {InputError} where there is no such history.
 */
export async function withGivenHistory<T>(
  options: HistoryOptions,
  use: (given: RunSource | null) => Promise<T>,
): Promise<T> {
  const found = await findGivenPlace(options);
  if (found === null) return use(null);
  return withHistoryFolder(found.place, async (folder) => use(await openHistorySource(folder, found.name)));
}

/** As `herdmark bench` has them, and `herdmark changes` takes them. */
export const usualRuns = '.herdmark/runs';

/** null where there are none. */
export async function openUsualRuns(): Promise<RunSource | null> {
  return existsSync(usualRuns) ? openRunSource(usualRuns) : null;
}

/** The history that the options name, and what it is called; null where they name none. */
export async function findGivenPlace(
  options: HistoryOptions,
): Promise<{ place: HistoryPlace; name: string } | null> {
  const { history, repo = null } = options;
  if (history !== undefined) return { place: { folder: history }, name: history };
  const { findHistoryBranch } = await import('./publish.ts');
  const branch = findHistoryBranch(options, repo, findGithubToken());
  return branch && { place: { branch }, name: branch.remote.url };
}
