import { median } from 'simple-statistics';
import type { Shape } from './likelihood-ratio.ts';
import type { Noise } from './noise.ts';
import type { Usual } from './weigh-night.ts';

/** Fewer nights cannot tell what is usual. */
export const nightsToLearn = 20;

/** What lies longer ago is not looked at: so a night costs the same however long a history is. */
export const nightsKept = 300;

/** Of what was and what is, so many nights on either side of a change tell the level. */
const nightsOfSide = 40;
/** Where a creep is, or where it came from, its latest nights tell. */
export const nightsOfCreepLevel = 10;

/** A change that was suspected, and what became of it. Nights are positions in the series. */
export interface Finding {
  status: 'candidate' | 'confirmed' | 'cleared';
  shape: Shape;
  sign: 1 | -1;
  /** The last night before the change, as far as can be told: later nights may still move it a little. */
  lastGood: number;
  suspectedAt: number;
  /** The night of the alarm where it is confirmed, the night that cleared it, null while it is a candidate. */
  decidedAt: number | null;
  /** When a creep was seen to have ended; null while it goes on, and for a step. */
  levelledAt: number | null;
  /** Likelihood ratio or length of a run, in standard deviations, when it was last weighed. */
  score: number;
  /** What was before on a log scale: the median of up to 40 nights; of a creep that was left, of its last 10. */
  before: number;
  /** What was after it, the same; of a creep, its latest 10 nights. */
  after: number;
}

/** All that a watch knows, as JSON may hold it. */
export interface WatchState {
  /** How many there were. */
  nights: number;
  /** The latest of them. */
  values: number[];
  /** The first night of the present stretch, and of the one before; null where that was a creep. */
  from: number;
  fromBefore: number | null;
  /** First night and end of the stretches before, as far as they were stable. */
  earlier: [from: number, end: number][];
  noise: Noise | null;
  /** What is usual in the present stretch, and the night on which it was told; null where it must be told anew. */
  usual: (Usual & { at: number }) | null;
  /** In the order in which they were suspected. */
  findings: Finding[];
  /** Which of them is the last that was confirmed. */
  last: number | null;
  /** How far the creep that goes on has got. */
  extreme: { value: number; at: number } | null;
}

export function emptyWatch(): WatchState {
  return {
    ...{ nights: 0, values: [], from: 0, fromBefore: null, earlier: [], noise: null, usual: null },
    ...{ findings: [], last: null, extreme: null },
  };
}

/** The values of nights from `from` on, as far as they are still known. */
export function takeNights({ nights, values }: WatchState, from: number, end: number = nights): number[] {
  const dropped = nights - values.length;
  return values.slice(Math.max(from - dropped, 0), Math.max(end - dropped, 0));
}

export function candidateOf({ findings }: WatchState): Finding | null {
  const newest = findings.at(-1);
  return newest?.status === 'candidate' ? newest : null;
}

export function lastOf({ findings, last }: WatchState): Finding | null {
  return last === null ? null : (findings[last] ?? null);
}

/** The confirmed creep that goes on. */
export function creepOf(state: WatchState): Finding | null {
  const last = lastOf(state);
  return last?.shape === 'creep' && last.levelledAt === null ? last : null;
}

/** Median of the present stretch on a log scale; null before the first night. */
export function levelOf(state: WatchState): number | null {
  const stretch = takeNights(state, state.from);
  return stretch.length === 0 ? null : median(stretch);
}

/** The same without its newest nights where it is long, as it was told last. */
export function usualLevelOf(state: WatchState): number | null {
  return state.usual?.level ?? levelOf(state);
}

/**
 * Tells from what a finding is a change. Left as it was known where those nights are no longer.
 * @param from With which they began.
 */
export function measureBefore(state: WatchState, finding: Finding, from: number): void {
  const changed = finding.lastGood + 1;
  const first = Math.max(from, changed - nightsOfSide);
  if (first < state.nights - state.values.length) return;
  const before = takeNights(state, first, changed);
  if (before.length > 0) finding.before = median(before);
}

/** Tells from the nights until `end` to what a finding is a change. */
export function measureAfter(state: WatchState, finding: Finding, end: number): void {
  const changed = finding.lastGood + 1;
  const after =
    finding.shape === 'creep'
      ? takeNights(state, Math.max(changed, end - nightsOfCreepLevel), end)
      : takeNights(state, changed, Math.min(end, changed + nightsOfSide));
  if (after.length > 0) finding.after = median(after);
}

export function clearCandidate(state: WatchState, night: number): void {
  const candidate = candidateOf(state);
  if (candidate !== null) Object.assign(candidate, { status: 'cleared', decidedAt: night });
}
