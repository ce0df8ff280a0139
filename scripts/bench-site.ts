// node scripts/bench-site.ts: what a site costs whose history has grown for years.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { linearRegression } from 'simple-statistics';
import { integerOption } from '../src/cli/option-values.ts';
import { addNights, growHistory } from './bench-site/grow-history.ts';
import { type BuildCost, measureBuild } from './bench-site/measure-build.ts';
import { type PageBytes, weighPage } from './bench-site/page-bytes.ts';

interface Options {
  runs: number;
  models: number;
  prompts: number;
  seed: number;
  keep?: string;
  json?: true;
}

interface Figures {
  fullSeconds: number;
  /** One new night on a history of `runs`. */
  incrementalSeconds: number;
  /** The most of both. */
  rssMb: number | null;
  overviewBytes: number;
  /** What the last night added to the history, of which a few answers are new: its run, its samples, those answers. */
  nightBytes: number;
  /** Slope of the logarithm of the time over that of the number of runs, what an almost empty site costs taken off. */
  exponent: number;
  details: {
    exponentWithFixedCost: number;
    /** As exponent, of the time of all processors: what it says where other programs run. */
    exponentOfCpu: number | null;
    fixed: BuildCost;
    full: (BuildCost & { runs: number })[];
    incremental: BuildCost;
    pages: Record<string, PageBytes>;
    /** By kind of file. */
    nightBytes: Record<string, number>;
    generationSeconds: number;
  };
}

/** Of the number of runs: the sizes between which growth is told. */
const shares = [0.25, 0.5, 1];
const fewRuns = 10;

async function bench({ runs, models, prompts, seed, keep }: Options): Promise<Figures> {
  const work = keep === undefined ? await mkdtemp(join(tmpdir(), 'herdmark-bench-site-')) : resolve(keep);
  const below = (name: string) => join(work, name);
  const [all, history, site, cache] = [below('all'), below('history'), below('site'), below('cache')];
  try {
    await rm(history, { recursive: true, force: true });
    say(`Making ${runs + 1} nights …`);
    const started = performance.now();
    const nights = await growHistory(all, runs + 1, { models, prompts, seed });
    const generationSeconds = (performance.now() - started) / 1000;
    let size = 0;
    const growTo = async (to: number) => {
      const added = await addNights(all, history, nights.slice(size, to));
      size = to;
      return added;
    };
    const buildAnew = async () => {
      for (const folder of [site, cache]) await rm(folder, { recursive: true, force: true });
      say(`Building the site of ${size} nights …`);
      return measureBuild(history, site, cache);
    };

    await growTo(fewRuns);
    const fixed = await buildAnew();
    const full: Figures['details']['full'] = [];
    for (const share of shares) {
      await growTo(Math.round(runs * share));
      full.push({ runs: size, ...(await buildAnew()) });
    }
    const nightBytes = await growTo(runs + 1);
    say('Adding a night …');
    const incremental = await measureBuild(history, site, cache);
    const pages = await weighPages(site);
    const last = full.at(-1) ?? fixed;
    return {
      ...{ fullSeconds: last.seconds, incrementalSeconds: incremental.seconds },
      rssMb: last.rssMb === null ? null : Math.max(last.rssMb, incremental.rssMb ?? 0),
      overviewBytes: pages.overview?.total ?? 0,
      nightBytes: Object.values(nightBytes).reduce((total, it) => total + it, 0),
      exponent: fitExponent(full, ({ seconds }) => seconds - fixed.seconds),
      details: {
        exponentWithFixedCost: fitExponent(full, ({ seconds }) => seconds),
        exponentOfCpu:
          fixed.cpuSeconds === null
            ? null
            : fitExponent(full, ({ cpuSeconds }) => (cpuSeconds ?? 0) - (fixed.cpuSeconds ?? 0)),
        ...{ fixed, full, incremental, pages, nightBytes, generationSeconds },
      },
    };
  } finally {
    if (keep === undefined) await rm(work, { recursive: true, force: true });
  }
}

/** The slope of the logarithm of a cost over that of the number of runs. */
function fitExponent(full: Figures['details']['full'], read: (of: BuildCost) => number): number {
  const least = 1e-3;
  return linearRegression(full.map((it) => [Math.log(it.runs), Math.log(Math.max(read(it), least))])).m;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function weighPages(site: string): Promise<Record<string, PageBytes>> {
  const files = (await readdir(site, { recursive: true })).filter((it) => it.endsWith('index.html')).sort();
  const first = (of: RegExp) => files.find((it) => of.test(it));
  const kinds = {
    ...{ overview: 'index.html', models: 'models/index.html', model: first(/^models\/[^/]+\/index/) },
    ...{ prompts: 'prompts/index.html', prompt: first(/^prompts\/[^/]+\/[^/]+\/index/) },
    ...{ runs: 'runs/index.html', run: 'run/index.html', compare: 'compare/index.html' },
    ...{ changes: 'changes/index.html', methodology: 'methodology/index.html' },
  };
  const pages: Record<string, PageBytes> = {};
  for (const [kind, page] of Object.entries(kinds)) {
    if (page !== undefined && files.includes(page)) pages[kind] = await weighPage(site, page);
  }
  return pages;
}

function print({ details, ...figures }: Figures): void {
  const { full, fixed, incremental, pages, nightBytes } = details;
  const cost = ({ seconds, cpuSeconds, rssMb }: BuildCost) =>
    `${seconds.toFixed(1)} s (${cpuSeconds?.toFixed(1) ?? '–'} s of processors), ${rssMb?.toFixed(0) ?? '–'} MB`;
  say(`${fewRuns} runs: ${cost(fixed)}`);
  for (const it of full) say(`${it.runs} runs: ${cost(it)}`);
  say(`One new night: ${cost(incremental)}`);
  say(
    `Growth: n^${figures.exponent.toFixed(2)}, fixed cost taken off; n^${details.exponentWithFixedCost.toFixed(2)} with it; n^${details.exponentOfCpu?.toFixed(2) ?? '–'} of processors`,
  );
  const kinds = Object.entries(nightBytes).map(([kind, bytes]) => `${kind} ${bytes}`);
  say(`A night adds ${figures.nightBytes} bytes (${kinds.join(', ')})`);
  for (const [page, { html, total }] of Object.entries(pages)) {
    say(`${page}: ${total} bytes over the wire, ${html} of them the document`);
  }
}

const program = new Command('bench:site')
  .description('A history of N nights from a recorded run: what building its site costs, and one night more')
  .option('--runs <n>', 'how many nights', integerOption(fewRuns), 1000)
  .option('--models <n>', 'models of each', integerOption(1), 10)
  .option('--prompts <n>', 'prompts of each', integerOption(1), 24)
  .option('--seed <n>', 'of the nights', integerOption(0), 1)
  .option('--keep <folder>', 'where the history is made and stays: the next time, only what it lacks is made')
  .option('--json', 'print the figures as JSON on standard output')
  .action(async (options: Options) => {
    const figures = await bench(options);
    if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    else print(figures);
  });
await program.parseAsync();
