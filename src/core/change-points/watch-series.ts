import { median } from 'simple-statistics';
import type { WatchedSeries } from '../../schema/changes.ts';
import type { Noise } from './noise.ts';
import { confirm, endCreep, measureLast, settleLast } from './settle-change.ts';
import { calibrated, type Thresholds } from './thresholds.ts';
import {
  candidateOf,
  clearCandidate,
  creepOf,
  emptyWatch,
  type Finding,
  measureAfter,
  measureBefore,
  nightsKept,
  nightsOfCreepLevel,
  nightsToLearn,
  takeNights,
  type WatchState,
} from './watch-state.ts';
import { type Evidence, isQuiet, tellUsual, weighNight } from './weigh-night.ts';

export interface Watch {
  status: WatchedSeries['status'];
  /** The night with which the present stretch began. */
  stretchFrom: number;
  /** null while learning. */
  noise: Noise | null;
  /** In the order in which they were suspected. */
  findings: readonly Finding[];
}

/** While a creep lasts, only what these nights say of a turn is heard. */
const nightsOfCreep = 30;
/** What is usual is told anew after so many nights, and on each on which there is something to be seen. */
const nightsOfUsual = 7;

/**
 * Takes in the next night of a series: one metric of one model on one machine in one epoch. What is said of a night
 * depends on no later one, but for the place and the shape of a change, which the nights after it tell better.
 * @param value On a log scale, comparable with all before.
 */
export function watchNight(state: WatchState, value: number, thresholds: Thresholds = calibrated): void {
  state.values.push(value);
  state.nights++;
  if (state.values.length > nightsKept) state.values.shift();
  if (state.nights < nightsToLearn) return;
  const night = state.nights - 1;
  endCreep(state, night);
  const evidence = weigh(state, night, thresholds);
  if (!settleLast(state, night) && evidence !== null) {
    state.noise = evidence.noise;
    judge(state, night, evidence, thresholds);
  }
  measureLast(state, night);
}

/** null where there are too few nights, or nothing is to be seen on a night on which nothing is under way. */
function weigh(state: WatchState, night: number, thresholds: Thresholds): Evidence | null {
  const isCreeping = creepOf(state) !== null;
  const first = isCreeping ? Math.max(state.from, night - nightsOfCreep) : state.from;
  const stretch = takeNights(state, first);
  const isCalm = !isCreeping && candidateOf(state) === null;
  const { usual } = state;
  if (isCalm && usual !== null && night - usual.at < nightsOfUsual && isQuiet(stretch, usual, thresholds)) {
    return null;
  }
  const earlier = state.earlier.map(([from, end]) => takeNights(state, from, end));
  const told = tellUsual(stretch, earlier);
  state.usual = told && { ...told, at: night };
  return told && weighNight(stretch, earlier, told, thresholds);
}

export function readWatch(state: WatchState): Watch {
  const { from, noise, findings } = state;
  return { status: nameStatus(state), stretchFrom: from, noise, findings };
}

/** Follows a whole series night by night, as if each had just arrived. */
export function watchSeries(values: readonly number[], thresholds: Thresholds = calibrated): Watch {
  const state = emptyWatch();
  for (const value of values) watchNight(state, value, thresholds);
  return readWatch(state);
}

function nameStatus(state: WatchState): WatchedSeries['status'] {
  if (state.nights < nightsToLearn) return 'learning';
  if (candidateOf(state) !== null) return 'suspicious';
  return creepOf(state) === null ? 'stable' : 'creeping';
}

/** Suspects, confirms or clears by what the nights until now say. */
function judge(state: WatchState, night: number, evidence: Evidence, thresholds: Thresholds): void {
  // That a creep goes on is no news.
  const relative = evidence.sign === creepOf(state)?.sign ? 0 : evidence.relative;
  const { shape, sign, score } = evidence;
  const found = { shape, sign, score, lastGood: night - evidence.nights };
  const open = candidateOf(state);
  if (open !== null) {
    const isSame = sign === open.sign && found.lastGood < open.suspectedAt;
    if (relative < thresholds.clear || !isSame) clearCandidate(state, night);
  }
  const candidate = candidateOf(state);
  if (candidate !== null) {
    Object.assign(candidate, found);
    measureCandidate(state, candidate);
    if (relative >= 1 && isLarge(state, night, candidate, thresholds)) {
      confirm(state, candidate, night, evidence.noise);
    }
  } else if (relative >= thresholds.suspect) {
    const times = { suspectedAt: night, decidedAt: null, levelledAt: null };
    const finding: Finding = { status: 'candidate', ...found, ...times, before: 0, after: 0 };
    measureCandidate(state, finding);
    state.findings.push(finding);
  }
}

function measureCandidate(state: WatchState, candidate: Finding): void {
  const from =
    creepOf(state) === null ? state.from : Math.max(state.from, candidate.lastGood + 1 - nightsOfCreepLevel);
  measureBefore(state, candidate, from);
  measureAfter(state, candidate, state.nights);
}

/** A shift that nobody would act on is no alarm, however sure it is. */
function isLarge(
  state: WatchState,
  night: number,
  { lastGood }: Finding,
  { smallestChange }: Thresholds,
): boolean {
  const changed = lastGood + 1;
  const before = takeNights(state, state.from, changed);
  const now = takeNights(state, Math.max(changed, night + 1 - nightsOfCreepLevel));
  if (before.length === 0 || now.length === 0) return false;
  return Math.abs(median(now) - median(before)) >= smallestChange;
}
