import { resolve } from 'node:path';
import type { Command } from 'commander';
import { formatQuantity } from '../core/render/format.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import { InputError } from '../store/input-error.ts';
import { terminalLog } from './terminal-log.ts';

interface SiteOptions {
  runs?: string;
  history?: string;
  out: string;
  base: string;
  url?: string;
  cache: string;
}

export function addSiteCommand(program: Command): void {
  program
    .command('site')
    .description('Build the static site from a history, or from a folder of runs')
    .option('--runs <folder>', 'a folder that holds runs (default: ".herdmark/runs")')
    .option('--history <folder>', 'a history, such as a checked-out branch; instead of --runs')
    .option('--out <folder>', 'where to put the site', '.herdmark/site')
    .option('--base <path>', 'the path it will be served under, e.g. /my-repo/', '/')
    .option('--url <address>', 'where it will be, for addresses in its feed')
    .option(
      '--cache <folder>',
      'of a history: what one build leaves to the next, so that only new nights are read',
      '.herdmark/site-cache',
    )
    .addHelpText(
      'after',
      `
Examples:
  herdmark site                                        .herdmark/runs → .herdmark/site
  herdmark site --runs runs --out public --base /llm/  for https://example.github.io/llm/
  herdmark site --history history --out public         from a checked-out history`,
    )
    .action(async ({ runs, history, out, base, url, cache }: SiteOptions) => {
      if (runs !== undefined && history !== undefined) {
        throw new InputError(
          'two-sources',
          'Both --runs and --history: a site is built of one of them, so leave one out.',
        );
      }
      const from =
        history === undefined
          ? { runsDir: resolve(runs ?? '.herdmark/runs') }
          : { historyDir: resolve(history) };
      const { buildSite } = await import('../../site/build.ts');
      const { explainSize } = await import('../../site/src/data/site-size.ts');
      const built = await buildSite({
        ...from,
        outDir: resolve(out),
        cacheDir: resolve(cache),
        base,
        url: url === undefined ? null : readAddress(url),
        log: terminalLog,
      });
      terminalLog.info(
        `${formatQuantity(built.pages, 'page')} of ${formatQuantity(built.runs, 'run')} in ${out}`,
      );
      const warning = explainSize(built.size);
      if (warning !== null) await warn(warning);
    });
}

/** With a slash at its end, so that what follows is below it. */
function readAddress(url: string): string {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol) || address.search + address.hash !== '') {
    throw new InputError(
      'bad-url',
      `--url: "${toPlainLine(url)}" is no address of a site, such as https://example.github.io/my-repo/.`,
    );
  }
  return address.href.replace(/\/*$/, '/');
}

/** In a job nobody reads the log of a build that went well. */
async function warn(line: string): Promise<void> {
  if (process.env.GITHUB_ACTIONS === undefined) return terminalLog.warn(line);
  const { warning } = await import('@actions/core');
  warning(line, { title: 'Herdmark' });
}
