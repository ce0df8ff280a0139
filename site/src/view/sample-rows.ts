import { nameLoadShape } from '../../../src/core/load-shape.ts';
import { measure } from '../../../src/core/metrics.ts';
import { formatCount, formatMetric } from '../../../src/core/render/format.ts';
import type { MetricId } from '../../../src/schema/run.ts';
import type { Sample } from '../../../src/schema/sample.ts';

/** A request of a run, as the cells of a table. */
export interface SampleRow {
  id: string;
  order: number;
  variant: string;
  prompt: string;
  /** `load 2, round 1`; of a judged answer `load 2, as written`. */
  when: string;
  shape: string;
  status: Sample['status'];
  /** Flags with their reasons, and what it failed of. */
  remarks: { code: string; reason: string; isBad: boolean }[];
  values: string[];
  tokens: string;
}

export const sampleMetrics: readonly MetricId[] = ['ttftMs', 'tpotMs', 'e2eMs', 'decodeTokensPerSecond'];

export function describeSample(sample: Sample): SampleRow {
  const { id, order, variant, prompt, block, round, phase, loadShape, status, flags, error } = sample;
  const outputTokens = sample.server?.evalCount ?? null;
  return {
    ...{ id, order, variant, prompt: prompt ?? '', status },
    when: `load ${block + 1}, ${round === null ? 'as written' : `round ${round + 1}`}${sample.cacheExpected === 'hit' ? ', out of the cache' : ''}`,
    shape: phase === 'bare' ? '' : nameLoadShape(loadShape),
    remarks: [
      ...(error === null ? [] : [{ code: error.code, reason: error.message, isBad: true }]),
      ...flags.map(({ code, reason }) => ({ code, reason, isBad: status !== 'ok' })),
    ],
    values: sampleMetrics.map((metric) => formatMetric(metric, measure(metric, sample))),
    tokens: formatCount(outputTokens),
  };
}

/** Which samples to list. */
export interface SampleFilter {
  variant: string | null;
  prompt: string | null;
  /** remarked: failed, invalid, or with a flag. */
  only: 'all' | 'remarked';
}

/** In the order in which they were planned. */
export function filterSamples(samples: readonly Sample[], { variant, prompt, only }: SampleFilter): Sample[] {
  return samples
    .filter(
      (it) =>
        (variant === null || it.variant === variant) &&
        (prompt === null || it.prompt === prompt) &&
        (only === 'all' || it.status !== 'ok' || it.flags.length > 0),
    )
    .sort((a, b) => a.order - b.order);
}
