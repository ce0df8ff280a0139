import { median } from 'simple-statistics';
import { type Course, traceCourse } from './course.ts';
import type { Noise } from './noise.ts';
import {
  candidateOf,
  clearCandidate,
  creepOf,
  type Finding,
  lastOf,
  measureAfter,
  measureBefore,
  nightsOfCreepLevel,
  takeNights,
  type WatchState,
} from './watch-state.ts';

/** For so many nights after an alarm, what follows may still tell a creep from a step. */
const nightsToSettle = 40;
/** How much likelier a creep must be than a step, in log likelihood: to be called one, and to stay one. */
const creepMargin = { atAlarm: 3, later: 4, toStay: -2 };
/** Two alarms in one direction within so many nights may be one creep. */
const nightsToJoin = 80;
/** A creep has ended when so many nights brought no new extreme. */
const nightsToLevel = 30;

/** Raises the alarm, unless it is more of the last one. */
export function confirm(state: WatchState, candidate: Finding, night: number, noise: Noise): void {
  const { from } = state;
  const [creep, last] = [creepOf(state), lastOf(state)];
  const course = creep === null ? traceCourse(takeNights(state, from), noise) : null;
  if (course !== null) {
    if (joinToLast(state, night, noise)) return;
    nameShape(candidate, night, course, creepMargin.atAlarm);
  }
  Object.assign(candidate, { status: 'confirmed', decidedAt: night });
  if (last !== null) measureAfter(state, last, candidate.lastGood + 1);
  if (creep === null) {
    const known = state.nights - state.values.length;
    state.earlier = [...state.earlier.filter(([, end]) => end > known), [from, candidate.lastGood + 1]];
  } else creep.levelledAt = night;
  state.fromBefore = creep === null ? from : null;
  state.last = state.findings.indexOf(candidate);
  follow(state, candidate);
}

/** Lets the nights since the last alarm say better what it was and when. True where it is another shape now. */
export function settleLast(state: WatchState, night: number): boolean {
  const { noise, fromBefore } = state;
  const [candidate, last] = [candidateOf(state), lastOf(state)];
  if (last === null || last.decidedAt === null || fromBefore === null || noise === null) return false;
  if (night - last.decidedAt > nightsToSettle || last.levelledAt !== null) return false;
  if (candidate !== null && candidate.sign !== last.sign) return false;
  const course = traceCourse(takeNights(state, fromBefore), noise);
  if (course === null) return false;
  const settled = { ...last };
  nameShape(settled, night, course, last.shape === 'creep' ? creepMargin.toStay : creepMargin.later);
  const fit = settled.shape === 'creep' ? course.creep : course.step;
  // What fits the whole better may be another change altogether.
  if (!fit || Math.sign(fit.score) !== last.sign || settled.lastGood >= last.decidedAt) return false;
  const isOther = settled.shape !== last.shape;
  Object.assign(last, settled);
  follow(state, last);
  if (isOther) clearCandidate(state, night);
  return isOther;
}

/** A creep has ended when its medians have been no farther off for a while. */
export function endCreep(state: WatchState, night: number): void {
  const creep = creepOf(state);
  if (creep === null) return;
  let { extreme } = state;
  for (let at = extreme === null ? creep.lastGood + 1 : night; at <= night; at++) {
    const nights = takeNights(state, at + 1 - nightsOfCreepLevel, at + 1);
    if (nights.length === 0) continue;
    const value = creep.sign * median(nights);
    if (extreme === null || value > extreme.value) extreme = { value, at };
  }
  state.extreme = extreme;
  if (extreme === null || night - extreme.at < nightsToLevel) return;
  creep.levelledAt = night;
  state.from = night - nightsToLevel + 1;
  state.extreme = null;
  state.usual = null;
}

/** Tells the levels of the last change as long as the nights still say more of them. */
export function measureLast(state: WatchState, night: number): void {
  const last = lastOf(state);
  if (last === null || last.decidedAt === null) return;
  if (night - last.decidedAt > nightsToSettle && last.shape === 'step') return;
  if (state.fromBefore !== null) measureBefore(state, last, state.fromBefore);
  measureAfter(state, last, state.nights);
}

/** Takes a second alarm in the same direction as more of the last change, if one creep explains both as well. */
function joinToLast(state: WatchState, night: number, noise: Noise): boolean {
  const { fromBefore } = state;
  const [candidate, last] = [candidateOf(state), lastOf(state)];
  if (last === null || last.decidedAt === null || fromBefore === null) return false;
  if (candidate?.sign !== last.sign) return false;
  if (night - (last.levelledAt ?? last.decidedAt) > nightsToJoin) return false;
  const course = traceCourse(takeNights(state, fromBefore), noise);
  if (course === null || course.creep === null || course.lead < 0) return false;
  const lastGood = night - course.creep.nights;
  if (Math.sign(course.creep.score) !== last.sign || lastGood >= last.decidedAt) return false;
  Object.assign(last, { shape: 'creep', lastGood, levelledAt: null });
  follow(state, last);
  clearCandidate(state, night);
  return true;
}

/** The present stretch begins with the last change. */
function follow(state: WatchState, { lastGood }: Finding): void {
  if (state.from !== lastGood + 1) state.usual = null;
  state.from = lastGood + 1;
  state.extreme = null;
}

function nameShape(finding: Finding, night: number, { step, creep, lead }: Course, margin: number): void {
  const isCreep = creep !== null && lead > margin;
  finding.shape = isCreep ? 'creep' : 'step';
  finding.lastGood = night - (isCreep ? creep : step).nights;
}
