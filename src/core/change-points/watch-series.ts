import { median } from 'simple-statistics';
import { type Course, traceCourse } from './course.ts';
import type { Shape } from './likelihood-ratio.ts';
import type { Noise } from './noise.ts';
import { calibrated, type Thresholds } from './thresholds.ts';
import { type Evidence, weighNight } from './weigh-night.ts';

/** Fewer nights cannot tell what is usual. */
export const nightsToLearn = 20;

/** A change that was suspected, and what became of it. Nights are indices into the series. */
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
}

export type SeriesStatus = 'learning' | 'stable' | 'suspicious' | 'creeping';

export interface Watch {
  status: SeriesStatus;
  /** The night with which the present stretch began. */
  stretchFrom: number;
  /** null while learning. */
  noise: Noise | null;
  /** In the order in which they were suspected. */
  findings: Finding[];
}

/** For so many nights after an alarm, what follows may still tell a creep from a step. */
const nightsToSettle = 40;
/** How much likelier a creep must be than a step, in log likelihood: to be called one, and to stay one. */
const creepMargin = { atAlarm: 3, later: 4, toStay: -2 };
/** Two alarms in one direction within so many nights may be one creep. */
const nightsToJoin = 80;
/** A creep has ended when so many nights brought no new extreme. */
const nightsToLevel = 30;
/** While it lasts, only what these nights say of a turn is heard. */
const nightsOfCreep = 30;
const nightsOfMean = 10;

interface State {
  values: number[];
  thresholds: Thresholds;
  findings: Finding[];
  /** The first night of the present stretch, and of the one before; null where that was a creep. */
  from: number;
  fromBefore: number | null;
  /** The stretches before, as far as they were stable. */
  earlier: (readonly number[])[];
  noise: Noise | null;
  candidate: Finding | null;
  last: Finding | null;
  creep: Finding | null;
}

/** A series under watch: give it each night as it comes. */
export interface SeriesWatch {
  /** @param value On a log scale, comparable with all before. */
  add(value: number): void;
  read(): Watch;
}

/** Opens a watch on one metric of one model on one machine in one epoch. */
export function openWatch(thresholds: Thresholds = calibrated): SeriesWatch {
  const state: State = {
    ...{ values: [], thresholds, findings: [], from: 0, fromBefore: null, earlier: [] },
    ...{ noise: null, candidate: null, last: null, creep: null },
  };
  return {
    add(value) {
      state.values.push(value);
      if (state.values.length >= nightsToLearn) followNight(state);
    },
    read: () => ({
      ...{ status: nameStatus(state), stretchFrom: state.from, noise: state.noise },
      findings: state.findings.map((it) => ({ ...it })),
    }),
  };
}

/**
 * Follows a series night by night, as if each had just arrived: what it says on a night depends on no later one.
 *
 * @param values One a night on a log scale, oldest first.
 */
export function watchSeries(values: readonly number[], thresholds: Thresholds = calibrated): Watch {
  const watch = openWatch(thresholds);
  for (const value of values) watch.add(value);
  return watch.read();
}

function followNight(state: State): void {
  const night = state.values.length - 1;
  endCreep(state, night);
  const first = state.creep === null ? state.from : Math.max(state.from, night - nightsOfCreep);
  const evidence = weighNight(state.values.slice(first), state.earlier, state.thresholds);
  if (settle(state, night) || evidence === null) return;
  state.noise = evidence.noise;
  judge(state, night, evidence);
}

function nameStatus({ values, candidate, creep }: State): SeriesStatus {
  if (values.length < nightsToLearn) return 'learning';
  if (candidate !== null) return 'suspicious';
  return creep === null ? 'stable' : 'creeping';
}

/** Suspects, confirms or clears by what the nights until now say. */
function judge(state: State, night: number, evidence: Evidence): void {
  const { thresholds, creep } = state;
  // That a creep goes on is no news.
  const relative = evidence.sign === creep?.sign ? 0 : evidence.relative;
  const found = { shape: evidence.shape, sign: evidence.sign, score: evidence.score };
  const lastGood = night - evidence.nights;
  if (state.candidate !== null) {
    const { sign, suspectedAt } = state.candidate;
    if (relative < thresholds.clear || sign !== evidence.sign || lastGood >= suspectedAt) clear(state, night);
  }
  if (state.candidate !== null) {
    Object.assign(state.candidate, { ...found, lastGood });
    if (relative >= 1 && isLarge(state, night)) confirm(state, state.candidate, night, evidence.noise);
  } else if (relative >= thresholds.suspect) {
    const open = { status: 'candidate', suspectedAt: night, decidedAt: null, levelledAt: null } as const;
    state.candidate = { ...found, ...open, lastGood };
    state.findings.push(state.candidate);
  }
}

/** A shift that nobody would act on is no alarm, however sure it is. */
function isLarge({ values, from, candidate, thresholds }: State, night: number): boolean {
  if (candidate === null) return false;
  const changed = candidate.lastGood + 1;
  const before = median(values.slice(from, changed));
  const now = median(values.slice(Math.max(changed, night + 1 - nightsOfMean), night + 1));
  return Math.abs(now - before) >= thresholds.smallestChange;
}

function clear(state: State, night: number): void {
  if (state.candidate !== null) Object.assign(state.candidate, { status: 'cleared', decidedAt: night });
  state.candidate = null;
}

function confirm(state: State, candidate: Finding, night: number, noise: Noise): void {
  const { values, creep, from } = state;
  const course = creep === null ? traceCourse(values.slice(from, night + 1), noise) : null;
  if (course !== null) {
    if (joinToLast(state, night, noise)) return;
    describe(candidate, night, course, creepMargin.atAlarm);
  }
  Object.assign(candidate, { status: 'confirmed', decidedAt: night });
  if (creep === null) state.earlier.push(values.slice(from, candidate.lastGood + 1));
  else creep.levelledAt = night;
  state.fromBefore = creep === null ? from : null;
  state.last = candidate;
  state.candidate = null;
  follow(state, candidate);
}

/** Where the present stretch begins follows from the last change. */
function follow(state: State, last: Finding): void {
  state.from = last.lastGood + 1;
  state.creep = last.shape === 'creep' && last.levelledAt === null ? last : null;
}

function describe(finding: Finding, night: number, { step, creep, lead }: Course, margin: number): void {
  const isCreep = creep !== null && lead > margin;
  finding.shape = isCreep ? 'creep' : 'step';
  finding.lastGood = night - (isCreep ? creep : step).nights;
}

/** Lets the nights since the last alarm say better what it was and when. True where it is another shape now. */
function settle(state: State, night: number): boolean {
  const { values, noise, candidate, last, fromBefore } = state;
  if (last === null || last.decidedAt === null || fromBefore === null || noise === null) return false;
  if (night - last.decidedAt > nightsToSettle || last.levelledAt !== null) return false;
  if (candidate !== null && candidate.sign !== last.sign) return false;
  const course = traceCourse(values.slice(fromBefore, night + 1), noise);
  const settled = { ...last };
  if (course !== null) {
    describe(settled, night, course, last.shape === 'creep' ? creepMargin.toStay : creepMargin.later);
  }
  const fit = settled.shape === 'creep' ? course?.creep : course?.step;
  // What fits the whole better may be another change altogether.
  if (!fit || Math.sign(fit.score) !== last.sign || settled.lastGood >= last.decidedAt) return false;
  const isOther = settled.shape !== last.shape;
  Object.assign(last, settled);
  follow(state, last);
  if (isOther) clear(state, night);
  return isOther;
}

/** Takes a second alarm in the same direction as more of the last change, if one creep explains both as well. */
function joinToLast(state: State, night: number, noise: Noise): boolean {
  const { values, candidate, last, fromBefore } = state;
  if (last === null || last.decidedAt === null || fromBefore === null) return false;
  if (candidate?.sign !== last.sign) return false;
  if (night - (last.levelledAt ?? last.decidedAt) > nightsToJoin) return false;
  const course = traceCourse(values.slice(fromBefore, night + 1), noise);
  if (course === null || course.creep === null || course.lead < 0) return false;
  const lastGood = night - course.creep.nights;
  if (Math.sign(course.creep.score) !== last.sign || lastGood >= last.decidedAt) return false;
  Object.assign(last, { shape: 'creep', lastGood, levelledAt: null });
  follow(state, last);
  clear(state, night);
  return true;
}

/** A creep has ended when its medians have been no farther off for a while. */
function endCreep(state: State, night: number): void {
  const { values, creep } = state;
  if (creep === null) return;
  let extreme = Number.NEGATIVE_INFINITY;
  let at = creep.lastGood;
  for (let it = creep.lastGood + 1; it <= night; it++) {
    const now = creep.sign * median(values.slice(Math.max(0, it - nightsOfMean + 1), it + 1));
    if (now > extreme) {
      extreme = now;
      at = it;
    }
  }
  if (night - at < nightsToLevel) return;
  creep.levelledAt = night;
  state.from = night - nightsToLevel + 1;
  state.creep = null;
}
