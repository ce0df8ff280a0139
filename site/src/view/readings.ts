import { quantileSorted } from 'simple-statistics';
import { isCompared } from '../../../src/core/compare/pair-samples.ts';
import { describeReadings, type Reading } from '../../../src/core/distribution.ts';
import { measure, metricDefinitions } from '../../../src/core/metrics.ts';
import { formatCount, formatMetric, formatPercentile, missing } from '../../../src/core/render/format.ts';
import type { MetricId } from '../../../src/schema/run.ts';
import type { Sample } from '../../../src/schema/sample.ts';

/** Readings that are drawn and described together. */
export interface ReadingGroup {
  key: string;
  name: string;
  readings: readonly Reading[];
}

/** A model's readings over all prompts or of one, or one model's readings of each prompt. */
export type Grouping = { by: 'model'; prompt: string | null } | { by: 'prompt'; variant: string };

interface Named {
  key: string;
  name: string;
}

/**
 * One metric of the timed samples of a run, one request at a time and not out of the cache: what series are made of.
 * Groups without a reading are left out.
 */
export function groupReadings(
  samples: readonly Sample[],
  metric: MetricId,
  grouping: Grouping,
  { variants, prompts }: { variants: readonly Named[]; prompts: readonly Named[] },
): ReadingGroup[] {
  const compared = samples.filter(isCompared);
  const [own, groups] =
    grouping.by === 'model'
      ? [compared.filter((it) => grouping.prompt === null || it.prompt === grouping.prompt), variants]
      : [compared.filter((it) => it.variant === grouping.variant), prompts];
  const keyOf = (sample: Sample) => (grouping.by === 'model' ? sample.variant : sample.prompt);
  const byKey = Map.groupBy(own, keyOf);
  return groups
    .map(({ key, name }) => ({ key, name, readings: readAll(byKey.get(key) ?? [], metric) }))
    .filter(({ readings }) => readings.length > 0);
}

function readAll(samples: readonly Sample[], metric: MetricId): Reading[] {
  return samples.flatMap((sample) => {
    const value = measure(metric, sample);
    return value === null ? [] : [{ sample: sample.id, prompt: sample.prompt, value }];
  });
}

export interface Step {
  x: number;
  y: number;
}

/** The empirical distribution function: at each reading the share of readings that are no larger, from 0 to 1. */
export function toSteps(readings: readonly Pick<Reading, 'value'>[]): Step[] {
  const sorted = readings.map(({ value }) => value).sort((a, b) => a - b);
  const steps = sorted.map((x, index) => ({ x, y: (index + 1) / sorted.length }));
  const [first] = steps;
  return first === undefined ? [] : [{ x: first.x, y: 0 }, ...steps];
}

/** The box of a group: quartiles, whiskers, and the readings beyond them. */
export interface Box {
  min: number;
  whiskerMin: number;
  q1: number;
  median: number;
  q3: number;
  whiskerMax: number;
  max: number;
  outliers: number[];
}

/** How far a whisker reaches at the most, in lengths of the box. */
const mostReach = 1.5;

/**
 * Whiskers reach to the farthest reading within 1.5 times the box, and never end inside it (Tukey, Exploratory Data
 * Analysis, 1977).
 */
export function toBox(readings: readonly Pick<Reading, 'value'>[]): Box {
  const sorted = readings.map(({ value }) => value).sort((a, b) => a - b);
  const at = (share: number) => quantileSorted([...sorted], share);
  const [min, q1, median, q3, max] = [at(0), at(0.25), at(0.5), at(0.75), at(1)];
  const reach = mostReach * (q3 - q1);
  const within = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  return {
    ...{ min, q1, median, q3, max },
    whiskerMin: Math.min(within[0] ?? q1, q1),
    whiskerMax: Math.max(within.at(-1) ?? q3, q3),
    outliers: sorted.filter((value) => value < q1 - reach || value > q3 + reach),
  };
}

/** What a chart of readings shows, as the cells of a table. */
export interface GroupRow {
  key: string;
  name: string;
  cells: string[];
}

export const groupColumns: readonly string[] = [
  ...['n', 'Lowest', 'Median', '95 % interval of it', 'Mean', 'p90', 'p95', 'p99', 'Highest'],
];

export function describeGroups(groups: readonly ReadingGroup[], metric: MetricId): GroupRow[] {
  const show = (value: number | null) => formatMetric(metric, value);
  return groups.map(({ key, name, readings }) => {
    const it = describeReadings(readings, metricDefinitions[metric].direction);
    const interval = it.medianInterval;
    const percentile = (value: number | null) => formatPercentile(metric, value, it.n);
    return {
      ...{ key, name },
      cells: [
        ...[formatCount(it.n), show(it.min), show(it.median)],
        interval === null ? missing : `${show(interval[0])} to ${show(interval[1])}`,
        ...[show(it.mean), percentile(it.p90), percentile(it.p95), percentile(it.p99), show(it.max)],
      ],
    };
  });
}

/** One metric of one model by load: whether it drifted within a run, and what each load brings with it. */
export interface LoadRow {
  key: string;
  name: string;
  /** Medians, by load. */
  medians: string[];
  /** The last load's median against the first one's: 0.05 is 5 % more. */
  change: number | null;
}

export function describeLoads(
  samples: readonly Sample[],
  metric: MetricId,
  variants: readonly Named[],
): { loads: number[]; rows: LoadRow[] } {
  const compared = samples.filter(isCompared);
  const loads = [...new Set(compared.map(({ block }) => block))].sort((a, b) => a - b);
  const rows = variants.map(({ key, name }) => {
    const own = compared.filter((it) => it.variant === key);
    const medians = loads.map(
      (load) =>
        describeReadings(
          readAll(
            own.filter((it) => it.block === load),
            metric,
          ),
          'lower',
        ).median,
    );
    const [first, last] = [medians[0] ?? null, medians.at(-1) ?? null];
    return {
      ...{ key, name, medians: medians.map((value) => formatMetric(metric, value)) },
      change: first === null || last === null || first === 0 || loads.length < 2 ? null : last / first - 1,
    };
  });
  return { loads, rows };
}
