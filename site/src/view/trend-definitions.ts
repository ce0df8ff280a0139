import { aggregateDefinitions, metricDefinitions } from '../../../src/core/metrics.ts';
import { type MetricId, metricId } from '../../../src/schema/run.ts';
import type { TrendId } from '../data/contract.ts';
import type { TrendUnit } from './trend-value.ts';

/** What the page says of a trend beside its numbers. */
export interface TrendDefinition {
  name: string;
  unit: TrendUnit;
  better: 'lower' | 'higher';
  definition: string;
}

const load = aggregateDefinitions.find(({ name }) => name === 'Load');

/** Of every trend, in the order in which pages offer them; names and definitions are those of reports. */
export const trendDefinitions: Readonly<Record<TrendId, TrendDefinition>> = {
  ttftMs: describeMetric('ttftMs'),
  ttfaMs: describeMetric('ttfaMs'),
  decodeTokensPerSecond: describeMetric('decodeTokensPerSecond'),
  tpotMs: describeMetric('tpotMs'),
  e2eMs: describeMetric('e2eMs'),
  prefillTokensPerSecond: describeMetric('prefillTokensPerSecond'),
  answersPassed: {
    ...{ name: 'Answers passed', unit: 'share', better: 'higher' },
    definition: 'Judged answers that passed every check, out of all that were judged.',
  },
  loadMs: { name: 'Load', unit: 'ms', better: 'lower', definition: load?.definition ?? '' },
  memoryBytes: {
    ...{ name: 'Memory', unit: 'bytes', better: 'lower' },
    definition: 'What the loaded model takes, as the server tells it.',
  },
};

export const trendIds = Object.keys(trendDefinitions) as readonly TrendId[];

/** Whether a trend is one of the metrics that are watched for changes. */
export function isMetric(trend: TrendId): trend is MetricId {
  return (metricId.options as readonly string[]).includes(trend);
}

function describeMetric(metric: MetricId): TrendDefinition {
  const { name, unit, direction, definition } = metricDefinitions[metric];
  return { name, unit, better: direction, definition };
}
