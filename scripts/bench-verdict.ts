// npm run bench:verdict: how often a verdict is wrong, what it sees and how long it takes, and how well changes are found
// in history, beside the rules of peers.
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { integerOption } from '../src/cli/option-values.ts';
import { type AnswerCell, simulateAnswers } from './simulate/answers.ts';
import { type NightCell, simulateNights } from './simulate/nights.ts';
import { peerNames } from './simulate/peer-rules.ts';
import { type Scorecard, simulateScorecard } from './simulate/scorecard.ts';
import { timeVerdict } from './simulate/whole-verdict.ts';
import { composeScorecard } from './simulate-history/compose-scorecard.ts';
import { simulateHistoryMeanwhile } from './simulate-history/in-another-process.ts';
import { printHistory, printHistoryHead, printSeries } from './simulate-history/print-history.ts';
import { scoreFolder } from './simulate-history/score-folder.ts';

const models = 10;
const seed = 1;

const program = new Command('bench:verdict')
  .description(
    'Simulated pull requests and years of nights, on noise with the shape of real latency. It takes about five ' +
      'minutes; with --cells 500 --years 50 --quiet-years 200, two.',
  )
  .option('--cells <n>', 'simulated pull requests of each kind', integerOption(1), 2000)
  .option('--years <n>', 'years of each shape of history in which something changes', integerOption(1), 200)
  .option('--quiet-years <n>', 'years of each in which nothing does', integerOption(1), 1000)
  .option('--series <folder>', 'score this folder of labelled series too: *.csv and labels.json')
  .option('--scorecard [file]', 'write what the site shows of it')
  .option('--json', 'print the figures as one line of JSON at the end');
const options = program.parse().opts<{
  cells: number;
  years: number;
  quietYears: number;
  series?: string;
  scorecard?: string | true;
  json?: true;
}>();
const { cells, json } = options;
const scorecardFile = options.scorecard === true ? 'site/src/data/scorecard.json' : options.scorecard;

// Read before anything takes minutes.
const series =
  options.series === undefined
    ? null
    : await scoreFolder(options.series).catch((error: Error) => program.error(error.message));
const meanwhile = simulateHistoryMeanwhile(options.years, options.quietYears, seed).catch((error: Error) =>
  program.error(error.message),
);

const nameWidth = 76;
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
const print = (name: string, ...columns: string[]) =>
  process.stdout.write(`${name.padEnd(nameWidth)}  ${columns.map((it) => it.padStart(10)).join('')}\n`);

function printCell({
  name,
  isQuiet,
  falseAlarms,
  named,
  unchanged,
  promptsShown,
  peers,
}: Scorecard['cells'][number]) {
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
const { cells: results, ...scorecard } = simulateScorecard(cells, printCell);

print('\nAnswers to 24 prompts, 6 loads a side', 'changed', 'named', 'false', 'checks');
const answers = [1, 2, 10].flatMap((variety) =>
  [0, 3, 24].map((changed) => {
    const cell: AnswerCell = { prompts: 24, loads: 6, variety, changed };
    const found = simulateAnswers(cell, Math.ceil(cells / 10), 1);
    const { textCalled, named, falseShare, qualityCalled } = found;
    const columns = [textCalled, named, falseShare, qualityCalled].map(percent);
    print(`${variety} answers to a prompt, ${changed} prompts changed`, ...columns);
    return { ...cell, ...found };
  }),
);

print('\nA run against earlier ones, night SD 2 %', 'called');
const nights = [7, 14].flatMap((earlier) =>
  [0, 0.02].flatMap((badNights) =>
    [0, 0.05, 0.1].map((slower) => {
      const cell: NightCell = { earlier, badNights, nightSd: 0.02, slower: Math.log1p(slower) };
      const called = simulateNights(cell, cells, 1);
      print(`${earlier} nights, ${percent(badNights)} bad ones, ${percent(slower)} slower`, percent(called));
      return { ...cell, called };
    }),
  ),
);

const { seconds } = timeVerdict(models);
print(
  `\nWorst false alarm rate ${percent(scorecard.falseAlarmRate)}; a verdict over ${models} models ${seconds.toFixed(2)} s`,
);

const shapes = await meanwhile;
process.stdout.write(
  '\nYears of nights: F1 within five nights · false alarms per 1,000 nights · nights to the alarm\n',
);
printHistoryHead();
for (const shape of shapes) printHistory(shape);
if (series !== null) printSeries(series);

if (scorecardFile !== undefined) {
  const published = composeScorecard(seed, shapes, cells, { ...scorecard, cells: results });
  await writeFile(scorecardFile, `${JSON.stringify(published, null, 2)}\n`);
}
if (json) {
  const history = Object.fromEntries(shapes.map(({ id, rules }) => [id, rules]));
  const figures = { ...scorecard, history, ...(series && { series }), seconds };
  process.stdout.write(`${JSON.stringify({ ...figures, cells: results, answers, nights })}\n`);
}
