import { diagnosticIds, metricDefinitions, metricIds } from '../../../src/core/metrics.ts';
import { describeOptions } from '../../../src/core/model-lines.ts';
import {
  formatBytes,
  formatCount,
  formatDigest,
  formatEnergy,
  formatMetric,
  formatMs,
  formatPercentile,
  formatQuantity,
  formatShare,
  missing,
} from '../../../src/core/render/format.ts';
import type { DiagnosticId, Distribution, MetricId, Variant } from '../../../src/schema/run.ts';

export type Fact = readonly [name: string, value: string];

/** What a model is, and what it takes. */
export function describeIdentity(it: Variant): Fact[] {
  return [
    ['Digest', formatDigest(it.digest)],
    ['Size', [it.parameterSize, it.quantization].filter((word) => word !== null).join(', ') || missing],
    ['Options', describeOptions(it) || 'default'],
    ['Context', it.contextLength === null ? missing : formatQuantity(it.contextLength, 'token')],
    ['Capabilities', it.capabilities.join(', ') || missing],
    ['Memory', formatBytes(it.memoryBytes)],
    ['of it on the GPU', formatBytes(it.vramBytes)],
  ];
}

/** What came of a model's run as a whole. */
export function describeOutcome(it: Variant): Fact[] {
  const { counts, checks } = it;
  return [
    ['Energy per output token', describeEnergy(it)],
    ['Answers passed', formatShare(checks.answersPassed, checks.answers)],
    ['JSON that did not parse', formatShare(checks.jsonParseFailures, checks.jsonExpected)],
    [
      'Requests',
      `${formatCount(counts.ok)} of ${formatCount(counts.planned)} ok, ${formatCount(counts.failed)} failed, ${formatCount(counts.invalid)} invalid`,
    ],
  ];
}

function describeEnergy({ energy }: Pick<Variant, 'energy'>): string {
  return energy.joulesPerOutputToken === null ? `unknown: ${energy.reason}` : formatEnergy(energy);
}

/** One measured quantity of a model, as the cells of a table. */
export interface DistributionRow {
  name: string;
  n: number;
  median: string;
  mean: string;
  interval: string;
  p90: string;
  p95: string;
  p99: string;
  slowest: string;
  slowestPrompt: string | null;
}

export interface DistributionGroup {
  title: string;
  rows: DistributionRow[];
}

/** Everything that was measured of a model; what has no reading is left out, but for the plain metrics. */
export function describeDistributions(variant: Variant): DistributionGroup[] {
  const { metrics, cachedMetrics, diagnostics } = variant;
  const measured = metricIds
    .filter((id) => id !== 'ttfaMs' || metrics.ttfaMs.median !== metrics.ttftMs.median)
    .map((id) => describeRow(metricDefinitions[id].name, id, metrics[id]));
  const cached = (['ttftMs', 'e2eMs'] as const).flatMap((id) =>
    cachedMetrics === null
      ? []
      : [describeRow(`${metricDefinitions[id].name}, cached`, id, cachedMetrics[id])],
  );
  const loads = [
    describeRow('All loads', 'e2eMs', variant.loadMs),
    describeRow('from disk', 'e2eMs', variant.loadFromDiskMs),
    describeRow('from the page cache', 'e2eMs', variant.loadFromPageCacheMs),
  ];
  const trust = diagnosticIds.map((id) => describeRow(metricDefinitions[id].name, id, diagnostics[id]));
  const hasReadings = ({ n }: DistributionRow) => n > 0;
  return [
    { title: 'One request at a time', rows: measured },
    { title: 'The same prompts again, out of the cache', rows: cached },
    { title: 'Loads', rows: loads.filter(hasReadings) },
    { title: 'Diagnostics', rows: trust.filter(hasReadings) },
  ].filter(({ rows }) => rows.length > 0);
}

function describeRow(
  name: string,
  metric: MetricId | DiagnosticId,
  { n, median, mean, medianInterval, p90, p95, p99, slowest }: Distribution,
): DistributionRow {
  const show = (value: number | null | undefined) => formatMetric(metric, value);
  return {
    ...{ name, n, median: show(median), mean: show(mean) },
    interval: medianInterval === null ? missing : `${show(medianInterval[0])} to ${show(medianInterval[1])}`,
    p90: formatPercentile(metric, p90, n),
    p95: formatPercentile(metric, p95, n),
    p99: formatPercentile(metric, p99, n),
    slowest: show(slowest?.value),
    slowestPrompt: slowest?.prompt ?? null,
  };
}

/** Where the weights of a model's loads came from, in a sentence; null where the table of loads says it. */
export function explainLoads({ loadMs, loadFromDiskMs, loadFromPageCacheMs }: Variant): string | null {
  if (loadMs.n === 0) return 'No load was timed.';
  if (loadFromDiskMs.n + loadFromPageCacheMs.n > 0) return null;
  return 'Whether the weights came from disk or from the page cache could not be told: it takes Linux, an Ollama on the same machine, and a clear case.';
}

/** The median and the slowest case, for a narrow cell. */
function describeBrief(metric: MetricId | DiagnosticId, { median, slowest, n }: Distribution): string {
  if (n === 0) return missing;
  return `${formatMetric(metric, median)}, slowest ${formatMetric(metric, slowest?.value)}`;
}

/** Loads by where their weights came from; once where that was one place. */
function describeLoads({ loadMs, loadFromDiskMs, loadFromPageCacheMs }: Variant): Fact[] {
  const places = [
    { name: 'from disk', of: loadFromDiskMs },
    { name: 'from the page cache', of: loadFromPageCacheMs },
  ];
  const only = places.find(({ of }) => of.n > 0 && of.n === loadMs.n);
  const brief = (of: Distribution) => describeBrief('e2eMs', of);
  return [
    ['Load', only === undefined ? brief(loadMs) : `${brief(loadMs)}, ${only.name}`],
    ...places.map(({ name, of }): Fact => [`Load ${name}`, only === undefined ? brief(of) : missing]),
  ];
}

/** One column of a run's table of models. */
export function describeVariant(variant: Variant): Fact[] {
  const { metrics, cachedMetrics, diagnostics } = variant;
  const median = (id: MetricId) => formatMetric(id, metrics[id].median);
  const { slowest } = metrics.e2eMs;
  return [
    ...describeIdentity(variant),
    ['TTFT, median', median('ttftMs')],
    ['TTFT out of the cache, median', formatMs(cachedMetrics?.ttftMs.median)],
    ['Prefill, median', median('prefillTokensPerSecond')],
    ['Decode, median', median('decodeTokensPerSecond')],
    ['E2E, median', median('e2eMs')],
    ['E2E, mean', formatMs(metrics.e2eMs.mean)],
    ['E2E, slowest', formatMs(slowest?.value) + (slowest?.prompt ? ` in ${slowest.prompt}` : '')],
    ...describeLoads(variant),
    ...diagnosticIds.map((id): Fact => [metricDefinitions[id].name, describeBrief(id, diagnostics[id])]),
    ...describeOutcome(variant),
  ];
}

/** The columns side by side: rows in which models differ, and what all of several have in common, which tells none apart. */
export function compareVariants(variants: readonly Variant[]): {
  rows: { name: string; values: string[] }[];
  same: Fact[];
} {
  const columns = variants.map(describeVariant);
  const all = (columns[0] ?? [])
    .map(([name], row) => ({ name, values: columns.map((own) => own[row]?.[1] ?? missing) }))
    .filter(({ values }) => values.some((it) => it !== missing));
  const isSame = ({ values }: (typeof all)[number]) => values.length > 1 && new Set(values).size === 1;
  return {
    rows: all.filter((it) => !isSame(it)),
    same: all.filter(isSame).map(({ name, values }) => [name, values[0] ?? missing]),
  };
}
