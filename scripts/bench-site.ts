// node scripts/bench-site.ts: what a site costs whose history has grown for years.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { integerOption } from '../src/cli/option-values.ts';
import { addNights, growHistory } from './bench-site/grow-history.ts';
import { fitCpuGrowth, fitWallGrowth, takeMedian } from './bench-site/growth.ts';
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
  /**
   * Slope of the logarithm of the time over that of the number of runs, what an almost empty site costs taken off: of the
   * time of all processors, as other programs hardly move that; by the clock where it is not known.
   */
  exponent: number;
  details: {
    exponentWithFixedCost: number;
    /** As exponent; null where it is not known. */
    exponentOfCpu: number | null;
    /** The same by the clock. */
    exponentOfWall: number;
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
/** How often the smaller sites are built: once the fixed cost is taken off, little is left of them, and noise is much of it. */
const smallBuilds = 3;

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
    const buildAnew = async (times: number) => {
      const builds: BuildCost[] = [];
      while (builds.length < times) {
        for (const folder of [site, cache]) await rm(folder, { recursive: true, force: true });
        say(`Building the site of ${size} nights …`);
        builds.push(await measureBuild(history, site, cache));
      }
      return takeMedian(builds);
    };

    await growTo(fewRuns);
    const fixed = await buildAnew(smallBuilds);
    const full: Figures['details']['full'] = [];
    for (const share of shares) {
      await growTo(Math.round(runs * share));
      full.push({ runs: size, ...(await buildAnew(share < 1 ? smallBuilds : 1)) });
    }
    const nightBytes = await growTo(runs + 1);
    say('Adding a night …');
    const incremental = await measureBuild(history, site, cache);
    const pages = await weighPages(site);
    const last = full.at(-1) ?? fixed;
    const [ofCpu, ofWall] = [fitCpuGrowth(fixed, full), fitWallGrowth(fixed, full)];
    const growth = ofCpu ?? ofWall;
    return {
      ...{ fullSeconds: last.seconds, incrementalSeconds: incremental.seconds },
      rssMb: last.rssMb === null ? null : Math.max(last.rssMb, incremental.rssMb ?? 0),
      overviewBytes: pages.overview?.total ?? 0,
      nightBytes: Object.values(nightBytes).reduce((total, it) => total + it, 0),
      exponent: growth.exponent,
      details: {
        exponentWithFixedCost: growth.withFixedCost,
        ...{ exponentOfCpu: ofCpu?.exponent ?? null, exponentOfWall: ofWall.exponent },
        ...{ fixed, full, incremental, pages, nightBytes, generationSeconds },
      },
    };
  } finally {
    if (keep === undefined) await rm(work, { recursive: true, force: true });
  }
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
    `Growth: n^${figures.exponent.toFixed(2)} of processors, fixed cost taken off; n^${details.exponentWithFixedCost.toFixed(2)} with it; n^${details.exponentOfWall.toFixed(2)} by the clock`,
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
  .addHelpText(
    'after',
    `
The growth (exponent) is of the time of all processors, as a busy machine makes the clock's say anything; of the smaller
sites the median of ${smallBuilds} builds. Where the system does not tell that time, it is by the clock: then run it alone. Below
1,000 nights little is left to fit once the cost of an almost empty site is taken off. Seconds are always by the clock.`,
  )
  .action(async (options: Options) => {
    const figures = await bench(options);
    if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    else print(figures);
  });
await program.parseAsync();
