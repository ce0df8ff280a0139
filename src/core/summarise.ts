import type { CheckResult } from '../schema/check.ts';
import type { Objectives } from '../schema/config.ts';
import type { Plan, PlannedRequest } from '../schema/plan.ts';
import type {
  Diagnostics,
  Distribution,
  Flagged,
  Metrics,
  Run,
  SampleCounts,
  Series,
  ShapeResult,
  Variant,
} from '../schema/run.ts';
import type { Sample } from '../schema/sample.ts';
import { countChecks } from './checks/count-checks.ts';
import { type Direction, describeReadings, type Reading } from './distribution.ts';
import { oneAtATime } from './load-shape.ts';
import { measure, metricDefinitions } from './metrics.ts';
import { computeThroughput, isOfShape } from './shape-results.ts';

/** What of a variant's report follows from its plan and samples alone. */
export type VariantFindings = Pick<
  Variant,
  | 'loadMs'
  | 'loadFromDiskMs'
  | 'loadFromPageCacheMs'
  | 'counts'
  | 'flagged'
  | 'metrics'
  | 'cachedMetrics'
  | 'diagnostics'
  | 'loadShapes'
  | 'checks'
>;

/** The same of the whole run. */
export type Findings = Pick<Run, 'counts' | 'failures' | 'series'> & {
  variants: Record<string, VariantFindings>;
};

/**
 * Summarises samples into series (variant × prompt) and variants. Timed samples are measured, one at a time in the
 * series and for each load shape in the variants; bare ones are judged; warm-up is neither, nor is it counted.
 */
export function summariseSamples(
  plan: Plan,
  samples: readonly Sample[],
  checksHashes: ReadonlyMap<string, string>,
  objectives: Objectives = {},
): Findings {
  const requests = plan.requests.filter(isCounted);
  const counted = samples.filter(isCounted);
  const requestsOf = Map.groupBy(requests, ({ variant }) => variant);
  const samplesOf = Map.groupBy(counted, ({ variant }) => variant);
  return {
    counts: countSamples(requests, counted),
    failures: samples.flatMap(({ id, error }) => (error === null ? [] : [{ sample: id, ...error }])),
    series: plan.variants.flatMap(({ key }) =>
      summariseSeries(key, requestsOf.get(key) ?? [], samplesOf.get(key) ?? [], checksHashes),
    ),
    variants: Object.fromEntries(
      plan.variants.map(({ key }) => [
        key,
        summariseVariant(plan, requestsOf.get(key) ?? [], samplesOf.get(key) ?? [], objectives),
      ]),
    ),
  };
}

function summariseVariant(
  plan: Plan,
  requests: readonly PlannedRequest[],
  samples: readonly Sample[],
  objectives: Objectives,
): VariantFindings {
  const measured = samples.filter(isMeasured);
  const cached = samples.filter(({ cacheExpected }) => cacheExpected === 'hit');
  return {
    loadMs: describeLoads(samples),
    loadFromDiskMs: describeLoads(samples.filter(({ loadedFrom }) => loadedFrom === 'disk')),
    loadFromPageCacheMs: describeLoads(samples.filter(({ loadedFrom }) => loadedFrom === 'page-cache')),
    counts: countSamples(requests, samples),
    flagged: countFlags(samples),
    metrics: describeMetrics(measured),
    cachedMetrics: plan.cache === 'measure' ? describeMetrics(cached) : null,
    diagnostics: describeDiagnostics(measured),
    // Asked in turn with another, a model has no throughput of its own.
    loadShapes: (plan.comparison?.resident ? [] : plan.loadShapes).map((loadShape): ShapeResult => {
      // What is to come out of the cache is sent in between: it took of the time, and counts.
      const isOwn = (it: PlannedRequest | Sample) => it.phase === 'timed' && isOfShape(it, loadShape);
      const own = samples.filter(isOwn);
      return {
        loadShape,
        counts: countSamples(requests.filter(isOwn), own),
        metrics: describeMetrics(own.filter(({ cacheExpected }) => cacheExpected !== 'hit')),
        ...computeThroughput(own, objectives),
      };
    }),
    checks: countChecks(bareAnswers(samples)),
  };
}

function summariseSeries(
  variant: string,
  requests: readonly PlannedRequest[],
  samples: readonly Sample[],
  checksHashes: ReadonlyMap<string, string>,
): Series[] {
  const requestsOf = Map.groupBy(requests, ({ prompt }) => prompt);
  const samplesOf = Map.groupBy(samples, ({ prompt }) => prompt);
  const first = requests.filter(({ phase, block }) => phase === 'bare' && block === 0);
  return first.flatMap(({ prompt, requestHash }) => {
    const checksHash = prompt === null ? undefined : checksHashes.get(prompt);
    if (prompt === null || requestHash === null || checksHash === undefined) return [];
    const own = samplesOf.get(prompt) ?? [];
    const planned = requestsOf.get(prompt) ?? [];
    return {
      ...{ variant, prompt, requestHash, checksHash },
      counts: countSamples(planned.filter(belongsToSeries), own.filter(belongsToSeries)),
      metrics: describeMetrics(own.filter(isMeasured)),
      checks: countChecks(bareAnswers(own)),
      distinctAnswers: new Set(own.filter(isAnswered).map(({ output }) => output)).size,
    };
  });
}

/** How much warm-up there is shows only on the way, so none of it was planned. */
function isCounted({ phase }: PlannedRequest | Sample): boolean {
  return phase !== 'warmup';
}

/** A series is of requests that went one at a time, and were not meant to come out of the cache. */
function belongsToSeries(it: PlannedRequest | Sample): boolean {
  return isOfShape(it, oneAtATime) && it.cacheExpected !== 'hit';
}

function isMeasured(sample: Sample): boolean {
  return sample.phase === 'timed' && belongsToSeries(sample);
}

function countSamples(planned: readonly PlannedRequest[], samples: readonly Sample[]): SampleCounts {
  const having = (status: Sample['status']) => samples.filter((it) => it.status === status).length;
  return { planned: planned.length, ok: having('ok'), failed: having('failed'), invalid: having('invalid') };
}

/** The most frequent first. */
function countFlags(samples: readonly Sample[]): Flagged[] {
  const byCode = Map.groupBy(
    samples.flatMap(({ flags }) => flags),
    ({ code }) => code,
  );
  return [...byCode]
    .map(([code, flags]) => ({ code, samples: flags.length, reason: flags[0]?.reason ?? code }))
    .sort((a, b) => b.samples - a.samples);
}

function describeMetrics(samples: readonly Sample[]): Metrics {
  const describe = describeOf(samples);
  return {
    ttftMs: describe('ttftMs'),
    ttfaMs: describe('ttfaMs'),
    tpotMs: describe('tpotMs'),
    e2eMs: describe('e2eMs'),
    prefillTokensPerSecond: describe('prefillTokensPerSecond'),
    decodeTokensPerSecond: describe('decodeTokensPerSecond'),
  };
}

function describeDiagnostics(samples: readonly Sample[]): Diagnostics {
  const describe = describeOf(samples);
  return {
    iclMs: describe('iclMs'),
    longestGapMs: describe('longestGapMs'),
    residualMs: describe('residualMs'),
    transportMs: describe('transportMs'),
  };
}

function describeOf(samples: readonly Sample[]): (metric: keyof typeof metricDefinitions) => Distribution {
  return (metric) =>
    describeValues(samples, (it) => measure(metric, it), metricDefinitions[metric].direction);
}

function describeLoads(samples: readonly Sample[]): Distribution {
  const loads = samples.filter(({ phase, status }) => phase === 'load' && status === 'ok');
  return describeValues(loads, ({ client }) => client?.e2eMs ?? null, 'lower');
}

function describeValues(
  samples: readonly Sample[],
  read: (sample: Sample) => number | null,
  direction: Direction,
): Distribution {
  const readings = samples.flatMap((it): Reading[] => {
    const value = read(it);
    return value === null ? [] : [{ sample: it.id, prompt: it.prompt, value }];
  });
  return describeReadings(readings, direction);
}

/** An answer that was flagged, as one that is only thought, is not judged. */
function isAnswered({ phase, status, output }: Sample): boolean {
  return phase === 'bare' && status === 'ok' && output !== null;
}

function bareAnswers(samples: readonly Sample[]): CheckResult[][] {
  return samples.filter(isAnswered).map(({ checks }) => checks);
}
