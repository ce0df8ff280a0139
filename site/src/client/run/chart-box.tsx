import { useEffect, useRef } from 'preact/hooks';
import { startPart } from '../start-part.ts';
// Before any box: by the time that one is drawn to be printed, it is known to be on paper.
import { fitPaper } from '../trend/on-paper.ts';
import { whenNear } from '../when-near.ts';

/** A chart that was drawn, to be taken away again. */
export interface DrawnChart {
  destroy(): void;
}

type Charts = typeof import('./charts.ts');

interface Props {
  /** What is drawn, for who cannot see it. */
  label: string;
  heightPx: number;
  /** Says which drawing this is: it is drawn anew where this changes. */
  drawing: string;
  draw: (canvas: HTMLCanvasElement, charts: Charts) => DrawnChart;
}

let charts: Charts | null = null;

async function loadCharts(): Promise<Charts> {
  charts ??= await import('./charts.ts');
  return charts;
}

/** A place for a chart, which is drawn when somebody is about to see it, or prints the page. */
export function ChartBox({ label, heightPx, drawing, draw }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = plot.current;
    if (box === null) return;
    // Through the object model: the site's policy allows no style in markup.
    box.style.height = `${heightPx}px`;
    let drawn: DrawnChart | null = null;
    let isGone = false;
    const drawWith = (loaded: Charts) => {
      if (isGone) return;
      drawn?.destroy();
      fitPaper(box);
      const canvas = document.createElement('canvas');
      box.replaceChildren(canvas);
      drawn = draw(canvas, loaded);
    };
    const redraw = () => {
      if (drawn !== null && charts !== null) drawWith(charts);
    };
    const drawForPrint = () => {
      if (drawn === null && charts !== null) drawWith(charts);
    };
    whenNear(box, () => void startPart(box, async () => drawWith(await loadCharts())));
    prepareForPrint();
    document.addEventListener('themechange', redraw);
    addEventListener('beforeprint', drawForPrint);
    return () => {
      isGone = true;
      drawn?.destroy();
      document.removeEventListener('themechange', redraw);
      removeEventListener('beforeprint', drawForPrint);
    };
  }, [drawing, heightPx]);
  return <div ref={plot} class="plot" role="img" aria-label={label} />;
}

let isPrepared = false;

/** A page that is printed waits for nothing: the library comes while the browser has nothing else to do. */
function prepareForPrint(): void {
  if (isPrepared) return;
  isPrepared = true;
  // Where it does not come, whoever comes near to a chart is told.
  const prepare = () => void loadCharts().catch((error: unknown) => console.debug('No charts yet', error));
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(prepare, { timeout: 10_000 });
  else setTimeout(prepare, 2000);
}
