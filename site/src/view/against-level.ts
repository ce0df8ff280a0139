import { nightsToLearn } from '../../../src/core/change-points/watch-state.ts';
import { formatQuantity } from '../../../src/core/render/format.ts';
import { formatChange } from '../../../src/core/render/verdict-format.ts';
import type { ChangePoint, WatchedSeries } from '../../../src/schema/changes.ts';

/** How the newest night of a metric lies against the stretch of nights before it, without crying wolf. */
export interface AgainstLevel {
  /** level: as usual; open: may be something; unknown: nothing to hold it against. */
  tone: 'worse' | 'better' | 'level' | 'open' | 'unknown';
  words: string;
}

/** Within so many standard deviations a night is as others are. */
const usual = 3;

/**
 * @param now The median of the newest night, in the unit of the metric.
 * @param common What all models of the machine do together: the newest night is not freed of it, unlike the level.
 * @param points Change points of the line and metric, newest first.
 */
export function describeAgainstLevel(
  now: number | null,
  series: WatchedSeries | undefined,
  common: WatchedSeries | undefined,
  points: readonly ChangePoint[],
): AgainstLevel {
  if (now === null || series === undefined) return { tone: 'unknown', words: '' };
  if (series.status === 'learning' || series.level === null || series.noise === null)
    return { tone: 'unknown', words: describeLearning(series.nights) };
  const open = points.find(({ status }) => status === 'candidate');
  if (open) return { tone: 'open', words: `${formatChange(open.change)} suspected` };
  const [last] = points.filter(({ status }) => status === 'confirmed');
  if (series.status === 'creeping' && last)
    return { tone: last.tone, words: `${formatChange(last.change)}, creeping ${last.tone}` };
  const change = now / series.level - 1;
  const sd = Math.hypot(series.noise.sd, common?.noise?.sd ?? 0);
  if (Math.abs(change) <= usual * sd) return { tone: 'level', words: 'as usual' };
  return { tone: 'level', words: `${formatChange(change)}, on one night` };
}

/** `learning: 7 of 20 nights`. */
export function describeLearning(nights: number): string {
  return `learning: ${Math.min(nights, nightsToLearn)} of ${formatQuantity(nightsToLearn, 'night')}`;
}
