import { readLabelledSeries } from './read-labelled-series.ts';
import { type HistoryRuleName, historyRuleNames, historyRules } from './rules.ts';
import { countFalse, meanF1, medianDelay, scoreAlarms } from './score.ts';

export interface RuleOnSeries {
  /** Within five values, the mean over the series with a label; null where there is none. */
  f1: number | null;
  /** The same with a change at the very beginning that everybody finds, as the Turing Change Point Dataset counts. */
  f1WithOrigin: number | null;
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

/**
 * Scores every rule on a folder of labelled series: `*.csv` and `labels.json`. Herdmark's figures stand on top too.
 * @throws {InputError}
 */
export async function scoreFolder(folder: string): Promise<SeriesFigures> {
  const found = await readLabelledSeries(folder);
  const figuresOf = (rule: HistoryRuleName): RuleOnSeries => {
    const scores = found.map(({ values, lastGood }) =>
      scoreAlarms(historyRules[rule](values), lastGood, true),
    );
    return {
      f1: meanF1(scores),
      f1WithOrigin: meanF1(scores.map((it) => ({ ...it, found: it.found + 1 }))),
      falseAlarms: countFalse(scores),
      delay: medianDelay(scores),
    };
  };
  const rules = Object.fromEntries(historyRuleNames.map((rule) => [rule, figuresOf(rule)])) as Record<
    HistoryRuleName,
    RuleOnSeries
  >;
  const total = (sizes: readonly number[]) => sizes.reduce((sum, it) => sum + it, 0);
  return {
    series: found.length,
    labels: total(found.map((it) => it.lastGood.length)),
    values: total(found.map((it) => it.values.length)),
    ...rules.herdmark,
    rules,
  };
}
