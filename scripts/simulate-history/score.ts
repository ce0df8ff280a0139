import { mean, median } from 'simple-statistics';
import { criticalNormal } from '../../src/core/compare/distributions.ts';
import type { Alarm } from './rules.ts';

/** How far from the labelled night an alarm may place a change. */
const tolerance = 5;

export interface SeriesScore {
  found: number;
  missed: number;
  falseAlarms: number;
  /** Nights from the last good one to the alarm, for each label; infinite where it was missed. */
  delays: number[];
}

/**
 * Matches alarms with labels, each with one at most, the nearest first.
 * @param lateLabels People place labels a little late or early: an alarm may come before its label by the tolerance.
 */
export function scoreAlarms(
  alarms: readonly Alarm[],
  lastGood: readonly number[],
  lateLabels = false,
): SeriesScore {
  const pairs = alarms
    .flatMap((alarm) => lastGood.map((label) => ({ alarm, label, apart: Math.abs(alarm.lastGood - label) })))
    .filter(({ alarm, label, apart }) => apart <= tolerance && (lateLabels || alarm.night > label))
    .sort((a, b) => a.apart - b.apart);
  const taken = new Set<Alarm>();
  const delays = new Map<number, number>();
  for (const { alarm, label } of pairs) {
    if (taken.has(alarm) || delays.has(label)) continue;
    taken.add(alarm);
    delays.set(label, Math.max(alarm.night - label, 1));
  }
  return {
    found: delays.size,
    missed: lastGood.length - delays.size,
    falseAlarms: alarms.length - taken.size,
    delays: lastGood.map((label) => delays.get(label) ?? Number.POSITIVE_INFINITY),
  };
}

/** Of one series; null where there is nothing to find: false alarms are its figure. */
export function f1Of({ found, missed, falseAlarms }: SeriesScore): number | null {
  return found + missed === 0 ? null : (2 * found) / (2 * found + missed + falseAlarms);
}

/** The mean over the series that have one, as many short ones must not be outvoted by a long one. */
export function meanF1(scores: readonly SeriesScore[]): number | null {
  const each = scores.map(f1Of).filter((it) => it !== null);
  return each.length === 0 ? null : mean(each);
}

export function countFalse(scores: readonly SeriesScore[]): number {
  return scores.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0);
}

/** The most events to expect, at 95 %, where so many were seen: of Poisson's, by Wilson and Hilferty (1931). */
export function boundPoisson(events: number): number {
  const n = events + 1;
  return n * (1 - 1 / (9 * n) + criticalNormal(0.1) / (3 * Math.sqrt(n))) ** 3;
}

/** Null where fewer than half of the labels were found. */
export function medianDelay(scores: readonly SeriesScore[]): number | null {
  const delays = scores.flatMap((it) => it.delays);
  const middle = delays.length === 0 ? Number.POSITIVE_INFINITY : median(delays);
  return Number.isFinite(middle) ? middle : null;
}
