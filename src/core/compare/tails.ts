import type { MetricId } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';
import type { Tail } from '../../schema/verdict.ts';
import { describeReadings, type Reading } from '../distribution.ts';
import { measure, metricDefinitions } from '../metrics.ts';
import { isCompared } from './pair-samples.ts';

const tailMetrics: readonly MetricId[] = ['ttftMs', 'tpotMs', 'e2eMs', 'prefillTokensPerSecond'];

/**
 * Both sides' slow ends, over the prompts that are compared. They are described and never judged: what of a p95 can be
 * told from a usual comparison is a change of 11 to 21 %, and its p99 takes 473 readings a side to be there at all.
 */
export function describeTails(
  base: readonly Sample[],
  head: readonly Sample[],
  prompts: ReadonlySet<string>,
): Tail[] {
  const isOurs = (sample: Sample) => isCompared(sample) && prompts.has(sample.prompt ?? '');
  const [before, after] = [base.filter(isOurs), head.filter(isOurs)];
  return tailMetrics
    .map((metric) => ({ metric, base: describe(metric, before), head: describe(metric, after) }))
    .filter((it) => it.base.n > 0 && it.head.n > 0);
}

function describe(metric: MetricId, samples: readonly Sample[]): Tail['base'] {
  const readings = samples.flatMap((sample): Reading[] => {
    const value = measure(metric, sample);
    return value === null ? [] : [{ sample: sample.id, prompt: sample.prompt, value }];
  });
  return describeReadings(readings, metricDefinitions[metric].direction);
}
