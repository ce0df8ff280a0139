import type { Chart, Plugin } from 'chart.js';
import { themeColor } from './theme-colors.ts';
import { type TrendData, valueAt } from './trend-data.ts';
import type { ChartMark } from './trend-marks.ts';

/** What is drawn around the line of medians. */
export interface Surroundings {
  data: TrendData;
  /** The nights that are drawn, ascending. */
  shown: readonly number[];
  marks: readonly ChartMark[];
  /** The night that is read out. */
  active: number | null;
  /** Whether it stays when the pointer moves on. */
  isChosen: boolean;
}

/** Draws the band of intervals and the marks behind the line, and a hairline at the night that is read out. */
export function drawAround(read: () => Surroundings | null): Plugin<'line'> {
  return {
    id: 'surroundings',
    beforeDatasetsDraw: (chart) => {
      const now = read();
      if (now === null) return;
      inside(chart, () => drawBand(chart, now));
      drawMarks(chart, now.marks);
    },
    afterDatasetsDraw: (chart) => {
      const now = read();
      if (now !== null) drawActive(chart, now);
    },
  };
}

function inside({ ctx, chartArea }: Chart, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
  ctx.clip();
  draw();
  ctx.restore();
}

function drawBand({ ctx, scales: { x, y } }: Chart, { data, shown }: Surroundings): void {
  if (!x || !y) return;
  ctx.fillStyle = themeColor('accent');
  ctx.globalAlpha = 0.16;
  let stretch: number[] = [];
  const flush = () => {
    const top = stretch.map((night) => [data.at[night] ?? 0, data.high[night] ?? 0] as const);
    const bottom = stretch.map((night) => [data.at[night] ?? 0, data.low[night] ?? 0] as const).reverse();
    ctx.beginPath();
    for (const [at, value] of [...top, ...bottom])
      ctx.lineTo(x.getPixelForValue(at), y.getPixelForValue(value));
    ctx.fill();
    // A night between two gaps has no breadth: its interval is a stroke.
    if (stretch.length === 1 && top[0] && bottom[0]) {
      const left = x.getPixelForValue(top[0][0]) - 1.5;
      const high = y.getPixelForValue(top[0][1]);
      ctx.fillRect(left, high, 3, y.getPixelForValue(bottom[0][1]) - high);
    }
    stretch = [];
  };
  for (const night of shown) {
    const isKnown = valueAt(data.low, night) !== null && valueAt(data.high, night) !== null;
    if ((!isKnown || data.pausedBefore[night]) && stretch.length > 0) flush();
    if (isKnown) stretch.push(night);
  }
  if (stretch.length > 0) flush();
}

const letterSize = 11;

function drawMarks({ ctx, chartArea, scales: { x } }: Chart, marks: readonly ChartMark[]): void {
  if (!x) return;
  ctx.save();
  ctx.font = `600 ${letterSize}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textBaseline = 'bottom';
  let free = chartArea.left;
  for (const { at, kind, label, tone } of marks) {
    if (at < x.min || at > x.max) continue;
    const left = x.getPixelForValue(at);
    ctx.strokeStyle = themeColor(colorOf[tone]);
    ctx.fillStyle = ctx.strokeStyle;
    ctx.setLineDash(kind === 'change' ? [] : kind === 'digest' ? [5, 3] : [1.5, 3]);
    ctx.beginPath();
    ctx.moveTo(left, chartArea.top);
    ctx.lineTo(left, chartArea.bottom);
    ctx.stroke();
    const width = ctx.measureText(label).width;
    const start = Math.min(left - (kind === 'change' ? 0 : width / 2), chartArea.right - width);
    // What does not fit stands in the list below.
    if (start < free) continue;
    ctx.fillText(label, start, chartArea.top - 3);
    free = start + width + 6;
  }
  ctx.restore();
}

const colorOf = { mark: 'mark', better: 'good', worse: 'bad' } as const;

function drawActive({ ctx, chartArea, scales: { x, y } }: Chart, now: Surroundings): void {
  const { data, active, isChosen } = now;
  const at = active === null ? undefined : data.at[active];
  if (!x || !y || active === null || at === undefined || at < x.min || at > x.max) return;
  const left = x.getPixelForValue(at);
  ctx.save();
  ctx.strokeStyle = themeColor(isChosen ? 'accent' : 'strong-line');
  ctx.beginPath();
  ctx.moveTo(left, chartArea.top);
  ctx.lineTo(left, chartArea.bottom);
  ctx.stroke();
  const median = valueAt(data.median, active);
  if (median !== null) {
    ctx.beginPath();
    ctx.arc(left, y.getPixelForValue(median), 5, 0, 2 * Math.PI);
    ctx.fillStyle = themeColor('card');
    ctx.strokeStyle = themeColor('accent');
    ctx.lineWidth = 2.5;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}
