import { resolve } from 'node:path';
import type { Command } from 'commander';
import { terminalLog } from './terminal-log.ts';

interface SiteOptions {
  runs: string;
  out: string;
  base: string;
}

export function addSiteCommand(program: Command): void {
  program
    .command('site')
    .description('Build the static site from a folder of runs')
    .option('--runs <folder>', 'the folder that holds the runs', '.herdmark/runs')
    .option('--out <folder>', 'where to put the site', '.herdmark/site')
    .option('--base <path>', 'the path it will be served under, e.g. /my-repo/', '/')
    .addHelpText(
      'after',
      `
Examples:
  herdmark site                                        .herdmark/runs → .herdmark/site
  herdmark site --runs runs --out public --base /llm/  for https://example.github.io/llm/`,
    )
    .action(async ({ runs, out, base }: SiteOptions) => {
      const { buildSite } = await import('../../site/build.ts');
      const built = await buildSite({ runsDir: resolve(runs), outDir: resolve(out), base, log: terminalLog });
      terminalLog.info(`${built.pages} pages of ${built.runs} runs in ${out}`);
    });
}
