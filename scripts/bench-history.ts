// node scripts/bench-history.ts: how well changes are found in history, beside the rules of peers.
import { Command } from 'commander';
import { integerOption } from '../src/cli/option-values.ts';
import { startProgress } from './simulate/print-progress.ts';
import { hireWorkers, usualWorkers } from './simulate/work-force.ts';
import { printHistory, printHistoryHead, printSeries } from './simulate-history/print-history.ts';
import { scoreFolder } from './simulate-history/score-folder.ts';
import { shapeNames } from './simulate-history/shapes.ts';

const program = new Command('bench:history')
  .description('Simulated years of nights: F1 within five nights · false alarms per 1,000 nights · delay.')
  .option('--years <n>', 'years of each shape in which something changes', integerOption(1), 200)
  .option('--quiet-years <n>', 'years of each shape in which nothing does', integerOption(1), 1000)
  .option('--seed <n>', 'draw other years', integerOption(0), 1)
  .option('--shapes <names...>', `of these alone: ${shapeNames.join(', ')}`)
  .option('--series <folder>', 'score this folder of labelled series too')
  .option('--workers <n>', 'threads that simulate side by side', integerOption(1), usualWorkers)
  .option('--json', 'print the figures as one line of JSON; the tables go to standard error');
const { series, shapes, json, workers, ...size } = program.parse().opts<{
  years: number;
  quietYears: number;
  seed: number;
  shapes?: string[];
  workers: number;
  series?: string;
  json?: true;
}>();

const tables = json ? process.stderr : process.stdout;
const only = shapeNames.filter((it) => shapes === undefined || shapes.includes(it));
const labelled =
  series === undefined
    ? null
    : await scoreFolder(series).catch((error: Error) => program.error(error.message));
const workForce = hireWorkers(workers, startProgress());
const toCome = only.map((shape) => workForce.queue({ kind: 'history', shape, size }));
workForce.begin();
printHistoryHead(tables);
const results = [];
for (const result of toCome) {
  const shape = await result;
  printHistory(tables, shape);
  results.push(shape);
}
if (labelled !== null) printSeries(tables, labelled);
if (json) {
  process.stdout.write(`${JSON.stringify({ shapes: results, ...(labelled && { series: labelled }) })}\n`);
}
