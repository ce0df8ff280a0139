import type { Changes, WatchedLine, WatchedSeries } from '../../../src/schema/changes.ts';
import type { MetricId } from '../../../src/schema/run.ts';
import type { SiteLine } from '../data/contract.ts';
import { isAlike } from './line-changes.ts';

/** One line, or what all models of a machine do together, with its series. */
export interface WatchedRow {
  machine: string;
  line: WatchedLine | null;
  /** The line of the site, where it has a page. */
  own: SiteLine | null;
  series: Partial<Record<MetricId, WatchedSeries>>;
  /** In this epoch, the most of its series. */
  nights: number;
  /** When the epoch began: `2026-11-24`. */
  since: string;
}

export const statusSigns: Readonly<Record<WatchedSeries['status'], string>> = {
  ...{ learning: '…', stable: '=', suspicious: '?', creeping: '↗' },
};

/** In the order in which changes have them. */
export function listWatched({ series }: Changes, lines: readonly SiteLine[]): WatchedRow[] {
  const groups = Map.groupBy(series, ({ machine, line }) => JSON.stringify([machine, line]));
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    return {
      ...{ machine: first.machine, line: first.line, own: findLine(first.line, lines) },
      series: Object.fromEntries(own.map((it) => [it.metric, it])),
      nights: Math.max(...own.map(({ nights }) => nights)),
      since: first.epochFrom.at.slice(0, 10),
    };
  });
}

/** The line of the site that is watched. */
export function findLine(watched: WatchedLine | null, lines: readonly SiteLine[]): SiteLine | null {
  if (watched === null) return null;
  return lines.filter((it) => isAlike(it, watched))[watched.copy] ?? null;
}
