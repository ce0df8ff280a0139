import { formatQuantity } from '../../../src/core/render/format.ts';
import type { WatchedSeries } from '../../../src/schema/changes.ts';
import type { TrendId } from '../data/contract.ts';
import type { LineChanges } from './line-changes.ts';
import { type LineHistory, type Reading, readLatest, sparkOf, thinks } from './line-history.ts';
import type { SparkInput } from './sparkline.ts';
import { isMetric, trendDefinitions, trendIds } from './trend-definitions.ts';
import { formatInterval, formatTrendValue } from './trend-value.ts';
import { statusSigns } from './watched.ts';

/** The newest value of a trend, and the trend drawn small. */
export interface TrendTile {
  trend: TrendId;
  name: string;
  value: string;
  /** `13.2 ms to 14.8 ms`; null where none is known. */
  interval: string | null;
  n: number;
  slowest: string | null;
  spark: SparkInput[];
  /** What is watched: null where that trend is not. */
  watch: { sign: string; word: string; tone: 'level' | 'mark' } | null;
}

/** A tile for every trend of a line that has anything to say. */
export function listTiles(history: LineHistory, { series }: Pick<LineChanges, 'series'>): TrendTile[] {
  return trendIds
    .filter((trend) => trend !== 'ttfaMs' || thinks(history.line))
    .filter((trend) => trend === 'ttftMs' || history.line.trends[trend].median.some((it) => it !== null))
    .map((trend) => ({
      ...{ trend, name: trendDefinitions[trend].name, ...describeReading(trend, readLatest(history, trend)) },
      spark: sparkOf(history, trend),
      watch: describeWatch(isMetric(trend) ? series[trend] : undefined),
    }));
}

function describeReading(trend: TrendId, { n, median, low, high, slowest }: Reading) {
  const { unit } = trendDefinitions[trend];
  return {
    ...{ n, value: formatTrendValue(unit, median), interval: formatInterval(unit, low, high) },
    slowest: slowest === null ? null : formatTrendValue(unit, slowest),
  };
}

function describeWatch(series: WatchedSeries | undefined): TrendTile['watch'] {
  if (series === undefined) return null;
  const { status, nights } = series;
  const word = status === 'learning' ? `learning, ${formatQuantity(nights, 'night')}` : status;
  const isOpen = status === 'suspicious' || status === 'creeping';
  return { sign: statusSigns[status], word, tone: isOpen ? 'mark' : 'level' };
}
