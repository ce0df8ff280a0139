import {
  announce,
  describeAlarm,
  describeBoundary,
  describeChangePoint,
} from '../../../src/core/change-points/describe-changes.ts';
import type {
  Alarm,
  Boundary,
  ChangePoint,
  Changes,
  Night,
  WatchedLine,
} from '../../../src/schema/changes.ts';
import type { MetricId } from '../../../src/schema/run.ts';
import { sha256Text } from '../../../src/store/hash-text.ts';

export type FeedKind = 'change' | 'digest' | 'gap' | 'boundary';

/** suspected: the nights to come will tell; open: a gap that goes on; told: it is so; cleared: it was nothing. */
export type FeedStatus = 'suspected' | 'open' | 'told' | 'cleared' | 'interrupted';

/** alarm: somebody has to look; level: neither better nor worse. */
export type FeedTone = 'alarm' | 'worse' | 'better' | 'level';

/** One thing that history says: a line of the page of changes, an entry of the feed. */
export interface FeedItem {
  /** Stays the same while more nights say more of it: the anchor on the page. */
  id: string;
  kind: FeedKind;
  status: FeedStatus;
  tone: FeedTone;
  machine: string;
  /** null: it is of the machine, or of what all its models do together. */
  line: WatchedLine | null;
  metric: MetricId | null;
  /** after ÷ before − 1, of a metric. */
  change: number | null;
  /** Since when it is so. */
  since: Night;
  /** When it was noticed, ISO 8601. */
  noticedAt: string;
  /** When the latest was said of it, ISO 8601. */
  updatedAt: string;
  text: string;
  /** What is true of it since updatedAt, and no more: nights that come later may add to the text. */
  news: string;
}

/** Everything that changes say, newest first. */
export function listFeed({ changePoints, alarms, boundaries, machines }: Changes): FeedItem[] {
  const every = new Map(machines.map(({ id, everyMs }) => [id, everyMs]));
  const items = [
    ...changePoints.map(readChangePoint),
    ...alarms.map((alarm) => readAlarm(alarm, every)),
    ...boundaries.map(readBoundary),
  ];
  return items.sort((a, b) => compare(b.updatedAt, a.updatedAt) || compare(a.id, b.id));
}

function readChangePoint(point: ChangePoint): FeedItem {
  const text = describeChangePoint(point);
  const { series, machine, line, metric, tone, suspectedAt, decidedAt, levelledAt } = point;
  const status = { candidate: 'suspected', confirmed: 'told' } as const;
  return {
    id: nameItem('change', series, suspectedAt.run),
    ...{ kind: 'change', machine, line, metric, change: point.change, since: point.firstChanged },
    status:
      point.status === 'candidate' || point.status === 'confirmed' ? status[point.status] : point.status,
    // What may be nothing is neither good nor bad yet.
    tone: point.status === 'confirmed' ? tone : 'level',
    ...{ noticedAt: suspectedAt.at, updatedAt: (levelledAt ?? decidedAt ?? suspectedAt).at },
    ...{ text, news: text },
  };
}

function readAlarm(alarm: Alarm, every: ReadonlyMap<string, number | null>): FeedItem {
  const text = describeAlarm(alarm);
  if (alarm.kind === 'digest-changed') {
    const { line, after } = alarm;
    return {
      id: nameItem('digest', line.machine, line.model, line.options, String(line.copy), after.run),
      ...{ kind: 'digest', status: 'told', tone: 'alarm', machine: line.machine, line, metric: null },
      change: null,
      ...{ since: after, noticedAt: after.at, updatedAt: after.at, text, news: announce(alarm) },
    };
  }
  const { machine, last, expectedAt, missed, next } = alarm;
  // While it goes on, the latest of it is the run that was missed last.
  const missedMs = Date.parse(expectedAt) + (missed - 1) * (every.get(machine) ?? 0);
  return {
    // One missing night may become a machine that is offline: the same gap.
    id: nameItem('gap', machine, last.run),
    ...{ kind: 'gap', status: next === null ? 'open' : 'told', tone: next === null ? 'alarm' : 'level' },
    ...{ machine, line: null, metric: null, change: null, since: last, text, news: text },
    ...{ noticedAt: expectedAt, updatedAt: next?.at ?? new Date(missedMs).toISOString() },
  };
}

function readBoundary(boundary: Boundary): FeedItem {
  const { machine, after } = boundary;
  return {
    id: nameItem('boundary', machine, after.run),
    ...{ kind: 'boundary', status: 'told', tone: 'level', machine, line: null, metric: null },
    change: null,
    ...{ since: after, noticedAt: after.at, updatedAt: after.at },
    ...{ text: describeBoundary(boundary), news: announce(boundary) },
  };
}

/** Made from what does not change any more once it is noticed. */
function nameItem(kind: FeedKind, ...parts: string[]): string {
  return `${kind}-${sha256Text(JSON.stringify(parts)).slice(7, 19)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
