import type { TrendId } from '../data/contract.ts';
import { shortestMs, type TimeWindow, type TrendRange, trendRanges } from './trend-window.ts';

/** What a reader has chosen to see of a line. All of it is in the URL. */
export interface TrendState {
  trend: TrendId;
  range: TrendRange;
  /** Zoomed to, until a reset; null: the range decides. */
  window: TimeWindow | null;
  /** The night that was chosen, in milliseconds since 1970: it is read out, and seen; null: the newest. */
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
 * What a parameter of a line is called: `night`, and `line-2.night` of another line of the page. The first line has the
 * bare names, so that what was shared of a model goes on when it is measured on a second machine.
 */
export function lineParameter(anchor: string, name: string): string {
  return anchor === 'line-1' ? name : `${anchor}.${name}`;
}

/**
 * The state that a URL holds for a line; what nobody understands is the default.
 * @param trends What the line has.
 */
export function parseTrendState(
  query: Query,
  anchor: string,
  trends: readonly TrendId[],
  hash = '',
): TrendState {
  const read = (name: string) => query[lineParameter(anchor, name)];
  const readTrend = (text: string | null | undefined) => trends.find((it) => it === text) ?? null;
  const range = read('range');
  return {
    trend: readTrend(read('metric')) ?? readTrend(readHash(hash, anchor)) ?? defaultTrendState.trend,
    range: isRange(range) ? range : defaultTrendState.range,
    ...{ window: readWindow(read('from'), read('to')), night: readTime(read('night')) },
    isLog: read('log') === '1',
    showSlowest: read('slowest') === '1',
  };
}

/** What a URL has to say to bring this state of a line back; what is the default is left out. */
export function writeTrendState(state: TrendState, anchor: string): Query {
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
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [lineParameter(anchor, name), value]));
}

/** `#line-1-e2eMs` is the trend of E2E of `line-1`. */
function readHash(hash: string, anchor: string): string | null {
  return namesTrendOf(hash, anchor) ? hash.slice(anchor.length + 2) : null;
}

/** Whether a link points at a trend of a line. */
export function namesTrendOf(hash: string, anchor: string): boolean {
  return hash.startsWith(`#${anchor}-`);
}

function isRange(text: string | undefined): text is TrendRange {
  return text !== undefined && Object.hasOwn(trendRanges, text);
}

function readWindow(start = '', end = ''): TimeWindow | null {
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
