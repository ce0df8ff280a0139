import type { Command } from 'commander';
import { artifactDays, collectRuns, defaultWorkflows, renderCollectReport } from '../collect.ts';
import { InputError } from '../store/input-error.ts';
import { daysAgo } from './days-ago.ts';
import { findGithubToken } from './github-token.ts';
import { integerOption, repeatable } from './option-values.ts';
import { terminalLog } from './terminal-log.ts';

interface CollectOptions {
  repo?: string;
  runs: string;
  days: number;
  workflow?: string[];
  branch?: string;
  apiUrl: string;
}

export function addCollectCommand(program: Command): void {
  program
    .command('collect')
    .description("Bring the runs that a repository's workflows uploaded as artifacts into a folder")
    .option('--repo <owner/name>', 'default $GITHUB_REPOSITORY')
    .option('--runs <folder>', 'where to put the runs; those already there stay', '.herdmark/runs')
    .option('--days <n>', 'how far to look back', integerOption(1), artifactDays)
    .option(
      '--workflow <path>',
      `whose runs to take; may be given several times (default: ${defaultWorkflows.join(', ')})`,
      repeatable,
    )
    .option('--branch <name>', "default the repository's default branch")
    .option('--api-url <url>', 'of GitHub', process.env.GITHUB_API_URL ?? 'https://api.github.com')
    .addHelpText(
      'after',
      `
The token is taken from $GITHUB_TOKEN or $GH_TOKEN; it needs actions: read.

Examples:
  GITHUB_TOKEN=$(gh auth token) herdmark collect --repo example/llm-bench
  herdmark collect --runs runs --workflow .github/workflows/bench.yml --days 30`,
    )
    .action(collect);
}

async function collect(options: CollectOptions): Promise<void> {
  const repository = options.repo ?? process.env.GITHUB_REPOSITORY;
  const token = findGithubToken();
  if (repository === undefined)
    throw new InputError('no-repository', 'Which repository? Give --repo owner/name.');
  if (token === null)
    throw new InputError('no-token', 'GitHub asks for a token: set GITHUB_TOKEN (actions: read is enough).');
  const report = await collectRuns({
    ...{ repository, token, apiUrl: options.apiUrl, runsDir: options.runs },
    since: daysAgo(options.days),
    workflows: options.workflow ?? defaultWorkflows,
    branch: options.branch ?? null,
  });
  for (const line of renderCollectReport(report)) terminalLog.info(line);
}
