import { useMemo, useState } from 'preact/hooks';
import { formatCount } from '../../../../src/core/render/format.ts';
import { links } from '../../view/href.ts';
import { findNearest } from '../../view/thin-out.ts';
import { linkCommitOf } from '../../view/trend-commits.ts';
import type { TrendState } from '../../view/trend-state.ts';
import { wholeWindow } from '../../view/trend-window.ts';
import { MarkList } from './mark-list.tsx';
import { Readout } from './readout.tsx';
import { TrendControls } from './trend-controls.tsx';
import { type TrendData, valueAt } from './trend-data.ts';
import { findTrend, type TrendLine } from './trend-line.ts';
import { listMarks } from './trend-marks.ts';
import { TrendPlot } from './trend-plot.tsx';
import { TrendTable } from './trend-table.tsx';
import { type SetState, useTrendMoves } from './use-trend-moves.ts';

interface DrawingProps {
  line: TrendLine;
  data: TrendData;
  state: TrendState;
  set: SetState;
}

/** The chart with what moves about in it, what it reads out, its marks and its table. */
export function Drawing({ line, data, state, set }: DrawingProps) {
  const { unit, name } = findTrend(line, state.trend);
  const whole = useMemo(() => wholeWindow(data.at), [data]);
  const moves = useTrendMoves(data.at, whole, state, set);
  const { window, night, isChosen } = moves;
  const marks = useMemo(() => listMarks(data.nights, line.changes, state.trend), [data, line, state.trend]);
  const hasBand = useMemo(() => data.low.some((value) => !Number.isNaN(value)), [data]);
  const hasSlowest = useMemo(() => data.slowest.some((value) => !Number.isNaN(value)), [data]);
  const canLog = unit !== 'share';
  const linkCommit = (index: number) => linkCommitOf(line.repositories, index, data.nights.sha[index]);

  const open = () => {
    moves.flush();
    location.assign(links.run(data.nights.run[night] ?? ''));
  };
  const act: Readonly<Record<string, () => void>> = {
    ...{ '+': () => moves.zoomByKey(2), '=': () => moves.zoomByKey(2) },
    ...{ '-': () => moves.zoomByKey(0.5), '−': () => moves.zoomByKey(0.5), '0': moves.reset },
    ...{ Home: () => moves.walkTo(0), End: () => moves.walkTo(data.at.length - 1) },
    ...{ ArrowLeft: () => moves.walkTo(night - 1), ArrowRight: () => moves.walkTo(night + 1) },
    ...{ Enter: open, ...(isChosen ? { Escape: moves.free } : {}) },
  };
  const actShifted: Readonly<Record<string, () => void>> = {
    ...{ ArrowLeft: () => moves.pan(-0.25), ArrowRight: () => moves.pan(0.25) },
    '+': () => moves.zoomByKey(2),
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const found = (event.shiftKey ? actShifted : act)[event.key];
    if (found === undefined) return;
    event.preventDefault();
    found();
  };
  const view = {
    ...{ data, unit, window, whole, marks, active: night, isChosen },
    ...{ isLog: state.isLog && canLog, showSlowest: state.showSlowest && hasSlowest },
  };
  const label = `${name} of ${line.model}, ${formatCount(data.at.length)} nights. Left and right go from night to night, Enter opens the run, Escape lets go of a night, plus and minus zoom, shift with left and right pans, 0 goes back.`;
  return (
    <>
      <TrendControls
        {...{ ...view, hasSlowest, canLog, range: moves.isOfRange ? state.range : null }}
        onRange={moves.showRange}
        onZoom={moves.zoom}
        onReset={moves.reset}
        onLog={(isLog) => moves.choose({ isLog })}
        onSlowest={(showSlowest) => moves.choose({ showSlowest })}
      />
      {data.median.some((_, index) => valueAt(data.median, index) !== null) ? (
        <TrendPlot
          {...{ view, label, onKey }}
          onPoint={moves.point}
          onPin={moves.pin}
          onWindow={moves.drag}
          onLeave={moves.endWalk}
        />
      ) : (
        <div class="plot waiting">
          <p class="muted">No night has a value of this metric: choose another above.</p>
        </div>
      )}
      <Readout
        {...{ data, night, unit, marks }}
        commit={linkCommit(night)}
        free={isChosen ? moves.free : null}
      />
      <p class="small muted keys">
        <span class="for-mouse">
          A click holds a night until the next one, or Esc. Drag to zoom, shift and drag to pan, ctrl and
          wheel to zoom; on the chart ← → night by night, Enter opens its run, + − 0 zoom.
        </span>
        <span class="for-touch">Tap to read a night, pinch to zoom, swipe to pan.</span>
        {hasBand && ' The band is the 95 % interval of the median.'}
        {data.nights.status.includes('cancelled') && ' A hollow point is of a run that was stopped early.'}
      </p>
      <MarkList
        {...{ marks, window }}
        onChoose={(at) => moves.choose(moves.lookAt(findNearest(data.at, at)))}
      />
      <Table {...{ data, window, unit, linkCommit }} label={`${name} of ${line.model}, night by night`} />
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
