import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  type Plugin,
  PointElement,
} from 'chart.js';
import zoom from 'chartjs-plugin-zoom';
import { findNearest, thinOut } from '../../view/thin-out.ts';
import type { TrendUnit } from '../../view/trend-value.ts';
import { shortestMs, type TimeWindow } from '../../view/trend-window.ts';
import { drawAround } from './draw-around.ts';
import type { TrendData } from './trend-data.ts';
import { describeDatasets, type Points } from './trend-datasets.ts';
import type { ChartMark } from './trend-marks.ts';
import { describeScales } from './trend-scales.ts';

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
  /** Whether it was chosen, and stays when the pointer moves on. */
  isChosen: boolean;
}

export interface TrendChart {
  show(view: TrendView): void;
  /** Makes it as large as its place is now. */
  fit(): void;
  destroy(): void;
}

export interface TrendEvents {
  /** Somebody points at a night. */
  onPoint(night: number): void;
  /** Somebody clicks on a night, or taps it. */
  onPin(night: number): void;
  /** Somebody zooms or pans with a pointer; not done while it goes on. */
  onWindow(window: TimeWindow, isDone: boolean): void;
}

/** How far a pointer moves before it drags. */
const dragPx = 8;

/** Draws trends on a canvas: of thousands of nights only as many as have a place there. */
export function createTrendChart(canvas: HTMLCanvasElement, on: TrendEvents): TrendChart {
  let view: TrendView | null = null;
  let shown: number[] = [];
  const tellWindow = (isDone: boolean) => () => {
    const { x } = chart.scales;
    if (x) on.onWindow({ from: x.min, to: x.max }, isDone);
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
            drag: { enabled: true, threshold: dragPx, backgroundColor: 'rgb(128 128 128 / 25%)' },
            ...{ onZoom: tellWindow(false), onZoomComplete: tellWindow(true) },
          },
        },
      },
    },
  });
  const tellNight = (tell: (night: number) => void, { offsetX }: MouseEvent) => {
    const time = chart.scales.x?.getValueForPixel(offsetX);
    if (view === null || time === undefined) return;
    const night = findNearest(view.data.at, Math.min(Math.max(time, view.window.from), view.window.to));
    if (night >= 0) tell(night);
  };
  let pressedAt = 0;
  canvas.addEventListener('pointermove', (event) => tellNight(on.onPoint, event));
  canvas.addEventListener('pointerdown', (event) => {
    pressedAt = event.offsetX;
    tellNight(on.onPoint, event);
  });
  canvas.addEventListener('click', (event) => {
    // The end of a drag is a click as well.
    if (Math.abs(event.offsetX - pressedAt) <= dragPx) tellNight(on.onPin, event);
  });
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
    fit: () => chart.resize(),
    destroy: () => chart.destroy(),
  };
}

function isSameButActive(before: TrendView, now: TrendView): boolean {
  const { active: _, isChosen: __, window, ...rest } = now;
  const isSame = (Object.keys(rest) as (keyof typeof rest)[]).every((name) => before[name] === now[name]);
  return isSame && window.from === before.window.from && window.to === before.window.to;
}
