import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { AstroInlineConfig } from 'astro';
import type { Log } from '../src/core/log.ts';
import { InputError } from '../src/store/input-error.ts';
import { readRunFolders, type SkippedFolder, type StoredRun } from '../src/store/read-run-folder.ts';
import { provideSiteData } from './src/data/site-data.ts';
import { normalizeBase } from './src/view/href.ts';

export interface SiteOptions {
  /** A folder of run folders. */
  runsDir: string;
  /** Absent, empty, or an earlier site of ours, which is replaced. */
  outDir: string;
  /** The path it will be served under: `/`, or `/repo/` on GitHub Pages. */
  base?: string;
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
 * Builds the static site of all runs in a folder.
 * @throws {InputError} where there is no run, the base is no path, or the output folder holds something else.
 */
export async function buildSite({ runsDir, outDir, base = '/', log }: SiteOptions): Promise<BuiltSite> {
  requireBase(base);
  await requireReplaceable(resolve(outDir), resolve(runsDir));
  const { runs, skipped } = await readRunFolders(runsDir, log);
  provideSiteData({ runs, skipped, base: normalizeBase(base) });

  // Astro empties its output folder and, unless that is below the working directory, bundles into one fixed place
  // there: a folder of its own for each build keeps it from deleting what is not ours, and two builds apart.
  const ownDir = resolve('.herdmark');
  await mkdir(ownDir, { recursive: true });
  const workDir = await mkdtemp(join(ownDir, 'build-'));
  const staging = join(workDir, 'out');
  try {
    await runAstro(staging, normalizeBase(base));
    await rm(outDir, { recursive: true, force: true });
    await cp(staging, outDir, { recursive: true });
    await addDownloads(outDir, runs, skipped);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  const files = await readdir(outDir, { recursive: true });
  const pages = files.filter((it) => it.endsWith('.html')).length;
  return { pages, runs: runs.length, skipped: skipped.length };
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
      csp: { directives: ["default-src 'none'", "img-src 'self'", "base-uri 'none'", "form-action 'none'"] },
    },
    vite: {
      // The bundle that renders the pages lies in the output folder, from where no package can be found.
      environments: { prerender: { resolve: { noExternal: true } } },
      build: { assetsInlineLimit: 0 },
    },
  };
  await build(config);
}

/** Everything that the site shows can be downloaded: the documents of each run, as they are. */
async function addDownloads(
  outDir: string,
  runs: readonly StoredRun[],
  skipped: readonly SkippedFolder[],
): Promise<void> {
  const index = {
    generator: 'herdmark',
    runs: runs.map(({ run, files }) => ({
      id: run.id,
      startedAt: run.startedAt,
      machine: run.machine,
      files,
    })),
    skipped,
  };
  await mkdir(join(outDir, 'data'), { recursive: true });
  await writeFile(join(outDir, indexFile), `${JSON.stringify(index, null, 2)}\n`);
  for (const { folder, run, files } of runs) {
    const target = join(outDir, 'data', run.id);
    const folders = new Set(files.map((file) => dirname(join(target, file))));
    for (const it of folders) await mkdir(it, { recursive: true });
    await Promise.all(files.map((file) => copyFile(join(folder, file), join(target, file))));
  }
}

function requireBase(base: string): void {
  if (!/^\/?(?:[\w.~-]+\/)*(?:[\w.~-]+)?$/.test(base) || base.split('/').includes('..')) {
    throw new InputError('bad-base', `--base: "${base}" is not a path such as / or /my-repo/.`);
  }
}

async function requireReplaceable(outDir: string, runsDir: string): Promise<void> {
  if (`${runsDir}${sep}`.startsWith(`${outDir}${sep}`)) {
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
