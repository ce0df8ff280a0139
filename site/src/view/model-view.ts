import { describeAlarm, describeChangePoint } from '../../../src/core/change-points/describe-changes.ts';
import { formatChange } from '../../../src/core/render/verdict-format.ts';
import type { Alarm, ChangePoint } from '../../../src/schema/changes.ts';
import type { ChartChange } from '../client/trend/trend-marks.ts';
import type { SiteLine, SiteState } from '../data/contract.ts';
import { links } from './href.ts';
import { findLineChanges } from './line-changes.ts';
import { type LineHistory, readLine } from './line-history.ts';
import { listTiles, type TrendTile } from './trend-tiles.ts';

/** Something that was told of a line, with what it can be compared by. */
export interface ToldChange {
  /** A shape for it: which way a number went, as on the page of changes. */
  sign: '▲' | '▼' | '?' | '○' | '!';
  tone: 'better' | 'worse' | 'mark' | 'level';
  /** `confirmed`, `suspected`, `another model`. */
  status: string;
  at: string;
  words: string;
  /** The comparison of the nights before and after. */
  compare: string | null;
}

/** One line of a model's page. */
export interface LineView {
  history: LineHistory;
  tiles: TrendTile[];
  /** Newest first. */
  told: ToldChange[];
  chartChanges: ChartChange[];
}

export function viewLine(state: SiteState, line: SiteLine): LineView | null {
  const history = readLine(state, line);
  if (history === null) return null;
  const changes = findLineChanges(state.changes, line, state.lines);
  const told = [...changes.points.map(tellPoint), ...changes.alarms.map(tellAlarm)];
  return {
    history,
    tiles: listTiles(history, changes),
    told: told.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
    chartChanges: changes.points
      .filter(({ status }) => status === 'confirmed' || status === 'candidate')
      .map((point) => ({
        ...{ metric: point.metric, at: point.firstChanged.at, tone: point.tone },
        change: formatChange(point.change),
        words: describeChangePoint(point),
        href: links.compare(point.lastGood.run, point.firstChanged.run),
      })),
  };
}

const statusWords = {
  candidate: 'suspected',
  confirmed: 'confirmed',
  cleared: 'cleared',
  interrupted: 'interrupted',
} as const;

function tellPoint(point: ChangePoint): ToldChange {
  const { status, tone, change, lastGood, firstChanged } = point;
  return {
    sign: status === 'confirmed' ? (change < 0 ? '▼' : '▲') : status === 'candidate' ? '?' : '○',
    tone: status === 'confirmed' ? tone : status === 'candidate' ? 'mark' : 'level',
    ...{ status: statusWords[status], at: firstChanged.at, words: describeChangePoint(point) },
    compare: links.compare(lastGood.run, firstChanged.run),
  };
}

function tellAlarm(alarm: Alarm): ToldChange {
  const words = describeAlarm(alarm);
  if (alarm.kind === 'digest-changed') {
    const { before, after } = alarm;
    return {
      ...{ sign: '!', tone: 'mark', status: 'another model', at: after.at, words },
      compare: links.compare(before.run, after.run),
    };
  }
  const status = alarm.kind === 'offline' ? 'silent' : 'missing nights';
  return { sign: '!', tone: 'worse', status, at: alarm.expectedAt, words, compare: null };
}
