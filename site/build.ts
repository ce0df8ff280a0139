import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { Log } from '../src/core/log.ts';
import { openHistory } from '../src/store/history/open-history.ts';
import { InputError } from '../src/store/input-error.ts';
import { runAstro } from './run-astro.ts';
import type { SiteData } from './src/data/contract.ts';
import { keepRuns } from './src/data/keep-runs.ts';
import { describeSite, indexFile } from './src/data/list-files.ts';
import { readDocuments } from './src/data/read-documents.ts';
import { provideSiteData } from './src/data/site-data.ts';
import { type SiteSize, weighSite } from './src/data/site-size.ts';
import { writeSite } from './src/data/write-site.ts';
import { foldHistory } from './src/fold/fold-history.ts';
import { normalizeBase } from './src/view/href.ts';

export interface SiteOptions {
  /** A folder of run folders. */
  runsDir?: string;
  /** Or a history in a folder, such as a checked-out branch. */
  historyDir?: string;
  /** Absent, empty, or an earlier site of ours: what is unchanged stays, what is no longer there is removed. */
  outDir: string;
  /** What one build of a history leaves to the next, so that only new nights are read; null: nothing. */
  cacheDir?: string | null;
  /** The path it will be served under: `/`, or `/repo/` on GitHub Pages. */
  base?: string;
  /** Where it will be, for addresses in the feed: `https://owner.github.io/repo/`. */
  url?: string | null;
  /** When it is built, for what depends on it, such as a night that is missing. */
  now?: Date;
  log: Log;
}

export interface BuiltSite {
  pages: number;
  runs: number;
  skipped: number;
  size: SiteSize;
}

/**
 * Builds the static site of a history, or of all runs in a folder.
 * @throws {InputError} where a folder has no run or a history none that can be read, the base is no path, or the output folder holds something else.
 */
export async function buildSite(options: SiteOptions): Promise<BuiltSite> {
  const { runsDir, historyDir, outDir, base = '/', log } = options;
  const from = historyDir ?? runsDir;
  if (from === undefined) throw new Error('A site is built of runs or of a history.');
  requireBase(base);
  await requireReplaceable(resolve(outDir), resolve(from));

  // Astro empties its output folder and, unless that is below the working directory, bundles into one fixed place
  // there: a folder of its own for each build keeps it from deleting what is not ours, and two builds apart.
  const ownDir = resolve('.herdmark');
  await mkdir(ownDir, { recursive: true });
  const workDir = await mkdtemp(join(ownDir, 'build-'));
  try {
    const history = historyDir ?? join(workDir, 'history');
    if (historyDir === undefined) await mkdir(history);
    const unfit = historyDir === undefined ? await keepRuns(from, history, log) : [];
    const data = await readData(history, unfit, options);
    if (data.machines.length === 0) requireWhole(options, data.skipped.length);
    provideSiteData(data);
    const rendered = join(workDir, 'out');
    await runAstro(rendered, data.base);
    const pages = await writeSite({ rendered, history, outDir, data, url: options.url ?? null });
    return {
      ...{ pages, runs: describeSite(data).runs, skipped: data.skipped.length },
      size: await weighSite(outDir),
    };
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

async function readData(
  history: string,
  unfit: SiteData['skipped'],
  { historyDir, cacheDir = null, base = '/', now = new Date(), log }: SiteOptions,
): Promise<SiteData> {
  const builtAt = now.toISOString();
  const ids = (await openHistory(history)).runIds();
  // The runs of a folder may change under their ids, as those of a history never do.
  const kept = historyDir === undefined ? null : cacheDir;
  const state = await foldHistory(history, ids, { asOf: builtAt, cacheDir: kept, log });
  return {
    ...{ ...state, skipped: [...unfit, ...state.skipped] },
    ...{ base: normalizeBase(base), builtAt, read: readDocuments(history) },
  };
}

/**
 * A history begins without a run, and its site then says what to do. A folder without one is a wrong folder, and a history
 * of which nothing can be read must not replace the site that it had.
 */
function requireWhole({ runsDir, historyDir, log }: SiteOptions, skipped: number): void {
  if (historyDir !== undefined && skipped === 0) {
    log.info(`${historyDir}: there is no run yet, so the site says how to get one.`);
    return;
  }
  const why = skipped === 0 ? 'it holds none' : `none of its ${skipped} runs can be shown`;
  const fix =
    historyDir === undefined
      ? `Measure one with \`herdmark bench --out ${runsDir}\``
      : `Look into it with \`herdmark history verify --history ${historyDir}\``;
  throw new InputError('no-runs', `${historyDir ?? runsDir}: there are no runs to show, as ${why}. ${fix}.`);
}

function requireBase(base: string): void {
  if (!/^\/?(?:[\w.~-]+\/)*(?:[\w.~-]+)?$/.test(base) || base.split('/').includes('..')) {
    throw new InputError('bad-base', `--base: "${base}" is not a path such as / or /my-repo/.`);
  }
}

async function requireReplaceable(outDir: string, from: string): Promise<void> {
  if (`${from}${sep}`.startsWith(`${outDir}${sep}`)) {
    throw new InputError('bad-out', `${outDir} holds the runs and would be replaced: choose another --out.`);
  }
  const entries = await readdir(outDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new InputError('bad-out', `${outDir}: cannot be used (${error.message}). Choose another --out.`, {
      cause: error,
    });
  });
  if (entries.length > 0 && !(await isOurs(outDir))) {
    throw new InputError(
      'bad-out',
      `${outDir} holds something that is not a site of Herdmark's and would be lost: empty it, or choose another --out.`,
    );
  }
}

async function isOurs(outDir: string): Promise<boolean> {
  try {
    return JSON.parse(await readFile(join(outDir, indexFile), 'utf8')).generator === 'herdmark';
  } catch {
    return false;
  }
}
