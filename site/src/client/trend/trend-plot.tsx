import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { fitPaper } from './on-paper.ts';
import { createTrendChart, type TrendChart, type TrendEvents, type TrendView } from './trend-chart.ts';

interface Props extends TrendEvents {
  view: TrendView;
  label: string;
  onKey: (event: KeyboardEvent) => void;
  /** Keys go elsewhere from now on. */
  onLeave: () => void;
}

/** The canvas with its keys. What it shows is read out beside it, and stands in the table below. */
export function TrendPlot({ view, label, onKey, onLeave, ...on }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<TrendChart>(null);
  const events = useRef<TrendEvents>(on);
  events.current = on;
  const shown = useRef(view);
  shown.current = view;

  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const made = createTrendChart(canvas.current, {
      onPoint: (night) => events.current.onPoint(night),
      onPin: (night) => {
        // A drag that might have begun here keeps the browser from moving the focus to where the keys are heard.
        canvas.current?.parentElement?.focus({ preventScroll: true });
        events.current.onPin(night);
      },
      onWindow: (window, isDone) => events.current.onWindow(window, isDone),
    });
    chart.current = made;
    // A copy, as the chart draws anew only what is not the same.
    const redraw = () => {
      if (canvas.current?.parentElement) fitPaper(canvas.current.parentElement);
      made.fit();
      made.show({ ...shown.current, window: { ...shown.current.window }, marks: [...shown.current.marks] });
    };
    document.addEventListener('themechange', redraw);
    return () => {
      document.removeEventListener('themechange', redraw);
      made.destroy();
    };
  }, []);
  useEffect(() => chart.current?.show(view));

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from night to night
    <div class="plot" role="application" tabIndex={0} aria-label={label} onKeyDown={onKey} onBlur={onLeave}>
      <canvas ref={canvas} />
    </div>
  );
}
