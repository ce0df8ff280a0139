import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { benchHere } from '../bench-here.ts';
import { measuredNothing } from '../core/measured-nothing.ts';
import { InputError } from '../store/input-error.ts';
import { loadConfig } from '../store/load-config.ts';
import { loadPromptSet } from '../store/load-prompt-set.ts';
import { startEngineProcess } from './engine-process.ts';
import { integerOption, repeatable } from './option-values.ts';
import { renderTable } from './render-table.ts';
import { serveFolder } from './serve-folder.ts';
import { terminalLog } from './terminal-log.ts';
import { terminalProgress } from './terminal-progress.ts';

interface DemoOptions {
  host?: string;
  model?: string[];
  runs: number;
  serve: boolean;
}

const folder = '.herdmark/demo';
/** Short, so that six runs of two models take two or three minutes; a nightly takes the defaults of `bench`. */
const short = { loads: 2, rounds: 2 };
/** The tag that moves from v1 to v2 half-way, as tags on a registry do. */
const movingTag = 'herdmark-tiny:latest';

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('Short real runs with a model upgrade in the middle, and the site of them, served')
    .option('--host <url>', 'measure a real Ollama instead of the embedded engine')
    .option('--model <name>', 'with --host: a model to measure; may be given several times', repeatable)
    .option('--runs <n>', 'how many runs', integerOption(2), 6)
    .option('--no-serve', 'stop when the site is built')
    .addHelpText(
      'after',
      `
Examples:
  npm run demo                                                        two tiny models on the embedded engine
  npm run demo -- --no-serve                                          runs and site, then done
  npm run demo -- --host http://127.0.0.1:11434 --model smollm2:135m  the same with a real Ollama`,
    )
    .action(demo);
}

async function demo({ host, model, runs, serve }: DemoOptions): Promise<void> {
  const runsDir = join(folder, 'runs');
  const siteDir = join(folder, 'site');
  await rm(folder, { recursive: true, force: true });
  if (host === undefined) await runOnEngine(runs, runsDir);
  else await runOnHost(host, model ?? [], runs, runsDir);

  terminalLog.info('Building the site …');
  const { buildSite } = await import('../../site/build.ts');
  const built = await buildSite({ runsDir, outDir: siteDir, base: '/', log: terminalLog });
  terminalLog.info(`${built.pages} pages of ${built.runs} runs in ${siteDir}`);
  if (serve) await serveFolder(siteDir, terminalLog);
}

async function runOnEngine(runs: number, outDir: string): Promise<void> {
  const engine = await startEngineProcess();
  try {
    for (let run = 0; run < runs; run++) {
      const upgraded = run >= runs / 2;
      await engine.pointTag(movingTag, upgraded ? 'herdmark-tiny:v2' : 'herdmark-tiny:v1');
      await runOnce(
        `Run ${run + 1} of ${runs}${upgraded ? `: ${movingTag} has moved` : ''}`,
        engine.url,
        [movingTag, 'herdmark-tiny:v1'],
        outDir,
      );
    }
  } finally {
    await engine.stop();
  }
}

async function runOnHost(host: string, models: string[], runs: number, outDir: string): Promise<void> {
  if (models.length === 0) {
    throw new InputError(
      'no-model',
      `Which model on ${host}? Name one that it has: --model smollm2:135m (see \`ollama list\`).`,
    );
  }
  for (let run = 0; run < runs; run++) await runOnce(`Run ${run + 1} of ${runs}`, host, models, outDir);
}

async function runOnce(title: string, host: string, models: string[], outDir: string): Promise<void> {
  terminalLog.info(title);
  const config = await loadConfig(null, { host, models, ...short });
  const promptSet = await loadPromptSet(config.prompts, '.');
  const { run } = await benchHere({
    config,
    promptSet,
    outDir,
    log: terminalLog,
    progress: terminalProgress(),
  });
  process.stdout.write(renderTable(run));
  if (run.status === 'cancelled') throw new InputError('cancelled', 'The demo was cancelled.');
  if (measuredNothing(run))
    throw new InputError('nothing-measured', 'Nothing could be measured: see the failures above.');
}
