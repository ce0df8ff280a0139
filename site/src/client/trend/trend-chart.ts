import {
  Chart,
  type ChartDataset,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  type Plugin,
  PointElement,
} from 'chart.js';
import zoom from 'chartjs-plugin-zoom';
import { findNearest, thinOut } from '../../view/thin-out.ts';
import { findTimeTicks, formatTick } from '../../view/time-ticks.ts';
import { formatTrendValue, type TrendUnit } from '../../view/trend-value.ts';
import { shortestMs, type TimeWindow } from '../../view/trend-window.ts';
import { spanValues } from '../../view/value-range.ts';
import { drawAround } from './draw-around.ts';
import { themeColor } from './theme-colors.ts';
import { type TrendData, valueAt } from './trend-data.ts';
import type { ChartMark } from './trend-marks.ts';

Chart.register(
  LinearScale,
  LogarithmicScale,
  LineController,
  LineElement,
  PointElement,
  // Its types are of CommonJS, where the default export is one level deeper than in the module that is bundled.
  zoom as unknown as Plugin,
);

/** What a chart shows. */
export interface TrendView {
  data: TrendData;
  unit: TrendUnit;
  window: TimeWindow;
  whole: TimeWindow;
  isLog: boolean;
  showSlowest: boolean;
  marks: readonly ChartMark[];
  /** The night that is read out. */
  active: number | null;
}

export interface TrendChart {
  show(view: TrendView): void;
  destroy(): void;
}

export interface TrendEvents {
  /** Somebody points at a night. */
  onPoint(night: number): void;
  /** Somebody zooms or pans with a pointer; not done while it goes on. */
  onWindow(window: TimeWindow, isDone: boolean): void;
}

type Points = { x: number; y: number }[];

/** Draws trends on a canvas: of thousands of nights only as many as have a place there. */
export function createTrendChart(canvas: HTMLCanvasElement, { onPoint, onWindow }: TrendEvents): TrendChart {
  let view: TrendView | null = null;
  let shown: number[] = [];
  const tellWindow = (isDone: boolean) => () => {
    const { x } = chart.scales;
    if (x) onWindow({ from: x.min, to: x.max }, isDone);
  };
  const chart: Chart<'line', Points> = new Chart(canvas, {
    type: 'line',
    data: { datasets: [] },
    plugins: [drawAround(() => view && { ...view, shown })],
    options: {
      ...{ animation: false, parsing: false, normalized: true, spanGaps: false },
      ...{ maintainAspectRatio: false, events: [] },
      layout: { padding: { top: 18, right: 8 } },
      plugins: {
        zoom: {
          pan: {
            ...{ enabled: true, mode: 'x', modifierKey: 'shift' },
            ...{ onPan: tellWindow(false), onPanComplete: tellWindow(true) },
          },
          zoom: {
            mode: 'x',
            // The wheel alone scrolls the page.
            wheel: { enabled: true, modifierKey: 'ctrl' },
            pinch: { enabled: true },
            drag: { enabled: true, threshold: 8, backgroundColor: 'rgb(128 128 128 / 25%)' },
            ...{ onZoom: tellWindow(false), onZoomComplete: tellWindow(true) },
          },
        },
      },
    },
  });
  const point = ({ offsetX }: PointerEvent) => {
    const time = chart.scales.x?.getValueForPixel(offsetX);
    if (view === null || time === undefined) return;
    const night = findNearest(view.data.at, Math.min(Math.max(time, view.window.from), view.window.to));
    if (night >= 0) onPoint(night);
  };
  canvas.addEventListener('pointermove', point);
  canvas.addEventListener('pointerdown', point);
  return {
    show: (next) => {
      const isSame = view !== null && isSameButActive(view, next);
      view = next;
      if (isSame) {
        chart.draw();
        return;
      }
      const { from, to } = next.window;
      shown = thinOut(next.data, from, to, Math.max(Math.floor(canvas.clientWidth / 2), 50));
      chart.data.datasets = describeDatasets(next, shown);
      chart.options.scales = describeScales(next, shown);
      const limits = { min: next.whole.from, max: next.whole.to, minRange: shortestMs };
      if (chart.options.plugins?.zoom) chart.options.plugins.zoom.limits = { x: limits };
      chart.update('none');
    },
    destroy: () => chart.destroy(),
  };
}

function isSameButActive(before: TrendView, now: TrendView): boolean {
  const { active: _, window, ...rest } = now;
  const isSame = (Object.keys(rest) as (keyof typeof rest)[]).every((name) => before[name] === now[name]);
  return isSame && window.from === before.window.from && window.to === before.window.to;
}

function describeDatasets(
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

function describeScales(
  view: TrendView,
  shown: readonly number[],
): NonNullable<ChartOptions<'line'>['scales']> {
  const { data, unit, window, isLog, showSlowest } = view;
  const span = spanValues(data, shown, { isLog, withSlowest: showSlowest });
  const isWide = span !== null && span.max / Math.max(span.min, Number.EPSILON) >= 10;
  let stepMs = 0;
  return {
    x: {
      ...{ type: 'linear', min: window.from, max: window.to },
      ...{ border: { display: false }, grid: { display: false } },
      ticks: {
        ...{ maxRotation: 0, autoSkip: false, color: themeColor('muted') },
        callback: (value) => formatTick(Number(value), stepMs),
      },
      afterBuildTicks: (scale) => {
        const found = findTimeTicks(scale.min, scale.max, Math.max(scale.width / 76, 2));
        stepMs = found.stepMs;
        scale.ticks = found.ticks.map((value) => ({ value }));
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

/** An axis counts in round steps: `60.0 ms` would claim digits that nobody measured. */
function dropZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D)/, '$1').replace(/\.(?=\D)/, '');
}
