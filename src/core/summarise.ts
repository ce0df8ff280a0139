import type { CheckResult } from '../schema/check.ts';
import type { Plan, PlannedRequest } from '../schema/plan.ts';
import type { Distribution, MetricId, Metrics, Run, SampleCounts, Series } from '../schema/run.ts';
import type { Sample } from '../schema/sample.ts';
import { countChecks } from './checks/count-checks.ts';
import { describeReadings, type Reading } from './distribution.ts';
import { measure, metricDefinitions } from './metrics.ts';

/** What of a run report follows from its plan and samples alone. */
export type Findings = Pick<Run, 'counts' | 'failures' | 'series'> & {
  variants: Record<string, Pick<Run['variants'][number], 'loadMs' | 'counts' | 'metrics' | 'checks'>>;
};

/** Summarises samples into series (variant × prompt) and variants. Only timed samples are measured, only bare ones judged. */
export function summariseSamples(
  plan: Plan,
  samples: readonly Sample[],
  checksHashes: ReadonlyMap<string, string>,
): Findings {
  return {
    counts: countSamples(plan.requests.length, samples),
    failures: samples.flatMap(({ id, error }) => (error === null ? [] : [{ sample: id, ...error }])),
    series: plan.variants.flatMap(({ key }) => summariseSeries(key, plan, samples, checksHashes)),
    variants: Object.fromEntries(
      plan.variants.map(({ key }) => {
        const own = samples.filter(({ variant }) => variant === key);
        const planned = plan.requests.filter(({ variant }) => variant === key).length;
        return [
          key,
          {
            loadMs: describeLoads(own),
            counts: countSamples(planned, own),
            metrics: describeMetrics(own),
            checks: countChecks(bareAnswers(own)),
          },
        ];
      }),
    ),
  };
}

function summariseSeries(
  variant: string,
  plan: Plan,
  samples: readonly Sample[],
  checksHashes: ReadonlyMap<string, string>,
): Series[] {
  const first = plan.requests.filter((it) => it.variant === variant && it.phase === 'bare' && it.block === 0);
  return first.flatMap(({ prompt, requestHash }) => {
    const checksHash = prompt === null ? undefined : checksHashes.get(prompt);
    if (prompt === null || requestHash === null || checksHash === undefined) return [];
    // A warm-up prompt may be called like a measured one.
    const isOwn = (it: PlannedRequest | Sample) =>
      it.variant === variant && it.prompt === prompt && it.phase !== 'warmup';
    const own = samples.filter(isOwn);
    return {
      variant,
      prompt,
      requestHash,
      checksHash,
      counts: countSamples(plan.requests.filter(isOwn).length, own),
      metrics: describeMetrics(own),
      checks: countChecks(bareAnswers(own)),
      distinctAnswers: new Set(own.filter(isAnswered).map(({ output }) => output)).size,
    };
  });
}

function countSamples(planned: number, samples: readonly Sample[]): SampleCounts {
  const having = (status: Sample['status']) => samples.filter((it) => it.status === status).length;
  return { planned, ok: having('ok'), failed: having('failed'), invalid: having('invalid') };
}

function describeMetrics(samples: readonly Sample[]): Metrics {
  const timed = samples.filter(({ phase }) => phase === 'timed');
  const describe = (metric: MetricId) =>
    describeReadings(
      timed.flatMap((it) => toReading(it, measure(metric, it))),
      metricDefinitions[metric].direction,
    );
  return {
    ttftMs: describe('ttftMs'),
    ttfaMs: describe('ttfaMs'),
    tpotMs: describe('tpotMs'),
    e2eMs: describe('e2eMs'),
    prefillTokensPerSecond: describe('prefillTokensPerSecond'),
    decodeTokensPerSecond: describe('decodeTokensPerSecond'),
  };
}

function describeLoads(samples: readonly Sample[]): Distribution {
  const loads = samples.filter(({ phase, status }) => phase === 'load' && status === 'ok');
  return describeReadings(
    loads.flatMap((it) => toReading(it, it.client?.e2eMs ?? null)),
    'lower',
  );
}

function toReading({ id, prompt }: Sample, value: number | null): Reading[] {
  return value === null ? [] : [{ sample: id, prompt, value }];
}

/** An answer that was flagged, as one that is only thought, is not judged. */
function isAnswered({ phase, status, output }: Sample): boolean {
  return phase === 'bare' && status === 'ok' && output !== null;
}

function bareAnswers(samples: readonly Sample[]): CheckResult[][] {
  return samples.filter(isAnswered).map(({ checks }) => checks);
}
