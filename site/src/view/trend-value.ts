import { formatMs, formatPercent, formatRate } from '../../../src/core/render/format.ts';

export type TrendUnit = 'ms' | 'tokens/s' | 'share';

/** A value of a trend in the unit that reads best. */
export function formatTrendValue(unit: TrendUnit, value: number | null): string {
  if (unit === 'share') return formatPercent(value);
  return unit === 'ms' ? formatMs(value) : formatRate(value);
}
