import type { Alarm, ChangePoint, Changes, WatchedLine, WatchedSeries } from '../../../src/schema/changes.ts';
import type { MetricId } from '../../../src/schema/run.ts';
import type { SiteLine } from '../data/contract.ts';

/** What is watched on one line, and what was told of it and of its machine, newest first. */
export interface LineChanges {
  series: Partial<Record<MetricId, WatchedSeries>>;
  /** Those of the line, and of what all models of its machine do together. */
  points: ChangePoint[];
  /** Models that came under the tag, and runs that its machine still misses. */
  alarms: Alarm[];
}

/** Changes, or what is news of them. */
type Told = Pick<Changes, 'changePoints' | 'alarms'> & Partial<Pick<Changes, 'series'>>;

/** @param lines All lines of the site, as two of them may be alike but for their order. */
export function findLineChanges(changes: Told, line: SiteLine, lines: readonly SiteLine[]): LineChanges {
  const copy = copyOf(line, lines);
  const isOwn = (it: WatchedLine | null) => it !== null && isAlike(it, line) && it.copy === copy;
  const series = (changes.series ?? []).filter((it) => isOwn(it.line)).map((it) => [it.metric, it]);
  return {
    series: Object.fromEntries(series),
    points: changes.changePoints
      .filter((it) => isOwn(it.line) || (it.line === null && it.machine === line.machine))
      .toReversed(),
    alarms: changes.alarms
      .filter((it) =>
        it.kind === 'digest-changed' ? isOwn(it.line) : it.machine === line.machine && it.next === null,
      )
      .toReversed(),
  };
}

/** A run may ask for one model twice with the same options: 0 for the first. */
export function copyOf(line: SiteLine, lines: readonly SiteLine[]): number {
  return Math.max(lines.filter((it) => isAlike(it, line)).indexOf(line), 0);
}

type Alike = Pick<SiteLine, 'machine' | 'model' | 'options'>;

/** But for their order. */
export function isAlike(a: Alike, b: Alike): boolean {
  return a.machine === b.machine && a.model === b.model && a.options === b.options;
}
