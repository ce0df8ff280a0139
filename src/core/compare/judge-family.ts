import type {
  Effect,
  HeadlineMetric,
  MetricVerdict,
  VerdictSettings,
  VerdictWord,
} from '../../schema/verdict.ts';
import { criticalT, twoSidedT } from './distributions.ts';
import { nominalLevel, sequentialP } from './group-sequential.ts';
import { toChange } from './headline-metrics.ts';
import { adjustHolm } from './multiple-tests.ts';
import { remember } from './remember.ts';

export const defaultSettings: VerdictSettings = {
  ...{ alpha: 0.005, floor: 0.02, qualityAlpha: 0.05, falseDiscoveryRate: 0.05, looks: null },
};

/** What a judgement is made of. */
export interface Estimate {
  metric: HeadlineMetric;
  effect: Effect | null;
  loads: number;
  /** Numbers of loads at which it was agreed to look; null: once. */
  looks: readonly number[] | null;
}

export type Judgement = Pick<
  MetricVerdict,
  'word' | 'change' | 'interval' | 'pValue' | 'adjustedPValue' | 'detectableChange'
>;

const equivalenceLevel = 0.9;
/** A change of this power is what a comparison is said to have been able to see. */
const detectablePower = 0.8;

/**
 * Judges every headline metric of every changed model together: Holm over the family, O'Brien–Fleming over the looks.
 *
 * regressed, improved: adjusted p ≤ alpha, and at least the floor. unchanged: the 90 % interval lies inside the floor
 * (two one-sided tests at 5 %; at an early look a wider one, by the same bounds). Else inconclusive.
 */
export function judgeFamily(
  estimates: readonly Estimate[],
  { alpha, floor }: Pick<VerdictSettings, 'alpha' | 'floor'>,
): Judgement[] {
  const tested = estimates.map(testEffect);
  const family = tested.filter((it) => it !== null);
  const adjusted = adjustHolm(family.map(({ sequentialP }) => sequentialP));
  const adjustedOf = new Map(family.map((it, index) => [it, adjusted[index] ?? 1]));
  const least = Math.log1p(floor);
  return estimates.map(({ metric, effect, loads, looks: planned }, index): Judgement => {
    const looks = planned && withLook(planned, loads);
    if (effect === null) return { ...unjudged, word: 'not comparable' };
    const { logRatio } = effect;
    const change = toChange(metric, logRatio);
    const test = tested[index] ?? null;
    if (test === null) return { ...unjudged, change };
    const { standardError, degreesOfFreedom } = test;
    const adjustedPValue = adjustedOf.get(test) ?? 1;
    const atLook = (level: number) => (looks === null ? level : nominal(level, loads, looks));
    const outside = atLook(1 - equivalenceLevel);
    const margin = standardError * critical(outside, degreesOfFreedom);
    const bounds = [toChange(metric, logRatio - margin), toChange(metric, logRatio + margin)];
    const seen =
      standardError *
      (critical(atLook(alpha / family.length), degreesOfFreedom) +
        critical(2 * (1 - detectablePower), degreesOfFreedom));
    return {
      word: findWord(logRatio, margin, adjustedPValue <= alpha, least),
      change,
      interval: { level: 1 - outside, low: Math.min(...bounds), high: Math.max(...bounds) },
      pValue: test.p,
      adjustedPValue,
      detectableChange: Math.expm1(Math.max(seen, least)),
    };
  });
}

const unjudged: Judgement = {
  ...{ word: 'inconclusive', change: null, interval: null },
  ...{ pValue: null, adjustedPValue: null, detectableChange: null },
};

function findWord(logRatio: number, margin: number, isReal: boolean, least: number): VerdictWord {
  if (isReal && Math.abs(logRatio) >= least) return logRatio > 0 ? 'regressed' : 'improved';
  return Math.abs(logRatio) + margin <= least ? 'unchanged' : 'inconclusive';
}

function testEffect({ effect, loads, looks }: Estimate) {
  if (effect === null) return null;
  const { logRatio, standardError, degreesOfFreedom } = effect;
  if (standardError === null || degreesOfFreedom === null || degreesOfFreedom <= 0) return null;
  const p = logRatio === 0 ? 1 : twoSidedT(logRatio / standardError, degreesOfFreedom);
  return {
    ...{ standardError, degreesOfFreedom, p },
    sequentialP: looks === null ? p : sequentialP(p, loads, withLook(looks, loads)),
  };
}

/** A model that lost a load is looked at where it is, between two of the looks: that is one more. */
function withLook(looks: readonly number[], loads: number): readonly number[] {
  return looks.includes(loads) ? looks : [...looks, loads].sort((a, b) => a - b);
}

/** Each takes a search, and metrics mostly share their levels, loads and degrees of freedom. */
const critical = remember(criticalT);
const nominal = remember(nominalLevel);
