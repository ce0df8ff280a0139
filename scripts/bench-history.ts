// node scripts/bench-history.ts: how well changes are found in history, beside the rules of peers.
import { Command } from 'commander';
import { integerOption } from '../src/cli/option-values.ts';
import { nightsToLearn } from '../src/core/change-points/watch-state.ts';
import { seedRandom } from '../src/core/compare/seeded-random.ts';
import { readLabelledSeries } from './simulate-history/read-labelled-series.ts';
import { type HistoryRuleName, historyRuleNames, historyRules } from './simulate-history/rules.ts';
import { meanF1, medianDelay, type SeriesScore, scoreAlarms } from './simulate-history/score.ts';
import { type LabelledSeries, type ShapeName, shapeNames, shapes } from './simulate-history/shapes.ts';

export interface ShapeFigures {
  /** Within five nights, the mean over series; of a quiet one 1 where nothing was raised, else 0. */
  f1: number;
  /** False alarms per 1,000 nights of a series, its first 20 not counted. */
  falsePer1000: number;
  /** Median of nights from the last good one to the alarm, missed changes included; null where most were missed. */
  delay: number | null;
}
export type HistoryFigures = Record<ShapeName, Record<HistoryRuleName, ShapeFigures>>;

export interface HistoryOptions {
  /** How many years of each shape. */
  series: number;
  seed?: number;
  report?(shape: ShapeName, figures: Record<HistoryRuleName, ShapeFigures>): void;
}

/** Simulates years of nights of every shape, each shape from a seed of its own, and scores every rule on them. */
export async function runHistorySimulation({
  series,
  seed = 1,
  report,
}: HistoryOptions): Promise<HistoryFigures> {
  const figures = shapeNames.map((name, index) => {
    const random = seedRandom(seed * 1000 + index);
    const drawn = Array.from({ length: series }, (_, at) => shapes[name].draw(random, at));
    const nights = drawn.reduce((sum, { values }) => sum + Math.max(values.length - nightsToLearn, 0), 0);
    const ofRules = scoreRules(drawn, false, (scores) => ({
      f1: meanF1(scores),
      falsePer1000: (countFalse(scores) / nights) * 1000,
      delay: medianDelay(scores),
    }));
    report?.(name, ofRules);
    return [name, ofRules] as const;
  });
  return Object.fromEntries(figures) as HistoryFigures;
}

export interface RuleOnSeries {
  /** Within five values, the mean over series; 1 for one without a label and without an alarm. */
  f1: number;
  /** With a change at the very beginning that everybody finds, as the Turing Change Point Dataset counts. */
  f1WithOrigin: number;
  falseAlarms: number;
  /** Median of values from the last good one to the alarm; null where most were missed. */
  delay: number | null;
}
export interface SeriesFigures extends RuleOnSeries {
  series: number;
  labels: number;
  values: number;
  rules: Record<HistoryRuleName, RuleOnSeries>;
}

/** Scores every rule on a folder of labelled series: `*.csv` and `labels.json`. Herdmark's figures stand on top too. */
export async function scoreSeries(folder: string): Promise<SeriesFigures> {
  const found = await readLabelledSeries(folder);
  const rules = scoreRules(found, true, (scores) => ({
    f1: meanF1(scores),
    f1WithOrigin: meanF1(scores.map((it) => ({ ...it, found: it.found + 1 }))),
    falseAlarms: countFalse(scores),
    delay: medianDelay(scores),
  }));
  const count = (of: (series: LabelledSeries) => number) => found.reduce((sum, it) => sum + of(it), 0);
  return {
    ...{
      series: found.length,
      labels: count((it) => it.lastGood.length),
      values: count((it) => it.values.length),
    },
    ...rules.herdmark,
    rules,
  };
}

function scoreRules<Figures>(
  series: readonly LabelledSeries[],
  lateLabels: boolean,
  summarise: (scores: SeriesScore[]) => Figures,
): Record<HistoryRuleName, Figures> {
  const scored = historyRuleNames.map((rule) => [
    rule,
    summarise(series.map((it) => scoreAlarms(historyRules[rule](it.values), it.lastGood, lateLabels))),
  ]);
  return Object.fromEntries(scored);
}

function countFalse(scores: readonly SeriesScore[]): number {
  return scores.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0);
}

const nameWidth = 24;

function printRow(name: string, cells: readonly string[]): void {
  process.stdout.write(`${name.padEnd(nameWidth)}${cells.map((it) => it.padStart(16)).join('')}\n`);
}

async function main(): Promise<void> {
  const options = new Command('bench:history')
    .description('Simulated years of nights: F1 within five nights · false alarms per 1,000 nights · delay.')
    .option('--years <n>', 'simulated years of each shape', integerOption(1), 180)
    .option('--series <folder>', 'score this folder of labelled series too')
    .option('--json', 'print the figures as one line of JSON at the end')
    .parse()
    .opts<{ years: number; series?: string; json?: true }>();
  const start = performance.now();
  printRow('', historyRuleNames);
  const history = await runHistorySimulation({
    series: options.years,
    report: (shape, figures) =>
      printRow(
        shape,
        historyRuleNames.map((rule) => {
          const { f1, falsePer1000, delay } = figures[rule];
          return `${f1.toFixed(2)} · ${falsePer1000.toFixed(falsePer1000 < 1 ? 2 : 0)} · ${delay ?? '–'}`;
        }),
      ),
  });
  const series = options.series === undefined ? null : await scoreSeries(options.series);
  if (series !== null) {
    printRow(
      `${series.series} labelled`,
      historyRuleNames.map((rule) => {
        const { f1, falseAlarms, delay } = series.rules[rule];
        return `${f1.toFixed(2)} · ${falseAlarms} · ${delay ?? '–'}`;
      }),
    );
  }
  const seconds = (performance.now() - start) / 1000;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ history, ...(series !== null && { series }), seconds })}\n`);
  }
}

if (import.meta.main) await main();
