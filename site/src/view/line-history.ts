import { median } from 'simple-statistics';
import type {
  SiteIdentity,
  SiteLine,
  SiteMachine,
  SiteNight,
  SiteState,
  TrendColumns,
  TrendId,
} from '../data/contract.ts';
import { runOfModel } from '../data/select.ts';
import { findPauses } from './pauses.ts';
import type { SparkInput } from './sparkline.ts';

/** How many nights the small drawings show: a season. */
const sparkNights = 90;

/** One line with the machine it was measured on and the nights on which it was. */
export interface LineHistory {
  line: SiteLine;
  machine: SiteMachine;
  /** Oldest first. */
  nights: SiteNight[];
  /** Measured in the newest night of its machine. */
  isCurrent: boolean;
}

/** Null where its machine is not in the state, or it has no night: there is nothing to be shown. */
export function readLine({ machines }: Pick<SiteState, 'machines'>, line: SiteLine): LineHistory | null {
  const machine = machines.find(({ id }) => id === line.machine);
  if (machine === undefined || line.nights.length === 0) return null;
  const own = line.nights.flatMap((index) => machine.nights[index] ?? []);
  // Of a night in shards, the run that measured this model is the one to look at.
  const nights = own.map((night) => ({ ...night, runs: [runOfModel(night, line.model)] }));
  return { line, machine, nights, isCurrent: line.nights.at(-1) === machine.nights.length - 1 };
}

/** One night of a trend. */
export interface Reading {
  n: number;
  median: number | null;
  low: number | null;
  high: number | null;
  slowest: number | null;
}

export function readTrend(columns: TrendColumns, night: number): Reading {
  const at = (column: readonly (number | null)[]) => column[night] ?? null;
  const { median, low, high, slowest } = columns;
  return {
    n: columns.n[night] ?? 0,
    ...{ median: at(median), low: at(low), high: at(high), slowest: at(slowest) },
  };
}

/** What the newest night of a line says. */
export function readLatest({ line, nights }: LineHistory, trend: TrendId): Reading {
  return readTrend(line.trends[trend], nights.length - 1);
}

/** The newest nights of a trend, to be drawn small. */
export function sparkOf(history: LineHistory, trend: TrendId, most = sparkNights): SparkInput[] {
  return toSpark(history, history.line.trends[trend].median, most);
}

/** The newest nights of a column of a line, to be drawn small, with a mark wherever the model under the tag is another. */
export function toSpark(
  { line, nights }: LineHistory,
  values: readonly (number | null)[],
  most = sparkNights,
): SparkInput[] {
  const from = Math.max(nights.length - most, 0);
  const times = nights.slice(from).map(({ at }) => Date.parse(at));
  const pauses = findPauses(times);
  const marked = new Set(line.marks.flatMap(({ kind, night }) => (kind === 'digest' ? [night] : [])));
  return times.map((timeMs, index) => ({
    ...{ timeMs, value: values[from + index] ?? null },
    ...{ isMarked: marked.has(from + index), pausedBefore: pauses[index] ?? false },
  }));
}

/** Which model the tag stands for now, and those it stood for, newest first. */
export function listIdentities({ identities }: SiteLine): SiteIdentity[] {
  return identities.toSorted((a, b) => b.last - a.last);
}

/** Where the trend of one metric of a line stands on the model's page. */
export function trendAnchor({ anchor }: Pick<SiteLine, 'anchor'>, trend: TrendId): string {
  return `${anchor}-${trend}`;
}

/** Without thinking, the first answer token is the first token: a second trend of the same would be noise. */
export function thinks({ trends: { ttfaMs, ttftMs } }: SiteLine): boolean {
  return ttfaMs.median.some((value, night) => value !== ttftMs.median[night]);
}

/** How many nights before it the newest value of a series is held against. */
export const nightsBefore = 14;

/**
 * The newest value against the median of up to 14 nights before it, as now ÷ before − 1; null where either is missing.
 * A difference, not a verdict: those come from what is watched.
 */
export function changeAgainstBefore(values: readonly (number | null)[]): number | null {
  const now = values.at(-1) ?? null;
  const before = values.slice(-1 - nightsBefore, -1).filter((it) => it !== null);
  const middle = before.length === 0 ? 0 : median(before);
  return now === null || middle === 0 ? null : now / middle - 1;
}
