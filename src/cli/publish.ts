import { join } from 'node:path';
import type { Command } from 'commander';
import { artifactDays, defaultWorkflows } from '../collect.ts';
import { renderPublishReport } from '../publish/publication.ts';
import { publishRuns } from '../publish.ts';
import type { GitAccess } from '../store/history/git-branch.ts';
import { defaultHistoryBranch, readGitRemote } from '../store/history/git-remote.ts';
import { InputError } from '../store/input-error.ts';
import { findStateFolder } from '../store/state-folder.ts';
import { daysAgo } from './days-ago.ts';
import { findGithubToken } from './github-token.ts';
import { integerOption, repeatable } from './option-values.ts';
import { terminalLog } from './terminal-log.ts';

interface PublishOptions {
  repo?: string;
  workflow?: string[];
  branch?: string;
  historyBranch: string;
  remote?: string;
  from?: string[];
  history?: string;
  days: number;
  keepSamplesDays?: number;
  apiUrl: string;
  dryRun?: true;
  json?: true;
}

export function addPublishCommand(program: Command): void {
  program
    .command('publish')
    .description(
      'Put runs into the history: those that workflows uploaded as artifacts, or those of a folder',
    )
    .option(
      '--repo <owner/name>',
      'whose artifacts to take; default $GITHUB_REPOSITORY, unless --from is given',
    )
    .option('--from <folder>', 'take the runs of a folder; may be given several times', repeatable)
    .option('--remote <url>', 'the git repository with the history (default: the repository on GitHub)')
    .option('--history-branch <name>', 'its branch with the history', defaultHistoryBranch)
    .option(
      '--history <folder>',
      'leave the history here, for herdmark site; without a remote it is the history',
    )
    .option(
      '--workflow <path>',
      `whose runs to take; may be given several times (default: ${defaultWorkflows.join(', ')})`,
      repeatable,
    )
    .option('--branch <name>', "the branch whose runs to take (default: the repository's default branch)")
    .option('--days <n>', 'how far to look back', integerOption(1), artifactDays)
    .option(
      '--keep-samples-days <n>',
      'remove the samples of runs that are older from the history (default: all stay)',
      integerOption(1),
    )
    .option('--api-url <url>', 'of GitHub', process.env.GITHUB_API_URL ?? 'https://api.github.com')
    .option('--dry-run', 'read and validate, and change nothing')
    .option('--json', 'print what was taken as JSON')
    .addHelpText(
      'after',
      `
The token is taken from $GITHUB_TOKEN or $GH_TOKEN; it needs actions: read and contents: write.
A run is never replaced, and publishing twice changes nothing: see docs/history.md.

Examples:
  GITHUB_TOKEN=$(gh auth token) herdmark publish --repo example/llm-bench --history .herdmark/history
  herdmark publish --from runs --remote git@example.org:llm/bench.git
  herdmark publish --from runs --history history     without git`,
    )
    .action(publish);
}

async function publish(options: PublishOptions): Promise<void> {
  const { from = [], history = null, dryRun = false } = options;
  const token = findGithubToken();
  const repository = options.repo ?? (from.length === 0 ? process.env.GITHUB_REPOSITORY : undefined);
  if (repository === undefined && from.length === 0) {
    throw new InputError('no-repository', 'Which runs? Give --repo owner/name, or --from <folder>.');
  }
  if (repository !== undefined && token === null) {
    throw new InputError(
      'no-token',
      'GitHub asks for a token: set GITHUB_TOKEN (actions: read, contents: write).',
    );
  }
  const artifacts =
    repository === undefined
      ? null
      : {
          ...{ repository, token, apiUrl: options.apiUrl },
          since: daysAgo(options.days),
          workflows: options.workflow ?? defaultWorkflows,
          branch: options.branch ?? null,
        };
  const report = await publishRuns({
    ...{ artifacts, from, dryRun, historyFolder: history, log: terminalLog },
    keepSamplesFrom: options.keepSamplesDays === undefined ? null : daysAgo(options.keepSamplesDays),
    branch: findHistoryBranch(options, repository ?? whereJobRuns(history), token),
  });
  for (const line of renderPublishReport(report, dryRun)) terminalLog.info(line);
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

/** In a job its repository has the history, unless a folder is it. */
function whereJobRuns(history: string | null): string | null {
  return history === null ? (process.env.GITHUB_REPOSITORY ?? null) : null;
}

/** The branch of --remote, else of a repository on GitHub; null where neither is known. */
export function findHistoryBranch(
  { remote, historyBranch }: { remote?: string | undefined; historyBranch: string },
  repository: string | null,
  token: string | null,
): GitAccess | null {
  const serverUrl = process.env.GITHUB_SERVER_URL || 'https://github.com';
  const url = remote ?? (repository === null ? null : `${serverUrl}/${repository}.git`);
  if (url === null) return null;
  return {
    ...{ remote: readGitRemote(url, historyBranch), token, serverUrl },
    cacheFolder: join(findStateFolder(), 'histories'),
  };
}
