import { useEffect, useRef } from 'preact/hooks';
import { startPart } from '../start-part.ts';
import { whenNear } from '../when-near.ts';

/** A chart that was drawn, to be taken away again. */
export interface DrawnChart {
  destroy(): void;
}

interface Props {
  /** What is drawn, for who cannot see it. */
  label: string;
  heightPx: number;
  /** Says which drawing this is: it is drawn anew where this changes. */
  drawing: string;
  draw: (canvas: HTMLCanvasElement, charts: typeof import('./charts.ts')) => DrawnChart;
}

/** A place for a chart, whose library comes when somebody is about to see it. */
export function ChartBox({ label, heightPx, drawing, draw }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = plot.current;
    if (box === null) return;
    // Through the object model: the site's policy allows no style in markup.
    box.style.height = `${heightPx}px`;
    let drawn: DrawnChart | null = null;
    let isGone = false;
    const drawNow = async () => {
      const charts = await import('./charts.ts');
      if (isGone) return;
      drawn?.destroy();
      const canvas = document.createElement('canvas');
      box.replaceChildren(canvas);
      drawn = draw(canvas, charts);
    };
    const redraw = () => {
      if (drawn !== null) void drawNow();
    };
    whenNear(box, () => void startPart(box, drawNow));
    document.addEventListener('themechange', redraw);
    return () => {
      isGone = true;
      drawn?.destroy();
      document.removeEventListener('themechange', redraw);
    };
  }, [drawing, heightPx]);
  return <div ref={plot} class="plot" role="img" aria-label={label} />;
}
