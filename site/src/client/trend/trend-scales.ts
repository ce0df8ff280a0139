import type { ChartOptions } from 'chart.js';
import { dropZeros } from '../../view/drop-zeros.ts';
import { findTimeTicks } from '../../view/time-ticks.ts';
import { formatTrendValue } from '../../view/trend-value.ts';
import { spanValues } from '../../view/value-range.ts';
import { themeColor } from './theme-colors.ts';
import type { TrendView } from './trend-chart.ts';

/** As wide as a date with some room: `24 Nov 2026`. */
const tickPx = 80;

/** The axes of a chart that shows some nights of a trend. */
export function describeScales(
  view: TrendView,
  shown: readonly number[],
): NonNullable<ChartOptions<'line'>['scales']> {
  const { data, unit, window, isLog, showSlowest } = view;
  const span = spanValues(data, shown, { isLog, withSlowest: showSlowest });
  const isWide = span !== null && span.max / Math.max(span.min, Number.EPSILON) >= 10;
  const labels = new Map<number, string[]>();
  return {
    x: {
      ...{ type: 'linear', min: window.from, max: window.to },
      ...{ border: { display: false }, grid: { display: false } },
      ticks: {
        ...{ maxRotation: 0, autoSkip: false, color: themeColor('muted') },
        callback: (value) => labels.get(Number(value)) ?? '',
      },
      afterBuildTicks: (scale) => {
        const found = findTimeTicks(scale.min, scale.max, scale.width / tickPx);
        scale.ticks = found.map(({ timeMs }) => ({ value: timeMs }));
        labels.clear();
        for (const { timeMs, lines } of found) labels.set(timeMs, lines);
      },
    },
    y: {
      type: isLog ? 'logarithmic' : 'linear',
      ...(span === null ? {} : { suggestedMin: span.min, suggestedMax: span.max }),
      ...(unit === 'share' ? { max: 1 } : {}),
      border: { display: false },
      grid: { color: themeColor('line') },
      ticks: {
        ...{ maxTicksLimit: 7, color: themeColor('muted') },
        callback: (value) =>
          isLog && isWide && !startsRound(Number(value))
            ? null
            : dropZeros(formatTrendValue(unit, Number(value))),
      },
    },
  };
}

/** Of a logarithmic axis over decades: 1, 2, 5, 10, 20 … */
function startsRound(value: number): boolean {
  return ['1', '2', '5'].includes(value.toExponential(0).charAt(0));
}
