import type { Command } from 'commander';
import { measuredNothing } from '../bench.ts';
import { benchHere } from '../bench-here.ts';
import { loadBenchInputs } from '../store/load-bench-inputs.ts';
import { integerOption, repeatable } from './option-values.ts';
import { renderTable } from './render-table.ts';
import { terminalLog } from './terminal-log.ts';
import { terminalProgress } from './terminal-progress.ts';

interface BenchOptions {
  config?: string;
  model?: string[];
  prompts?: string;
  host?: string;
  loads?: number;
  rounds?: number;
  warmup?: number;
  out: string;
  json?: true;
}

export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description('Benchmark models on a prompt set: speed, tail, and what they answer')
    .option('--config <file>', 'default herdmark.yml, if there is one; the options below go before it')
    .option('--model <name>', 'a model to measure; may be given several times', repeatable)
    .option('--prompts <set>', 'a built-in set ("core") or the path of a .yaml file')
    .option('--host <url>', 'where Ollama is; default $OLLAMA_HOST or http://127.0.0.1:11434')
    .option('--loads <n>', 'how often each model is loaded', integerOption(1))
    .option('--rounds <n>', 'timed rounds of the prompt set in each load', integerOption(1))
    .option('--warmup <n>', 'requests after each load that are not measured', integerOption(1))
    .option('--out <folder>', "the run's folder is made in here", '.herdmark/runs')
    .option('--json', 'print the run report as JSON on standard output')
    .addHelpText(
      'after',
      `
Examples:
  herdmark bench --model qwen3:8b                       one model, the core prompts, 3 loads × 4 rounds
  herdmark bench --model qwen3:8b --model gemma3:4b     two models, side by side
  herdmark bench --config nightly.yml --rounds 8
  herdmark bench --model qwen3:8b --json | jq .variants[0].metrics.ttftMs

Ctrl-C keeps and reports what was measured.`,
    )
    .action(bench);
}

async function bench({ config: asked, model, json, out, ...overrides }: BenchOptions): Promise<void> {
  const inputs = await loadBenchInputs(asked ?? null, { ...overrides, models: model });
  const result = await benchHere({ ...inputs, outDir: out, log: terminalLog, progress: terminalProgress() });
  if (json) process.stdout.write(`${JSON.stringify(result.run)}\n`);
  else process.stdout.write(renderTable(result.run));
  terminalLog.info(`The run is in ${result.runPath}`);
  if (measuredNothing(result.run)) process.exitCode = 1;
}
