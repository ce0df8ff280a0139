import { metricDefinitions } from '../../../src/core/metrics.ts';
import type { Distribution, MetricId, Run, Variant } from '../../../src/schema/run.ts';
import { compareMedians, describeChange, explainIncomparable, type MetricChange } from './changes.ts';
import { isMeasured, type Line, type LinePoint, stretchBefore } from './lines.ts';
import type { SparkInput } from './sparkline.ts';
import type { TrendUnit } from './trend-value.ts';

export interface TrendRow {
  run: Run;
  /** null: not measured, so the line has a gap here. */
  median: number | null;
  interval: readonly [number, number] | null;
  slowest: { value: number; prompt: string | null } | null;
  n: number;
  change: MetricChange | null;
  /** What is new under the tag since the point before, to be marked in the chart. */
  mark: string | null;
  /** What else is different. */
  notes: string[];
  pausedBefore: boolean;
  stoppedEarly: boolean;
}

export interface Trend {
  id: string;
  name: string;
  unit: TrendUnit;
  definition: string;
  better: 'lower' | 'higher';
  hasSlowest: boolean;
  /** Oldest first. */
  rows: TrendRow[];
}

type Reading = Pick<Distribution, 'median' | 'medianInterval' | 'n'> & Pick<TrendRow, 'slowest'>;

interface TrendSource extends Pick<Trend, 'id' | 'name' | 'unit' | 'definition' | 'better' | 'hasSlowest'> {
  read(variant: Variant): Reading;
}

const answersPassed: TrendSource = {
  ...{ id: 'answersPassed', name: 'Answers passed', unit: 'share', better: 'higher', hasSlowest: false },
  definition: 'Judged answers that passed every check, out of all that were judged.',
  read: ({ checks }) => {
    const median = checks.answers === 0 ? null : checks.answersPassed / checks.answers;
    return { median, medianInterval: null, slowest: null, n: checks.answers };
  },
};

const headline: readonly TrendSource[] = [
  timed('ttftMs'),
  timed('decodeTokensPerSecond'),
  timed('e2eMs'),
  answersPassed,
];

const further: readonly TrendSource[] = [
  timed('tpotMs'),
  timed('prefillTokensPerSecond'),
  {
    ...{ id: 'loadMs', name: 'Load', unit: 'ms', better: 'lower', hasSlowest: true },
    definition: 'From asking for the model to having it; the first load may come from disk.',
    read: ({ loadMs }) => loadMs,
  },
];

/** The trends of one line: the headline ones, and the others. */
export function buildTrends(line: Line): { headline: Trend[]; further: Trend[] } {
  return {
    headline: headline.map((source) => buildTrend(line, source)),
    further: [...further, ...(thinks(line) ? [timed('ttfaMs')] : [])].map((source) =>
      buildTrend(line, source),
    ),
  };
}

function buildTrend(line: Line, source: TrendSource): Trend {
  const { read, ...trend } = source;
  return { ...trend, rows: line.points.map((point) => buildRow(point, source)) };
}

function buildRow(point: LinePoint, { read, better, unit }: TrendSource): TrendRow {
  const { run, changes, pausedBefore, before } = point;
  const model = changes.find(({ kind }) => kind === 'model');
  const row = {
    ...{ run, pausedBefore, stoppedEarly: run.status === 'cancelled', change: null },
    mark: model ? describeChange(model) : null,
    notes: changes.filter((it) => it !== model).map(describeChange),
  };
  if (!isMeasured(point)) return { ...row, median: null, interval: null, slowest: null, n: 0 };
  const { median, medianInterval: interval, slowest, n } = read(point.variant);
  const isComparable = before !== null && unit !== 'share' && explainIncomparable(before.run, run) === null;
  const earlier = stretchBefore(point)
    .slice(1)
    .map(({ variant }) => read(variant));
  const change = isComparable
    ? compareMedians(read(before.variant), read(point.variant), better, earlier)
    : null;
  return { ...row, median, interval, slowest, n, change };
}

function timed(metric: MetricId): TrendSource {
  const { name, unit, direction, definition } = metricDefinitions[metric];
  return {
    ...{ id: metric, name, unit, definition, better: direction, hasSlowest: true },
    read: ({ metrics }) => metrics[metric],
  };
}

/** Without thinking, the first answer token is the first token: a second chart of the same would be noise. */
function thinks({ points }: Line): boolean {
  return points
    .filter(isMeasured)
    .some(({ variant: { metrics } }) => metrics.ttfaMs.median !== metrics.ttftMs.median);
}

/** A metric's median over all runs of a line, to be drawn small. */
export function sparkOf(line: Line, metric: MetricId): SparkInput[] {
  return toSpark(buildTrend(line, timed(metric)));
}

/** The share of answers that passed, over all runs of a line. */
export function passedSpark(line: Line): SparkInput[] {
  return toSpark(buildTrend(line, answersPassed));
}

export function toSpark({ rows }: Trend): SparkInput[] {
  return rows.map(({ run, median, mark, pausedBefore }) => ({
    ...{ timeMs: Date.parse(run.startedAt), value: median },
    ...{ isMarked: mark !== null, pausedBefore },
  }));
}
