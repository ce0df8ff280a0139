import { type Command, Option } from 'commander';
import type { BenchResult } from '../bench.ts';
import { benchHere, type HereRequest } from '../bench-here.ts';
import { measuredNothing } from '../core/measured-nothing.ts';
import { cacheMode } from '../schema/config.ts';
import { InputError } from '../store/input-error.ts';
import { loadBenchInputs } from '../store/load-bench-inputs.ts';
import { type ConfigOverrides, loadConfig } from '../store/load-config.ts';
import {
  addHistoryOptions,
  type HistoryOptions,
  openUsualRuns,
  withGivenHistory,
} from './history-options.ts';
import { integerOption, listOption, positiveOption, repeatable } from './option-values.ts';
import { renderTable } from './render-table.ts';
import { terminalLog } from './terminal-log.ts';
import { terminalProgress } from './terminal-progress.ts';

interface BenchOptions extends HistoryOptions {
  config?: string;
  against?: string;
  model?: string[];
  prompts?: string;
  host?: string;
  loads?: number;
  rounds?: number;
  warmup?: number;
  cache?: ConfigOverrides['cache'];
  concurrency?: number[];
  requestRates?: number[];
  busy?: ConfigOverrides['busy'];
  budgetMinutes?: number;
  telemetry: boolean;
  calibrate: boolean;
  out: string;
  json?: true;
}

export function addBenchCommand(program: Command): void {
  const command = program
    .command('bench')
    .description('Benchmark models on a prompt set: speed, tail, and what they answer')
    .option('--config <file>', 'default herdmark.yml, if there is one; the options below go before it')
    .option(
      '--against <before>',
      'the config of before, or "kept" (the models that tags stood for before they moved): what changed is measured, both sides in turn, and judged; or earlier runs, as herdmark compare takes them: a folder of runs, a history, a run of one, or "latest" of the one given by the next options',
    );
  addHistoryOptions(command)
    .option('--model <name>', 'a model to measure; may be given several times', repeatable)
    .option('--prompts <set>', 'a built-in set ("core") or the path of a .yaml file')
    .option('--host <url>', 'where Ollama is; default $OLLAMA_HOST or http://127.0.0.1:11434')
    .option('--loads <n>', 'how often each model is loaded', integerOption(1))
    .option('--rounds <n>', 'timed rounds of the prompt set in each load', integerOption(1))
    .option('--warmup <n>', 'warm-up requests after each load, at the least', integerOption(1))
    .addOption(
      new Option('--cache <mode>', "the server's prompt cache: defeat it, allow it, or measure it").choices(
        cacheMode.options,
      ),
    )
    .option(
      '--concurrency <list>',
      'requests under way at a time, e.g. 1,4,16; 1 is always measured',
      listOption(integerOption(1)),
    )
    .option(
      '--request-rates <list>',
      'requests that arrive per second, answered or not, e.g. 0.5,2',
      listOption(positiveOption),
    )
    .addOption(
      new Option(
        '--busy <what>',
        'where somebody else uses the server: wait (then skip), skip or fail',
      ).choices(['wait', 'skip', 'fail']),
    )
    .option('--budget-minutes <n>', 'how long the run may take', positiveOption)
    .option('--no-telemetry', 'do not sample GPU and CPU')
    .option('--no-calibrate', "do not measure the client's own error where it is not known yet")
    .option('--out <folder>', "the run's folder is made in here", '.herdmark/runs')
    .option('--json', 'print the run report as JSON on standard output')
    .addHelpText(
      'after',
      `
Examples:
  herdmark bench --model qwen3:8b                       one model, the core prompts, 3 loads × 4 rounds
  herdmark bench --model qwen3:8b --model gemma3:4b     two models, side by side
  herdmark bench --config nightly.yml --rounds 8 --budget-minutes 90
  herdmark bench --model qwen3:8b --concurrency 1,4,16  throughput and latency under load
  herdmark bench --against before.yml                   is what herdmark.yml asks for now faster, slower, better?
  herdmark bench --against .herdmark/history            measures it alone, against the nights of a history
  herdmark bench --against latest --repo example/llm-bench
  herdmark bench --model qwen3:8b --json | jq .variants[0].metrics.ttftMs

Ctrl-C keeps and reports what was measured. A run that was killed goes on when the same command is given again.`,
    )
    .action(bench);
}

async function bench({ config: asked, model, json, out, against, ...options }: BenchOptions): Promise<void> {
  const { telemetry, calibrate, history, remote, repo, historyBranch, ...overrides } = options;
  const place = { history, remote, repo, historyBranch };
  if (against === undefined && (history ?? remote ?? repo) !== undefined) {
    throw new InputError(
      'no-against',
      'A history is given, and nothing to take from it: add --against latest, or --against <run id>. Runs are put into it by `herdmark publish`.',
    );
  }
  const inputs = await loadBenchInputs(asked ?? null, {
    ...{ ...overrides, models: model },
    // Only their negation is an option: without it, the file has its say.
    ...{ telemetry: telemetry ? undefined : false, calibrate: calibrate ? undefined : false },
  });
  const here = { ...inputs, outDir: out, log: terminalLog, progress: terminalProgress() };
  const result =
    against === undefined ? await benchHere(here) : await compareSides(here, against, place, json);
  if (json && against === undefined) process.stdout.write(`${JSON.stringify(result.run)}\n`);
  else if (!json) process.stdout.write(renderTable(result.run));
  for (const path of result.leftovers) terminalLog.info(`An earlier run, which was killed, is in ${path}`);
  terminalLog.info(`The run is in ${result.runPath}`);
  if (measuredNothing(result.run)) process.exitCode = 1;
}

async function compareSides(
  here: HereRequest,
  against: string,
  place: HistoryOptions,
  json: true | undefined,
): Promise<BenchResult> {
  const { verdict, notes, ...result } = await measureSides(here, against, place);
  for (const note of notes) terminalLog.info(note);
  if (verdict === null) return result;
  if (json) process.stdout.write(`${JSON.stringify(verdict)}\n`);
  else {
    const { renderVerdictTable } = await import('./render-verdict.ts');
    process.stdout.write(renderVerdictTable(verdict));
  }
  return result;
}

async function measureSides(here: HereRequest, against: string, place: HistoryOptions) {
  const { benchAgainst, benchAgainstEarlier } = await import('../bench-against.ts');
  if (against === 'kept') return benchAgainst(here, 'kept');
  const { findBaseline } = await import('../find-baseline.ts');
  const { findRuns, isNameOfRuns } = await import('../store/find-runs.ts');
  // What is held against it is read before the hour of measuring, and the history's copy is gone in that hour.
  const baseline = await withGivenHistory(place, async (given) => {
    if (given === null && !isNameOfRuns(against)) return null;
    return findBaseline(here, await findRuns(against, given ?? (await openUsualRuns())));
  });
  if (baseline !== null) return benchAgainstEarlier(here, baseline);
  return benchAgainst(here, await loadConfig(against));
}
