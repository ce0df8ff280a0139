import { BoxAndWiskers, BoxPlotController } from '@sgratzl/chartjs-chart-boxplot';
import {
  CategoryScale,
  Chart,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js';
import { formatMetric, formatPercent } from '../../../../src/core/render/format.ts';
import type { MetricId } from '../../../../src/schema/run.ts';
import { dropZeros } from '../../view/drop-zeros.ts';
import { type ReadingGroup, toBox, toSteps } from '../../view/readings.ts';
import { themeColor } from '../trend/theme-colors.ts';

Chart.register(
  ...[BoxAndWiskers, BoxPlotController, CategoryScale, LinearScale, LineController, LineElement],
  ...[LogarithmicScale, PointElement, ScatterController, Tooltip],
);

export interface Drawing {
  metric: MetricId;
  scale: 'linear' | 'log';
}

/** How many groups have a colour and a dash of their own. */
export const mostSeries = 8;

const shared = { animation: false, maintainAspectRatio: false, responsive: true } as const;
const markers = ['circle', 'rect', 'triangle', 'rectRot', 'cross', 'star', 'crossRot', 'dash'] as const;

/** The share of readings that are no larger than a value, a line a group. */
export function drawSteps(
  canvas: HTMLCanvasElement,
  groups: readonly ReadingGroup[],
  drawing: Drawing,
): Chart {
  const options: ChartOptions<'line'> = {
    ...{ ...shared, parsing: false, normalized: true },
    interaction: { mode: 'nearest', axis: 'xy', intersect: false },
    scales: {
      x: valueAxis(drawing),
      y: {
        ...{ type: 'linear', min: 0, max: 1, border: { display: false } },
        grid: { color: themeColor('line') },
        ticks: { color: themeColor('muted'), callback: (value) => dropZeros(formatPercent(Number(value))) },
      },
    },
    plugins: {
      tooltip: {
        ...tooltipColors(),
        callbacks: {
          title: () => '',
          label: ({ dataset, parsed }) =>
            `${dataset.label}: ${formatPercent(parsed.y)} within ${formatMetric(drawing.metric, parsed.x)}`,
        },
      },
    },
  };
  return new Chart(canvas, {
    type: 'line',
    options,
    data: {
      datasets: groups.slice(0, mostSeries).map(({ name, readings }, index) => ({
        ...{ label: name, data: toSteps(readings), stepped: 'before' as const },
        ...{ borderColor: themeColor(`series-${index + 1}`), borderDash: readDash(index), borderWidth: 2 },
        ...{ pointRadius: 0, pointHoverRadius: 4 },
      })),
    },
  });
}

/** A box a group: quartiles, whiskers to the farthest reading within 1.5 times the box, and what lies beyond. */
export function drawBoxes(
  canvas: HTMLCanvasElement,
  groups: readonly ReadingGroup[],
  drawing: Drawing,
): Chart {
  const options: ChartOptions<'boxplot'> = {
    ...{ ...shared, indexAxis: 'y' },
    scales: {
      x: valueAxis(drawing),
      y: {
        ...{ type: 'category', border: { display: false }, grid: { display: false } },
        ticks: {
          color: themeColor('ink'),
          autoSkip: false,
          callback: (_, index) => shorten(groups[index]?.name ?? ''),
        },
      },
    },
    plugins: {
      tooltip: {
        ...tooltipColors(),
        callbacks: {
          title: ([item]) => groups[item?.dataIndex ?? -1]?.name ?? '',
          label: ({ parsed: { q1, median, q3 } }) =>
            `median ${formatMetric(drawing.metric, median)}, half within ${formatMetric(drawing.metric, q1)} to ${formatMetric(drawing.metric, q3)}`,
        },
      },
    },
  };
  return new Chart(canvas, {
    type: 'boxplot',
    options,
    data: {
      labels: groups.map(({ name }) => name),
      datasets: [
        {
          data: groups.map(({ readings }) => toBox(readings)),
          ...{
            backgroundColor: themeColor('accent-tint'),
            borderColor: themeColor('accent'),
            borderWidth: 1.5,
          },
          ...{ outlierBackgroundColor: themeColor('card'), outlierBorderColor: themeColor('accent') },
          ...{ outlierRadius: 2.5, meanRadius: 0, itemRadius: 0 },
        },
      ],
    },
  });
}

export interface OrderedGroup {
  name: string;
  /** Which of the colours it has. */
  series: number;
  points: { x: number; y: number; label: string }[];
}

/** Readings in the order in which they were taken, with a line where each load began. */
export function drawOrder(
  canvas: HTMLCanvasElement,
  groups: readonly OrderedGroup[],
  starts: readonly number[],
  drawing: Drawing,
): Chart {
  const options: ChartOptions<'scatter'> = {
    ...{ ...shared, normalized: true },
    interaction: { mode: 'nearest', axis: 'xy', intersect: false },
    scales: {
      x: {
        ...{ type: 'linear', border: { display: false }, grid: { display: false } },
        title: { display: true, text: 'position in the plan', color: themeColor('muted') },
        ticks: { color: themeColor('muted'), maxTicksLimit: 8, precision: 0 },
      },
      y: valueAxis(drawing),
    },
    plugins: {
      tooltip: {
        ...tooltipColors(),
        callbacks: {
          title: () => '',
          label: ({ dataset, raw, parsed }) =>
            `${dataset.label}, ${(raw as OrderedGroup['points'][number]).label}: ${formatMetric(drawing.metric, parsed.y)}`,
        },
      },
    },
  };
  return new Chart(canvas, {
    type: 'scatter',
    options,
    plugins: [
      {
        id: 'loads',
        beforeDatasetsDraw: ({ ctx, chartArea, scales: { x } }) => {
          if (!x) return;
          ctx.save();
          ctx.strokeStyle = themeColor('line');
          for (const start of starts) {
            ctx.beginPath();
            ctx.moveTo(x.getPixelForValue(start), chartArea.top);
            ctx.lineTo(x.getPixelForValue(start), chartArea.bottom);
            ctx.stroke();
          }
          ctx.restore();
        },
      },
    ],
    data: {
      datasets: groups.map(({ name, series, points }) => ({
        ...{ label: name, data: points, pointStyle: markers[series % markers.length] ?? 'circle' },
        ...{ borderColor: themeColor(`series-${series + 1}`), backgroundColor: 'transparent' },
        ...{ pointRadius: points.length > 400 ? 2 : 3, pointBorderWidth: 1.25 },
      })),
    },
  });
}

function valueAxis({ metric, scale }: Drawing) {
  return {
    ...{ type: scale === 'log' ? ('logarithmic' as const) : ('linear' as const) },
    ...{ border: { display: false }, grid: { color: themeColor('line') } },
    ticks: {
      ...{ color: themeColor('muted'), maxTicksLimit: 7, maxRotation: 0 },
      callback: (value: string | number) => dropZeros(formatMetric(metric, Number(value))),
    },
  };
}

function tooltipColors() {
  const [ink, card] = [themeColor('ink'), themeColor('card')];
  return { displayColors: false, backgroundColor: ink, titleColor: card, bodyColor: card };
}

function readDash(index: number): number[] {
  const dash = getComputedStyle(document.documentElement).getPropertyValue(`--dash-${index + 1}`);
  return dash
    .split(/[\s,]+/)
    .map(Number)
    .filter((it) => it > 0);
}

function shorten(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}
