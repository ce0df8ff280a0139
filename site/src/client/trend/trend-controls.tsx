import { type TrendRange, trendRanges } from '../../view/trend-window.ts';

interface Props {
  /** null: zoomed to some other stretch of time. */
  range: TrendRange | null;
  isLog: boolean;
  canLog: boolean;
  showSlowest: boolean;
  hasSlowest: boolean;
  onRange: (range: TrendRange) => void;
  onZoom: (factor: number) => void;
  onReset: () => void;
  onLog: (isLog: boolean) => void;
  onSlowest: (show: boolean) => void;
}

/** Buttons for what keys and pointers do as well. */
export function TrendControls(props: Props) {
  const { range, isLog, canLog, showSlowest, hasSlowest } = props;
  return (
    <div class="controls">
      <fieldset>
        <legend class="visually-hidden">Range</legend>
        {(Object.keys(trendRanges) as TrendRange[]).map((id) => (
          <button key={id} type="button" aria-pressed={range === id} onClick={() => props.onRange(id)}>
            {trendRanges[id].name}
          </button>
        ))}
      </fieldset>
      <fieldset>
        <legend class="visually-hidden">Zoom</legend>
        <button type="button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => props.onZoom(2)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => props.onZoom(0.5)}>
          −
        </button>
        <button type="button" title="Back to the range (0)" disabled={range !== null} onClick={props.onReset}>
          reset
        </button>
      </fieldset>
      {canLog && (
        <label>
          <input
            type="checkbox"
            checked={isLog}
            onChange={(event) => props.onLog(event.currentTarget.checked)}
          />
          log scale
        </label>
      )}
      {hasSlowest && (
        <label>
          <input
            type="checkbox"
            checked={showSlowest}
            onChange={(event) => props.onSlowest(event.currentTarget.checked)}
          />
          slowest case
        </label>
      )}
    </div>
  );
}
