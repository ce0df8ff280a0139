import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { AstroInlineConfig } from 'astro';
import type { Log } from '../src/core/log.ts';
import { openHistory } from '../src/store/history/open-history.ts';
import { InputError } from '../src/store/input-error.ts';
import type { SiteData } from './src/data/contract.ts';
import { keepRuns } from './src/data/keep-runs.ts';
import { listDataFiles, writeIndex } from './src/data/list-files.ts';
import { readDocuments } from './src/data/read-documents.ts';
import { provideSiteData } from './src/data/site-data.ts';
import { linkOrCopy, listFilesBelow, writeChanged } from './src/data/write-data.ts';
import { foldHistory } from './src/fold/fold-history.ts';
import { normalizeBase } from './src/view/href.ts';

export interface SiteOptions {
  /** A folder of run folders. */
  runsDir?: string;
  /** Or a history in a folder, such as a checked-out branch. */
  historyDir?: string;
  /** Absent, empty, or an earlier site of ours, which is replaced. */
  outDir: string;
  /** The path it will be served under: `/`, or `/repo/` on GitHub Pages. */
  base?: string;
  /** When it is built, for what depends on it, such as a night that is missing. */
  now?: Date;
  log: Log;
}

export interface BuiltSite {
  pages: number;
  runs: number;
  skipped: number;
}

const siteDir = import.meta.dirname;
/** Says which runs are in the site, to programs, and that a folder is ours to replace, to the next build. */
const indexFile = 'data/index.json';

/**
 * Builds the static site of a history, or of all runs in a folder.
 * @throws {InputError} where there is no run, the base is no path, or the output folder holds something else.
 */
export async function buildSite(options: SiteOptions): Promise<BuiltSite> {
  const { runsDir, historyDir, outDir, base = '/', now = new Date(), log } = options;
  const from = historyDir ?? runsDir;
  if (from === undefined) throw new Error('A site is built of runs or of a history.');
  requireBase(base);
  await requireReplaceable(resolve(outDir), resolve(from));

  // Astro empties its output folder and, unless that is below the working directory, bundles into one fixed place
  // there: a folder of its own for each build keeps it from deleting what is not ours, and two builds apart.
  const ownDir = resolve('.herdmark');
  await mkdir(ownDir, { recursive: true });
  const workDir = await mkdtemp(join(ownDir, 'build-'));
  const staging = join(workDir, 'out');
  try {
    const folder = historyDir ?? join(workDir, 'history');
    if (historyDir === undefined) await mkdir(folder);
    const unfit = historyDir === undefined ? await keepRuns(from, folder, log) : [];
    const state = await foldHistory(await openHistory(folder), { asOf: now.toISOString(), log });
    const skipped = [...unfit, ...state.skipped];
    if (state.machines.length === 0) throw noRuns(from, skipped.length);
    const data: SiteData = {
      ...{ ...state, skipped, base: normalizeBase(base), builtAt: now.toISOString() },
      read: readDocuments(folder),
    };
    provideSiteData(data);
    await runAstro(staging, normalizeBase(base));
    await rm(outDir, { recursive: true, force: true });
    await cp(staging, outDir, { recursive: true });
    await writeData(outDir, folder, data);
    const files = await readdir(staging, { recursive: true });
    const index = writeIndex(data);
    return {
      pages: files.filter((it) => it.endsWith('.html')).length,
      ...{ runs: index.runs, skipped: skipped.length },
    };
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Everything that the site shows can be downloaded. */
async function writeData(outDir: string, history: string, data: SiteData): Promise<void> {
  for (const { path, read } of listDataFiles(data)) {
    await writeChanged(join(outDir, path), Buffer.from(JSON.stringify(read())));
  }
  for (const path of await listFilesBelow(history)) {
    if (/^(?:runs|samples|inputs|outputs)\//.test(path)) {
      await linkOrCopy(join(history, path), join(outDir, 'data', path));
    }
  }
  await writeChanged(join(outDir, indexFile), Buffer.from(`${JSON.stringify(writeIndex(data), null, 2)}\n`));
}

async function runAstro(outDir: string, base: string): Promise<void> {
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  const { build } = await import('astro');
  const config: AstroInlineConfig = {
    root: siteDir,
    configFile: false,
    outDir,
    base,
    cacheDir: join(outDir, '../cache'),
    logLevel: 'error',
    output: 'static',
    trailingSlash: 'always',
    devToolbar: { enabled: false },
    // There are no images; the default service would want sharp, a native package.
    image: { service: { entrypoint: 'astro/assets/services/noop' } },
    build: { inlineStylesheets: 'never' },
    security: {
      csp: {
        directives: [
          ...["default-src 'none'", "img-src 'self'", "connect-src 'self'", "worker-src 'self'"],
          ...["base-uri 'none'", "form-action 'none'"],
        ],
      },
    },
    vite: {
      // The bundle that renders the pages lies in the output folder, from where no package can be found.
      environments: { prerender: { resolve: { noExternal: true } } },
      build: { assetsInlineLimit: 0 },
    },
  };
  await build(config);
}

function noRuns(from: string, skipped: number): InputError {
  const why = skipped === 0 ? 'it holds none' : `none of its ${skipped} runs can be read`;
  return new InputError(
    'no-runs',
    `${from}: there are no runs to show, as ${why}. Measure one with \`herdmark bench --out ${from}\`.`,
  );
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
