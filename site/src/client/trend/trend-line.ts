import type { TrendId } from '../../data/contract.ts';
import type { RepositoryStretch } from '../../view/trend-commits.ts';
import type { TrendDefinition } from '../../view/trend-definitions.ts';
import { parseTrendState, type TrendState } from '../../view/trend-state.ts';
import type { Query } from '../ui/query-state.ts';
import type { ChartChange } from './trend-marks.ts';

/** What a page says of a line whose trends are to be drawn. */
export interface TrendLine {
  slug: string;
  model: string;
  /** Its section on the page. */
  anchor: string;
  /** What it can show, the first of them at first. As data, so that no schema has to come with the chart. */
  trends: (TrendDefinition & { id: TrendId })[];
  changes: ChartChange[];
  /** Where its commits are. */
  repositories: RepositoryStretch[];
}

/** The state that a URL holds for a line. */
export function readTrendState(line: TrendLine, query: Query, hash: string): TrendState {
  return parseTrendState(
    query,
    line.anchor,
    line.trends.map(({ id }) => id),
    hash,
  );
}

export function findTrend(
  { trends }: TrendLine,
  trend: TrendId,
): Pick<TrendDefinition, 'name' | 'unit' | 'better' | 'definition'> {
  return (
    trends.find(({ id }) => id === trend) ?? { name: trend, unit: 'ms', better: 'lower', definition: '' }
  );
}
