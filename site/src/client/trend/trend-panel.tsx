import { useEffect, useMemo } from 'preact/hooks';
import type { LineNights, TrendColumns, TrendId } from '../../data/contract.ts';
import { links } from '../../view/href.ts';
import { type TrendState, writeTrendState } from '../../view/trend-state.ts';
import { Failed, Loading } from '../ui/notice.tsx';
import { readQuery, type Step, useQuery } from '../ui/query-state.ts';
import { useFile } from '../use-file.ts';
import { layOutTrend } from './trend-data.ts';
import { Drawing } from './trend-drawing.tsx';
import { findTrend, readTrendState, type TrendLine } from './trend-line.ts';

/** One trend of a line, large, with everything to move about in it. */
export function TrendPanel({ line, onTrend }: { line: TrendLine; onTrend: (trend: TrendId) => void }) {
  const [query, change] = useQuery();
  const state = readTrendState(line, query, location.hash);
  // Of the URL as it is then: a move comes into it later than it is made.
  const set = (changes: Partial<TrendState>, step: Step) => {
    const now = readTrendState(line, readQuery(), location.hash);
    change(writeTrendState({ ...now, ...changes }, line.anchor), step);
  };
  useEffect(() => onTrend(state.trend), [state.trend]);

  const trend = findTrend(line, state.trend);
  const nights = useFile<LineNights>(links.data(`lines/${line.slug}/nights.json`));
  const columns = useFile<TrendColumns>(links.data(`lines/${line.slug}/${state.trend}.json`));
  const data = useMemo(
    () =>
      nights.state === 'done' && columns.state === 'done' ? layOutTrend(nights.value, columns.value) : null,
    [nights, columns],
  );
  const failed = [nights, columns].filter((it) => it.state === 'failed');
  const retry = () => {
    for (const it of failed) it.retry();
  };
  return (
    <>
      <header>
        <h3>
          {trend.name} <span class="muted small">{trend.better} is better</span>
        </h3>
        <p class="small muted">{trend.definition}</p>
      </header>
      {failed[0] !== undefined ? (
        <Failed error={failed[0].error} retry={retry} />
      ) : data === null ? (
        <div class="plot waiting">
          <Loading>Loading the nights…</Loading>
        </div>
      ) : (
        <Drawing line={line} data={data} state={state} set={set} />
      )}
    </>
  );
}
