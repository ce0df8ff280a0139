import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatCount } from '../../../../src/core/render/format.ts';
import { links } from '../../view/href.ts';
import { findNearest } from '../../view/thin-out.ts';
import type { TrendState } from '../../view/trend-state.ts';
import {
  panWindow,
  rangeWindow,
  revealTime,
  type TimeWindow,
  wholeWindow,
  zoomWindow,
} from '../../view/trend-window.ts';
import { MarkList } from './mark-list.tsx';
import { Readout } from './readout.tsx';
import { TrendControls } from './trend-controls.tsx';
import { type TrendData, valueAt } from './trend-data.ts';
import { findTrend, type TrendLine } from './trend-line.ts';
import { listMarks } from './trend-marks.ts';
import { TrendPlot } from './trend-plot.tsx';
import { TrendTable } from './trend-table.tsx';

interface DrawingProps {
  line: TrendLine;
  data: TrendData;
  state: TrendState;
  set: (changes: Partial<TrendState>, isStep?: boolean) => void;
}

/** How long a zoom by keys rests before it goes into the URL: browsers take only so many changes of it. */
const restMs = 250;

/** The chart with what moves about in it, what it reads out, its marks and its table. */
export function Drawing({ line, data, state, set }: DrawingProps) {
  const { unit, name } = findTrend(line, state.trend);
  const whole = useMemo(() => wholeWindow(data.at), [data]);
  const [moving, setMoving] = useState<TimeWindow | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const linked = state.night === null ? data.at.length - 1 : findNearest(data.at, state.night);
  const range = rangeWindow(data.at, state.range);
  const start = state.night === null ? range : revealTime(range, data.at[linked] ?? range.to, whole);
  const window = moving ?? state.window ?? start;
  const marks = useMemo(() => listMarks(data.nights, line.changes, state.trend), [data, line, state.trend]);
  const active = Math.min(chosen ?? linked, data.at.length - 1);
  const hasBand = useMemo(() => data.low.some((value) => !Number.isNaN(value)), [data]);
  const hasSlowest = useMemo(() => data.slowest.some((value) => !Number.isNaN(value)), [data]);
  const canLog = unit !== 'share';

  const settle = (next: TimeWindow | null) => {
    clearTimeout(timer.current);
    setMoving(null);
    set({ window: next, night: next === null ? null : state.night });
  };
  const move = (next: TimeWindow) => {
    setMoving(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle(next), restMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const choose = (night: number) => {
    const kept = Math.min(Math.max(night, 0), data.at.length - 1);
    setChosen(kept);
    const next = revealTime(window, data.at[kept] ?? 0, whole);
    if (next !== window) move(next);
  };
  const zoom = (factor: number) => {
    const at = data.at[active] ?? 0;
    const about = at >= window.from && at <= window.to ? at : undefined;
    move(zoomWindow(window, factor, whole, about));
  };
  const act: Readonly<Record<string, () => void>> = {
    ...{ '+': () => zoom(2), '=': () => zoom(2), '-': () => zoom(0.5), '−': () => zoom(0.5) },
    ...{ '0': () => settle(null), Home: () => choose(0), End: () => choose(data.at.length - 1) },
    ...{ ArrowLeft: () => choose(active - 1), ArrowRight: () => choose(active + 1) },
  };
  const actShifted: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(panWindow(window, -0.25, whole)),
    ArrowRight: () => move(panWindow(window, 0.25, whole)),
    '+': () => zoom(2),
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const found = (event.shiftKey ? actShifted : act)[event.key];
    if (found === undefined) return;
    event.preventDefault();
    found();
  };
  const view = {
    ...{ data, unit, window, whole, marks, active },
    ...{ isLog: state.isLog && canLog, showSlowest: state.showSlowest && hasSlowest },
  };
  const label = `${name} of ${line.model}, ${formatCount(data.at.length)} nights. Left and right go from night to night, plus and minus zoom, shift with left and right pans, 0 goes back.`;
  return (
    <>
      <TrendControls
        {...{
          ...view,
          hasSlowest,
          canLog,
          range: state.window === null && moving === null && start === range ? state.range : null,
        }}
        onRange={(range) => {
          clearTimeout(timer.current);
          setMoving(null);
          setChosen(null);
          set({ range, window: null, night: null });
        }}
        onZoom={zoom}
        onReset={() => settle(null)}
        onLog={(isLog) => set({ isLog })}
        onSlowest={(showSlowest) => set({ showSlowest })}
      />
      {data.median.some((_, night) => valueAt(data.median, night) !== null) ? (
        <TrendPlot
          {...{ view, label, onKey }}
          onPoint={setChosen}
          onWindow={(next, isDone) => (isDone ? settle(next) : setMoving(next))}
        />
      ) : (
        <div class="plot waiting">
          <p class="muted">No night has a value of this metric: choose another above.</p>
        </div>
      )}
      <Readout data={data} night={active} unit={unit} marks={marks} />
      <p class="small muted keys">
        <span class="for-mouse">
          Drag to zoom, shift and drag to pan, ctrl and wheel to zoom; on the chart ← → night by night, + − 0
          zoom.
        </span>
        <span class="for-touch">Tap to read a night, pinch to zoom, swipe to pan.</span>
        {hasBand && ' The band is the 95 % interval of the median.'}
        {data.nights.status.includes('cancelled') && ' A hollow point is of a run that was stopped early.'}
      </p>
      <MarkList marks={marks} window={window} onChoose={(at) => choose(findNearest(data.at, at))} />
      <Table data={data} window={window} unit={unit} label={`${name} of ${line.model}, night by night`} />
      <p class="small">
        All nights as JSON: <a href={links.data(`lines/${line.slug}/${state.trend}.json`)}>{name}</a>,{' '}
        <a href={links.data(`lines/${line.slug}/nights.json`)}>the nights themselves</a>
      </p>
    </>
  );
}

/** Rows are made when somebody opens it. */
function Table(props: Parameters<typeof TrendTable>[0]) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="small">The same as a table</summary>
      {isOpen && <TrendTable {...props} />}
    </details>
  );
}
