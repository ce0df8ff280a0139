import { mean, median, quantile, sampleStandardDeviation } from 'simple-statistics';
import { calibrated } from '../../src/core/change-points/thresholds.ts';
import { watchSeries } from '../../src/core/change-points/watch-series.ts';
import { predictionT, rankSumP } from '../simulate/peer-rules.ts';

/** What a rule says of a series. Nights are indices. */
export interface Alarm {
  /** The last night before the change that it tells. */
  lastGood: number;
  /** When it tells it. */
  night: number;
}

export type HistoryRule = (values: readonly number[]) => Alarm[];

/**
 * Rules of tools in use as they look at one figure a night, and what they are held against. A rule that goes on
 * alarming has alarmed once.
 */
export const historyRules = {
  herdmark: (values) => {
    // Without a zero of their own, values have no relative change that could be too small to tell.
    const smallestChange = values.every((it) => it > 0) ? calibrated.smallestChange : 0;
    const { findings } = watchSeries(toLogScale(values), { ...calibrated, smallestChange });
    return findings.flatMap(({ status, lastGood, decidedAt }) =>
      status === 'confirmed' && decidedAt !== null ? [{ lastGood, night: decidedAt }] : [],
    );
  },
  /** A likelihood ratio over windows of 3 to 30 nights on clipped robust z, which takes nights to be independent. */
  plainGlr: (values) => watchPlainly(toLogScale(values)),
  /** github-action-benchmark. */
  ratio2: (values) => whenever(values, 1, (now, before) => now > 2 * (before.at(-1) ?? now)),
  tenPercent: (values) =>
    whenever(values, 1, (now, before) => Math.abs(now / (before.at(-1) ?? now) - 1) > 0.1),
  /** Bencher: beyond the upper or lower 0.99 bound of a t prediction interval of the last 64 nights. */
  tPrediction: (values) =>
    whenever(values, 2, (now, before) => {
      const last = before.slice(-64);
      const spread = sampleStandardDeviation(last) * Math.sqrt(1 + 1 / last.length);
      return Math.abs(now - mean(last)) > predictionT(last.length - 1) * spread;
    }),
  /** The last five nights against the twenty before. */
  mannWhitney: (values) =>
    whenever(
      values,
      24,
      (now, before) => rankSumP([...before.slice(-4), now], before.slice(-24, -4)) < 0.05,
    ).map(({ night }) => ({ night, lastGood: night - 5 })),
  /** rustc-perf: a change of at least Q3 + 3 IQR of the last 30. */
  iqrFence: (values) =>
    whenever(values, 11, (now, before) => {
      const last = before.slice(-31);
      const changes = last.slice(1).map((it, index) => Math.abs(it / (last[index] ?? it) - 1));
      const [q1, q3] = [quantile(changes, 0.25), quantile(changes, 0.75)];
      return Math.abs(now / (before.at(-1) ?? now) - 1) >= q3 + 3 * (q3 - q1);
    }),
  never: () => [],
} as const satisfies Record<string, HistoryRule>;
export type HistoryRuleName = keyof typeof historyRules;

export const historyRuleTitles: Readonly<Record<HistoryRuleName, string>> = {
  herdmark: 'Herdmark',
  plainGlr: 'Likelihood ratio, nights taken as independent',
  ratio2: 'github-action-benchmark: twice the night before',
  tenPercent: '10 % against the night before',
  tPrediction: 'Bencher: t prediction interval, 0.99',
  mannWhitney: '5 nights against 20, Mann–Whitney 0.05',
  iqrFence: 'rustc-perf: Q3 + 3 IQR of the last 30 changes',
  never: 'Never alarming',
};

export const historyRuleNames = Object.keys(historyRules) as HistoryRuleName[];

/** Logarithms where all values have one; else the values in units of their usual change from one to the next. */
function toLogScale(values: readonly number[]): number[] {
  if (values.every((it) => it > 0)) return values.map(Math.log);
  const changes = values.slice(1).map((it, index) => Math.abs(it - (values[index] ?? it)));
  const unit = changes.length === 0 ? 1 : median(changes) || Math.max(...changes) || 1;
  return values.map((it) => it / unit);
}

function whenever(
  values: readonly number[],
  fewest: number,
  isAlarming: (now: number, before: number[]) => boolean,
): Alarm[] {
  const alarms: Alarm[] = [];
  let was = false;
  for (const [night, now] of values.entries()) {
    const is = night >= fewest && isAlarming(now, values.slice(0, night));
    if (is && !was) alarms.push({ night, lastGood: night - 1 });
    was = is;
  }
  return alarms;
}

const madToSd = 1.4826;
/** 0.1 false alarms per 1,000 independent nights with 2 % spikes, by simulation; of few nights more. */
const plainThreshold = 4.9;
const plainScarcity = 10;

function watchPlainly(values: readonly number[]): Alarm[] {
  const alarms: Alarm[] = [];
  let from = 0;
  for (let night = 19; night < values.length; night++) {
    const stretch = values.slice(from, night + 1);
    const usual = stretch.slice(0, Math.max(stretch.length - 30, 17));
    if (stretch.length < 20) continue;
    const level = median(usual);
    const sd = madToSd * median(usual.map((it) => Math.abs(it - level))) || 1e-9;
    let sum = 0;
    let best = 0;
    let window = 0;
    for (const [index, value] of stretch.toReversed().slice(0, 30).entries()) {
      sum += Math.min(Math.max((value - level) / sd, -3), 3);
      const score = Math.abs(sum) / Math.sqrt(index + 1);
      if (index >= 2 && score > best) [best, window] = [score, index + 1];
    }
    if (best < plainThreshold * (1 + plainScarcity / usual.length)) continue;
    alarms.push({ night, lastGood: night - window });
    from = night - window + 1;
  }
  return alarms;
}
