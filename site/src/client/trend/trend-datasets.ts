import type { ChartDataset } from 'chart.js';
import { themeColor } from './theme-colors.ts';
import type { TrendView } from './trend-chart.ts';
import { type TrendData, valueAt } from './trend-data.ts';

export type Points = { x: number; y: number }[];

/** The line of medians and, where it is asked for, the slowest case of each night. */
export function describeDatasets(
  { data, showSlowest }: TrendView,
  shown: readonly number[],
): ChartDataset<'line', Points>[] {
  // Of a year of nights, full dots would be a band.
  const size = shown.length > 400 ? 0 : shown.length > 120 ? 1 : shown.length > 50 ? 2 : 3;
  const { points, radii, isEarly } = lineUp(data, shown, size);
  const median: ChartDataset<'line', Points> = {
    ...{
      label: 'median',
      data: points,
      clip: 8,
      borderWidth: 1.75,
      pointRadius: radii,
      pointBorderWidth: 1.5,
    },
    ...{ borderColor: themeColor('accent'), pointBorderColor: themeColor('accent') },
    // Hollow: stopped early, so not of all prompts.
    pointBackgroundColor: isEarly.map((it) => themeColor(it ? 'card' : 'accent')),
  };
  if (!showSlowest) return [median];
  const slowest = shown.flatMap((night) => {
    const value = valueAt(data.slowest, night);
    return value === null ? [] : [{ x: data.at[night] ?? 0, y: value }];
  });
  return [
    median,
    {
      ...{ label: 'slowest case', data: slowest, clip: 8, showLine: false, pointStyle: 'circle' },
      ...{ pointRadius: Math.max(size, 1), pointBorderWidth: 1.25 },
      ...{ pointBorderColor: themeColor('muted'), pointBackgroundColor: themeColor('card') },
    },
  ];
}

/** NaN where nothing was measured, and before a long pause: a line across either would claim what nobody saw. */
function lineUp(data: TrendData, shown: readonly number[], size: number) {
  const line = { points: [] as Points, radii: [] as number[], isEarly: [] as boolean[] };
  const isGap = (index: number) => {
    const night = shown[index];
    return night === undefined || valueAt(data.median, night) === null;
  };
  const isPaused = (index: number) => data.pausedBefore[shown[index] ?? -1] === true;
  shown.forEach((night, index) => {
    const x = data.at[night] ?? 0;
    const isLone =
      (isGap(index - 1) || isPaused(index)) && (isGap(index + 1) || isPaused(index + 1)) && !isGap(index);
    if (isPaused(index)) {
      line.points.push({ x: x - 1, y: Number.NaN });
      line.radii.push(0);
      line.isEarly.push(false);
    }
    line.points.push({ x, y: data.median[night] ?? Number.NaN });
    line.radii.push(isLone ? Math.max(size, 2) : size);
    line.isEarly.push(data.nights.status[night] === 'cancelled');
  });
  return line;
}
