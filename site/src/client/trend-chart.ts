import {
  Chart,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  Tooltip,
} from 'chart.js';
import { findTimeTicks, formatTick } from '../view/time-ticks.ts';
import { formatTrendValue, type TrendUnit } from '../view/trend-value.ts';

Chart.register(LinearScale, LineController, LineElement, PointElement, Tooltip);

/** A row of the table beside a chart, which is where the chart has its numbers from. */
interface Row {
  x: number;
  /** As the table has it. */
  time: string;
  median: number | null;
  slowest: number | null;
  mark: string | null;
  pausedBefore: boolean;
  stoppedEarly: boolean;
}

type Points = { x: number; y: number | null }[];

/** Of the theme as it is now, by variable. */
const colors = new Map<string, string>();

for (const figure of document.querySelectorAll<HTMLElement>('[data-trend]')) drawTrend(figure);

function drawTrend(figure: HTMLElement): void {
  const plot = figure.querySelector<HTMLElement>('[data-plot]');
  if (!plot) return;
  const rows = readRows(figure);
  const unit = readUnit(figure);
  const canvas = document.createElement('canvas');
  plot.replaceChildren(canvas);
  const chart = new Chart<'line', Points>(canvas, {
    type: 'line',
    plugins: [drawMarks(rows)],
    data: { datasets: describeDatasets(rows, unit) },
    options: {
      ...{ animation: false, parsing: false, normalized: true, spanGaps: false, maintainAspectRatio: false },
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { top: 4, right: 8 } },
      scales: {
        x: {
          ...{ type: 'linear', border: { display: false }, grid: { display: false }, ...padTimes(rows) },
          ticks: {
            ...{ maxRotation: 0, autoSkip: false, color: () => color('muted') },
            callback: (value, _, ticks) =>
              formatTick(Number(value), (ticks[1]?.value ?? 0) - (ticks[0]?.value ?? 0)),
          },
          afterBuildTicks: (scale) => {
            scale.ticks = findTimeTicks(scale.min, scale.max, scale.width / 80).ticks.map((value) => ({
              value,
            }));
          },
        },
        y: {
          ...{ type: 'linear', beginAtZero: true, border: { display: false } },
          ...(unit === 'share' ? { max: 1 } : {}),
          grid: { color: () => color('line') },
          ticks: {
            ...{ maxTicksLimit: 6, color: () => color('muted') },
            callback: (value) => dropZeros(formatTrendValue(unit, Number(value))),
          },
        },
      },
      plugins: {
        tooltip: {
          ...{ displayColors: false, backgroundColor: () => color('ink'), titleColor: () => color('card') },
          ...{
            bodyColor: () => color('card'),
            footerColor: () => color('card'),
            footerFont: { weight: 'normal' },
          },
          callbacks: {
            title: ([item]) => rows.find(({ x }) => x === item?.parsed.x)?.time ?? '',
            label: ({ dataset, parsed }) => `${dataset.label}: ${formatTrendValue(unit, parsed.y)}`,
            footer: ([item]) => describeRow(rows.find(({ x }) => x === item?.parsed.x)),
          },
        },
      },
    },
  });
  document.addEventListener('themechange', () => {
    colors.clear();
    chart.update('none');
  });
  addToggles(figure, chart);
}

function describeDatasets(rows: readonly Row[], unit: TrendUnit): ChartDataset<'line', Points>[] {
  // Of a year of nights, full dots would be a band.
  const pointRadius = rows.length > 120 ? 1 : rows.length > 50 ? 2 : 3;
  const early = new Set(rows.filter(({ stoppedEarly }) => stoppedEarly).map(({ x }) => x));
  const median: ChartDataset<'line', Points> = {
    ...{ label: unit === 'share' ? 'passed' : 'median', data: toPoints(rows, 'median') },
    ...{ clip: 8, borderWidth: 2, pointRadius, pointHoverRadius: 5, pointBorderWidth: 1.5 },
    borderColor: () => color('accent'),
    pointBorderColor: () => color('accent'),
    // Hollow: stopped early, so not of all prompts.
    pointBackgroundColor: ({ parsed }) => color(early.has(parsed?.x ?? 0) ? 'card' : 'accent'),
  };
  const slowest: ChartDataset<'line', Points> = {
    ...{ label: 'slowest case', data: toPoints(rows, 'slowest'), showLine: false },
    ...{ clip: 8, pointRadius, pointHoverRadius: 5, pointBorderWidth: 1.5 },
    pointBorderColor: () => color('muted'),
    pointBackgroundColor: () => color('card'),
  };
  return unit === 'share' ? [median] : [median, slowest];
}

/** Null where nothing was measured, and before a long pause: a line across either would claim what nobody saw. */
function toPoints(rows: readonly Row[], series: 'median' | 'slowest'): Points {
  return rows.flatMap((row) => {
    const point = { x: row.x, y: row[series] };
    return row.pausedBefore ? [{ x: row.x - 1, y: null }, point] : [point];
  });
}

/** A vertical line wherever the model under the tag is another than before. */
function drawMarks(rows: readonly Row[]): Plugin<'line'> {
  return {
    id: 'marks',
    beforeDatasetsDraw: ({ ctx, chartArea, scales: { x: scale } }) => {
      if (!scale) return;
      ctx.save();
      ctx.strokeStyle = color('mark');
      ctx.setLineDash([4, 4]);
      for (const { x, mark } of rows) {
        if (mark === null) continue;
        ctx.beginPath();
        ctx.moveTo(scale.getPixelForValue(x), chartArea.top);
        ctx.lineTo(scale.getPixelForValue(x), chartArea.bottom);
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}

/** A little room at both ends, so that the first and the last point are seen whole. */
function padTimes(rows: readonly Row[]): { min: number; max: number } {
  const first = rows[0]?.x ?? 0;
  const last = rows.at(-1)?.x ?? 0;
  const room = (last - first) * 0.03 || 60_000;
  return { min: first - room, max: last + room };
}

/** An axis counts in round steps: `60.0 ms` would claim digits that nobody measured. */
function dropZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D)/, '$1').replace(/\.(?=\D)/, '');
}

function describeRow(row: Row | undefined): string {
  return [row?.mark ?? '', row?.stoppedEarly ? 'stopped early' : ''].filter((it) => it !== '').join('\n');
}

/** Canvas knows no CSS variables: a colour of the theme as it is now. */
function color(name: string): string {
  const known = colors.get(name);
  if (known !== undefined) return known;
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color: found } = getComputedStyle(probe);
  probe.remove();
  colors.set(name, found);
  return found;
}

function addToggles(figure: HTMLElement, chart: Chart<'line', Points>): void {
  for (const button of figure.querySelectorAll<HTMLButtonElement>('button[data-series]')) {
    button.addEventListener('click', () => {
      const series = Number(button.dataset.series);
      const show = !chart.isDatasetVisible(series);
      chart.setDatasetVisibility(series, show);
      button.setAttribute('aria-pressed', String(show));
      chart.update('none');
    });
  }
}

function readRows(figure: HTMLElement): Row[] {
  const rows = [...figure.querySelectorAll<HTMLElement>('tr[data-time]')].map((row) => ({
    x: Date.parse(row.dataset.time ?? ''),
    time: row.querySelector('time')?.textContent ?? '',
    median: toNumber(row.dataset.median),
    slowest: toNumber(row.dataset.slowest),
    mark: row.dataset.mark ?? null,
    pausedBefore: row.dataset.paused === 'true',
    stoppedEarly: row.dataset.early === 'true',
  }));
  return rows.sort((a, b) => a.x - b.x);
}

function readUnit({ dataset: { unit } }: HTMLElement): TrendUnit {
  return unit === 'ms' || unit === 'tokens/s' ? unit : 'share';
}

function toNumber(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}
