import { nightsToLearn } from '../../src/core/change-points/watch-state.ts';
import { seedRandom } from '../../src/core/compare/seeded-random.ts';
import type { RuleFigures } from '../../src/schema/scorecard.ts';
import { type HistoryRuleName, historyRuleNames, historyRules } from './rules.ts';
import { boundPoisson, countFalse, meanF1, medianDelay, scoreAlarms } from './score.ts';
import { type ShapeName, shapeNames, shapes } from './shapes.ts';

export interface ShapeResult {
  id: ShapeName;
  title: string;
  years: number;
  /** Of all years together, those while it was learned left out. */
  nights: number;
  rules: Record<HistoryRuleName, RuleFigures>;
}

/** How much is simulated, and which of it. */
export interface HistorySize {
  /** Years of a shape in which something happens. */
  years: number;
  /** Of one in which nothing does: false alarms are rare, so they take more. */
  quietYears: number;
  seed: number;
}

/** Simulates years of nights of a shape, from a seed of its own, and scores every rule on them. */
export function simulateShape(id: ShapeName, { years, quietYears, seed }: HistorySize): ShapeResult {
  const { title, draw } = shapes[id];
  const random = seedRandom(seed * 1000 + shapeNames.indexOf(id));
  const count = id.startsWith('quiet') ? quietYears : years;
  const drawn = Array.from({ length: count }, (_, at) => draw(random, at));
  const nights = drawn.reduce((sum, { values }) => sum + Math.max(values.length - nightsToLearn, 0), 0);
  const figuresOf = (rule: HistoryRuleName): RuleFigures => {
    const scores = drawn.map(({ values, lastGood }) => scoreAlarms(historyRules[rule](values), lastGood));
    const falseAlarms = countFalse(scores);
    return {
      f1: meanF1(scores),
      falsePer1000: (falseAlarms / nights) * 1000,
      falsePer1000AtMost: (boundPoisson(falseAlarms) / nights) * 1000,
      delay: medianDelay(scores),
    };
  };
  const rules = Object.fromEntries(historyRuleNames.map((rule) => [rule, figuresOf(rule)]));
  return { id, title, years: count, nights, rules: rules as Record<HistoryRuleName, RuleFigures> };
}
