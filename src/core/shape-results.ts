import { sum } from 'simple-statistics';
import type { Objectives } from '../schema/config.ts';
import type { LoadShape } from '../schema/plan.ts';
import { type MetricId, metricId, type ShapeResult } from '../schema/run.ts';
import type { Sample } from '../schema/sample.ts';
import { keyOfLoadShape } from './load-shape.ts';
import { measure } from './metrics.ts';

type Throughput = Pick<ShapeResult, 'wallMs' | 'requestsPerSecond' | 'outputTokensPerSecond' | 'goodput'>;

/**
 * Throughput and goodput of timed samples of one variant under one load shape. The time is from the first request
 * sent to the last reply in each load, summed over the loads: ramp-up and ramp-down are in it. A load in which the run
 * was killed is left out: nobody was there for a part of that time.
 */
export function computeThroughput(samples: readonly Sample[], objectives: Objectives): Throughput {
  const loads = [...Map.groupBy(samples, ({ block }) => block).values()].filter(
    (ofLoad) => !ofLoad.some(({ error }) => error?.code === 'interrupted'),
  );
  const wallMs = sum(loads.map(spanMs));
  const sent = loads.flat();
  const answered = sent.filter(({ status }) => status === 'ok');
  const outputTokens = answered.map(({ server }) => server?.evalCount ?? null).filter((it) => it !== null);
  const perSecond = (amount: number) => (wallMs > 0 && answered.length > 0 ? (amount * 1000) / wallMs : null);
  const stated = statedObjectives(objectives);
  const met = answered.filter((sample) => meets(sample, stated)).length;
  return {
    wallMs: wallMs > 0 ? wallMs : null,
    requestsPerSecond: perSecond(answered.length),
    outputTokensPerSecond: outputTokens.length === 0 ? null : perSecond(sum(outputTokens)),
    goodput: stated.length === 0 ? null : { requestsPerSecond: perSecond(met), met, of: sent.length },
  };
}

/** Whether a sample or a planned request belongs to a load shape. */
export function isOfShape(it: { loadShape: LoadShape }, shape: LoadShape): boolean {
  return keyOfLoadShape(it.loadShape) === keyOfLoadShape(shape);
}

type Stated = readonly [metric: MetricId, mostMs: number][];

function statedObjectives(objectives: Objectives): Stated {
  return metricId.options.flatMap((metric): [MetricId, number][] => {
    const most = metric in objectives ? objectives[metric as keyof Objectives] : undefined;
    return most === undefined ? [] : [[metric, most]];
  });
}

/** A metric that is not defined for the answer, as TPOT of one token, holds nothing against it. */
function meets(sample: Sample, stated: Stated): boolean {
  return stated.every(([metric, mostMs]) => (measure(metric, sample) ?? 0) <= mostMs);
}

/** Failed requests have no times: where all failed there is no span. */
function spanMs(samples: readonly Sample[]): number {
  const timed = samples.flatMap(({ sentMs, scheduledMs, client }) =>
    sentMs === null || client === null ? [] : [[scheduledMs ?? sentMs, sentMs + client.e2eMs] as const],
  );
  if (timed.length === 0) return 0;
  return Math.max(...timed.map(([, end]) => end)) - Math.min(...timed.map(([start]) => start));
}
