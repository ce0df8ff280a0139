import type { TrendId } from '../data/contract.ts';
import { shortestMs, type TimeWindow, type TrendRange, trendRanges } from './trend-window.ts';

/** What a reader has chosen to see of a line. All of it is in the URL. */
export interface TrendState {
  trend: TrendId;
  range: TrendRange;
  /** Zoomed to, until a reset; null: the range decides. */
  window: TimeWindow | null;
  /** The night that a link points at, in milliseconds since 1970: it is read out, and seen; null: the newest. */
  night: number | null;
  isLog: boolean;
  /** Whether the slowest case of each night is drawn as well. */
  showSlowest: boolean;
}

export const defaultTrendState: TrendState = {
  ...{ trend: 'ttftMs', range: '90d', window: null, night: null },
  ...{ isLog: false, showSlowest: false },
};

/** The parameters of a URL by name; an empty value takes one out of it. */
type Query = Readonly<Record<string, string>>;

/**
 * The state that a URL holds for a line; what it says of another line, or nobody understands, is the default.
 * @param trends What the line has.
 */
export function parseTrendState(
  query: Query,
  anchor: string,
  trends: readonly TrendId[],
  hash = '',
): TrendState {
  const isOfOther = (query.line ?? anchor) !== anchor;
  const readTrend = (text: string | null | undefined) => trends.find((it) => it === text) ?? null;
  const trend = readTrend(readHash(hash, anchor)) ?? defaultTrendState.trend;
  if (isOfOther) return { ...defaultTrendState, trend };
  return {
    trend: readTrend(query.metric) ?? trend,
    range: isRange(query.range) ? query.range : defaultTrendState.range,
    ...{ window: readWindow(query), night: readTime(query.night) },
    isLog: query.log === '1',
    showSlowest: query.slowest === '1',
  };
}

/**
 * What a URL has to say to bring this state back; what is the default is left out.
 * @param anchor Of the line; null on a page with one line alone.
 */
export function writeTrendState(state: TrendState, anchor: string | null): Query {
  const { trend, range, window, night, isLog, showSlowest } = state;
  const own = {
    metric: trend === defaultTrendState.trend ? '' : trend,
    range: range === defaultTrendState.range ? '' : range,
    from: window === null ? '' : writeTime(window.from),
    to: window === null ? '' : writeTime(window.to),
    night: night === null ? '' : writeTime(night),
    log: isLog ? '1' : '',
    slowest: showSlowest ? '1' : '',
  };
  const isDefault = Object.values(own).every((it) => it === '');
  return { ...own, line: isDefault ? '' : (anchor ?? '') };
}

/** `#line-1-e2eMs` is the trend of E2E of `line-1`. */
function readHash(hash: string, anchor: string): string | null {
  return hash.startsWith(`#${anchor}-`) ? hash.slice(anchor.length + 2) : null;
}

function isRange(text: string | undefined): text is TrendRange {
  return text !== undefined && Object.hasOwn(trendRanges, text);
}

function readWindow({ from: start = '', to: end = '' }: Query): TimeWindow | null {
  const from = Date.parse(start);
  const to = Date.parse(end);
  return to - from >= shortestMs ? { from, to } : null;
}

function readTime(text = ''): number | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

/** To the second, which is as finely as a chart is moved. */
function writeTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/(?::00)?\.\d+Z$/, 'Z');
}
