import type { Sample } from '../../schema/sample.ts';
import { type HeadlineMetric, headlineMetric } from '../../schema/verdict.ts';
import type { Direction } from '../distribution.ts';
import { measure, metricDefinitions } from '../metrics.ts';

/** What a model upgrade is judged by: few, as each one more makes every other harder to see. */
export const headlineMetrics: readonly HeadlineMetric[] = headlineMetric.options;

export function directionOf(metric: HeadlineMetric): Direction {
  return metric === 'matchedE2eMs' ? 'lower' : metricDefinitions[metric].direction;
}

/**
 * One metric of one sample. E2E at matched length is TTFT + (tokens − 1) · TPOT: how long this model takes to the last
 * token of an answer as long as base's, as a shorter answer is no faster model. Of texts that were embedded there is no
 * length, so it is E2E.
 *
 * @param tokens of base's answer.
 */
export function measureHeadline(
  metric: HeadlineMetric,
  sample: Sample,
  tokens: number | null,
): number | null {
  if (metric !== 'matchedE2eMs') return measure(metric, sample);
  if (sample.kind === 'embed') return measure('e2eMs', sample);
  const ttftMs = measure('ttftMs', sample);
  if (tokens === 1) return ttftMs;
  const tpotMs = measure('tpotMs', sample);
  return tokens === null || ttftMs === null || tpotMs === null ? null : ttftMs + (tokens - 1) * tpotMs;
}

/** ln(head / base), turned so that above 0 is worse. */
export function toLogRatio(metric: HeadlineMetric, base: number, head: number): number {
  const ratio = Math.log(head / base);
  return directionOf(metric) === 'lower' ? ratio : -ratio;
}

/** Back to what people read: head ÷ base − 1. */
export function toChange(metric: HeadlineMetric, logRatio: number): number {
  return Math.expm1(directionOf(metric) === 'lower' ? logRatio : -logRatio);
}
