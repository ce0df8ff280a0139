import { formatBytes, formatMs, formatPercent, formatRate } from '../../../src/core/render/format.ts';

export type TrendUnit = 'ms' | 'tokens/s' | 'share' | 'bytes';

/** A value of a trend in the unit that reads best. */
export function formatTrendValue(unit: TrendUnit, value: number | null): string {
  if (unit === 'share') return formatPercent(value);
  if (unit === 'bytes') return formatBytes(value);
  return unit === 'ms' ? formatMs(value) : formatRate(value);
}

/** `13.2 to 14.8 ms`, `980 ms to 1.02 s`; null where no interval is known. */
export function formatInterval(unit: TrendUnit, low: number | null, high: number | null): string | null {
  if (low === null || high === null) return null;
  const [from, to] = [formatTrendValue(unit, low), formatTrendValue(unit, high)];
  const [number = '', ...name] = from.split(' ');
  return `${to.endsWith(` ${name.join(' ')}`) ? number : from} to ${to}`;
}
