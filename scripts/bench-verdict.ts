// npm run bench:verdict: how often a verdict is wrong, what it sees and how long it takes, and how well changes are found
// in history, beside the rules of peers.
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { integerOption } from '../src/cli/option-values.ts';
import type { AnswerCell } from './simulate/answers.ts';
import type { NightCell } from './simulate/nights.ts';
import { peerNames } from './simulate/peer-rules.ts';
import { startProgress } from './simulate/print-progress.ts';
import type { CellResult } from './simulate/pull-requests.ts';
import { describeCell, scorecardCells, summarizeCells } from './simulate/scorecard.ts';
import { timeVerdict } from './simulate/whole-verdict.ts';
import { hireWorkers, usualWorkers } from './simulate/work-force.ts';
import { composeScorecard } from './simulate-history/compose-scorecard.ts';
import { printHistory, printHistoryHead, printSeries } from './simulate-history/print-history.ts';
import { scoreFolder } from './simulate-history/score-folder.ts';
import { shapeNames } from './simulate-history/shapes.ts';

const models = 10;
const seed = 1;

const program = new Command('bench:verdict')
  .description(
    'Simulated pull requests and years of nights, on noise with the shape of real latency. Two processors take two ' +
      'to three minutes; the figures are the same on any number of them.',
  )
  .option('--cells <n>', 'simulated pull requests of each kind', integerOption(1), 2000)
  .option('--years <n>', 'years of each shape of history in which something changes', integerOption(1), 200)
  .option('--quiet-years <n>', 'years of each in which nothing does', integerOption(1), 1000)
  .option('--series <folder>', 'score this folder of labelled series too: *.csv and labels.json')
  .option('--scorecard [file]', 'write what the site shows of it')
  .option('--workers <n>', 'threads that simulate side by side', integerOption(1), usualWorkers)
  .option('--json', 'print the figures as one line of JSON; the tables go to standard error');
const options = program.parse().opts<{
  cells: number;
  years: number;
  quietYears: number;
  series?: string;
  scorecard?: string | true;
  workers: number;
  json?: true;
}>();
const { cells, json } = options;
const tables = json ? process.stderr : process.stdout;
const scorecardFile = options.scorecard === true ? 'site/src/data/scorecard.json' : options.scorecard;

// Read before anything takes minutes.
const series =
  options.series === undefined
    ? null
    : await scoreFolder(options.series).catch((error: Error) => program.error(error.message));
const history = { years: options.years, quietYears: options.quietYears, seed };
const workForce = hireWorkers(options.workers, startProgress());
const cellsToCome = scorecardCells.map((cell, index) => ({
  ...describeCell(cell),
  result: workForce.queue({ kind: 'pullRequests', cell: index, pullRequests: cells }),
}));
const answersToCome = [1, 2, 10].flatMap((variety) =>
  [0, 3, 24].map((changed) => {
    const cell: AnswerCell = { prompts: 24, loads: 6, variety, changed };
    const comparisons = Math.ceil(cells / 10);
    return { cell, result: workForce.queue({ kind: 'answers', cell, comparisons, seed }) };
  }),
);
const nightsToCome = [7, 14].flatMap((earlier) =>
  [0, 0.02].flatMap((badNights) =>
    [0, 0.05, 0.1].map((slower) => {
      const cell: NightCell = { earlier, badNights, nightSd: 0.02, slower: Math.log1p(slower) };
      return { cell, result: workForce.queue({ kind: 'nights', cell, runs: cells, seed }) };
    }),
  ),
);
const shapesToCome = shapeNames.map((shape) => workForce.queue({ kind: 'history', shape, size: history }));
workForce.begin();

const nameWidth = 76;
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const print = (name: string, ...columns: string[]) =>
  tables.write(`${name.padEnd(nameWidth)}  ${columns.map((it) => it.padStart(10)).join('')}\n`);

function printCell(
  { name, isQuiet }: ReturnType<typeof describeCell>,
  { falseAlarms, named, unchanged, promptsShown, peers }: CellResult,
) {
  const ofPeers = peerNames.map((peer) => peers[peer][isQuiet ? 'falseAlarms' : 'named']);
  print(name, ...[isQuiet ? falseAlarms : named, unchanged, promptsShown, ...ofPeers].map(percent));
}

print(
  'Pull requests: any alarm where nothing changed, else the slowdown named',
  'Herdmark',
  'unchanged',
  'prompts',
  ...peerNames,
);
const cellResults: CellResult[] = [];
for (const { result, ...cell } of cellsToCome) {
  const found = await result;
  printCell(cell, found);
  cellResults.push(found);
}
const { cells: results, ...scorecard } = summarizeCells(cellResults);

print('\nAnswers to 24 prompts, 6 loads a side', 'changed', 'named', 'false', 'checks');
const answers = [];
for (const { cell, result } of answersToCome) {
  const found = await result;
  const { textCalled, named, falseShare, qualityCalled } = found;
  const columns = [textCalled, named, falseShare, qualityCalled].map(percent);
  print(`${cell.variety} answers to a prompt, ${cell.changed} prompts changed`, ...columns);
  answers.push({ ...cell, ...found });
}

print('\nA run against earlier ones, night SD 2 %', 'called');
const nights = [];
for (const { cell, result } of nightsToCome) {
  const called = await result;
  const slower = Math.expm1(cell.slower);
  print(
    `${cell.earlier} nights, ${percent(cell.badNights)} bad ones, ${percent(slower)} slower`,
    percent(called),
  );
  nights.push({ ...cell, called });
}

tables.write(
  '\nYears of nights: F1 within five nights · false alarms per 1,000 nights · nights to the alarm\n',
);
printHistoryHead(tables);
const shapes = [];
for (const result of shapesToCome) {
  const shape = await result;
  printHistory(tables, shape);
  shapes.push(shape);
}
if (series !== null) printSeries(tables, series);

// Timed when nothing else is at work.
const { seconds } = timeVerdict(models);
print(
  `\nWorst false alarm rate ${percent(scorecard.falseAlarmRate)}; a verdict over ${models} models ${seconds.toFixed(2)} s`,
);

if (scorecardFile !== undefined) {
  const published = composeScorecard(seed, shapes, cells, { ...scorecard, cells: results });
  await writeFile(scorecardFile, `${JSON.stringify(published, null, 2)}\n`);
}
if (json) {
  const byShape = Object.fromEntries(shapes.map(({ id, rules }) => [id, rules]));
  const figures = { ...scorecard, history: byShape, ...(series && { series }), seconds };
  process.stdout.write(`${JSON.stringify({ ...figures, cells: results, answers, nights })}\n`);
}
