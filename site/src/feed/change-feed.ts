import {
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
}

/** Everything that changes say, newest first. */
export function listFeed({ changePoints, alarms, boundaries }: Changes): FeedItem[] {
  const items = [
    ...changePoints.map(readChangePoint),
    ...alarms.map(readAlarm),
    ...boundaries.map(readBoundary),
  ];
  return items.sort((a, b) => compare(b.updatedAt, a.updatedAt) || compare(a.id, b.id));
}

function readChangePoint(point: ChangePoint): FeedItem {
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
    text: describeChangePoint(point),
  };
}

function readAlarm(alarm: Alarm): FeedItem {
  const text = describeAlarm(alarm);
  if (alarm.kind === 'digest-changed') {
    const { line, after } = alarm;
    return {
      id: nameItem('digest', line.machine, line.model, line.options, String(line.copy), after.run),
      ...{ kind: 'digest', status: 'told', tone: 'alarm', machine: line.machine, line, metric: null },
      change: null,
      ...{ since: after, noticedAt: after.at, updatedAt: after.at, text },
    };
  }
  const { machine, last, expectedAt, next } = alarm;
  return {
    // One missing night may become a machine that is offline: the same gap.
    id: nameItem('gap', machine, last.run),
    ...{ kind: 'gap', status: next === null ? 'open' : 'told', tone: next === null ? 'alarm' : 'level' },
    ...{ machine, line: null, metric: null, change: null, since: last, text },
    ...{ noticedAt: expectedAt, updatedAt: next?.at ?? expectedAt },
  };
}

function readBoundary(boundary: Boundary): FeedItem {
  const { machine, after } = boundary;
  return {
    id: nameItem('boundary', machine, after.run),
    ...{ kind: 'boundary', status: 'told', tone: 'level', machine, line: null, metric: null },
    change: null,
    ...{ since: after, noticedAt: after.at, updatedAt: after.at, text: describeBoundary(boundary) },
  };
}

/** Made from what does not change any more once it is noticed. */
function nameItem(kind: FeedKind, ...parts: string[]): string {
  return `${kind}-${sha256Text(JSON.stringify(parts)).slice(7, 19)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
