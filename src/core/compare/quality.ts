import { sum } from 'simple-statistics';
import type { CheckResult } from '../../schema/check.ts';
import type { QualityVerdict, VerdictWord } from '../../schema/verdict.ts';
import { countChecks } from '../checks/count-checks.ts';
import { binomialHalf } from './distributions.ts';
import { adjustHolm } from './multiple-tests.ts';

/** What the same checks said of the bare answers to one prompt: for each answer, a result for each check. */
export interface JudgedPrompt {
  prompt: string;
  base: readonly (readonly CheckResult[])[];
  head: readonly (readonly CheckResult[])[];
  /** Bare requests that a side left without an answer: they have passed none of the checks. */
  unanswered?: { base: number; head: number };
}

export type QualityEstimate = Omit<QualityVerdict, 'word' | 'adjustedPValue' | 'rejudged' | 'notes'>;

/**
 * Compares what the checks say of both sides. The prompt is the unit: the answers of several loads are mostly one
 * answer, and the checks of one answer fail together. A prompt counts for the side that passed the larger share of its
 * checks, and the exact sign test (McNemar's, on prompts) says how likely such a split is if neither is better. A request
 * without an answer has passed none of them, and a prompt without any is worse than one that failed them all.
 * Six prompts that all go one way are the fewest that reach 5 %.
 */
export function compareQuality(judged: readonly JudgedPrompt[]): QualityEstimate {
  const both = judged.filter(({ base, head }) => base.length > 0 && head.length > 0);
  const gains = judged.flatMap((it) => gainOf(it) ?? []);
  const better = gains.filter((gain) => gain > 0).length;
  const worse = gains.filter((gain) => gain < 0).length;
  const checks = both.flatMap(tallyChecks);
  const passes = ({ base, head }: CheckTally) => base.passed + head.passed;
  const answers = ({ base, head }: CheckTally) => base.answers + head.answers;
  const name = ({ prompt, label }: CheckTally) => ({ prompt, label });
  return {
    ...{ prompts: gains.length, better, worse },
    pValue: better + worse === 0 ? null : signTest(better, worse),
    base: countChecks(both.flatMap(({ base }) => base)),
    head: countChecks(both.flatMap(({ head }) => head)),
    changes: checks.filter((it) => shareOf(it.base) !== shareOf(it.head)),
    neverFailed: checks.filter((it) => passes(it) === answers(it)).map(name),
    neverPassed: checks.filter((it) => passes(it) === 0).map(name),
  };
}

/** Two-sided exact p of so many of two kinds, if either is as likely. */
export function signTest(some: number, others: number): number {
  return Math.min(1, 2 * binomialHalf(Math.min(some, others), some + others));
}

/** The word for each model, Holm over the models: improved and regressed at `alpha`, unchanged where nothing differs. */
export function judgeQuality(
  estimates: readonly QualityEstimate[],
  alpha: number,
): Pick<QualityVerdict, 'word' | 'adjustedPValue'>[] {
  const tested = estimates.filter(({ pValue }) => pValue !== null);
  const adjusted = adjustHolm(tested.map(({ pValue }) => pValue ?? 1));
  return estimates.map((it) => {
    const adjustedPValue = adjusted[tested.indexOf(it)] ?? null;
    return { word: findWord(it, adjustedPValue, alpha), adjustedPValue };
  });
}

function findWord(
  { prompts, better, worse }: QualityEstimate,
  adjustedPValue: number | null,
  alpha: number,
): VerdictWord {
  if (prompts === 0) return 'not comparable';
  if (adjustedPValue === null) return 'unchanged';
  if (adjustedPValue > alpha) return 'inconclusive';
  return better > worse ? 'improved' : 'regressed';
}

type CheckTally = QualityVerdict['changes'][number];

function tallyChecks({ prompt, base, head }: JudgedPrompt): CheckTally[] {
  const tally = (answers: JudgedPrompt['base'], index: number) => ({
    passed: answers.filter((results) => results[index]?.pass).length,
    answers: answers.length,
  });
  return (head[0] ?? []).map(({ label }, index) => ({
    ...{ prompt, label },
    base: tally(base, index),
    head: tally(head, index),
  }));
}

function shareOf({ passed, answers }: CheckTally['base']): number {
  return passed / answers;
}

/** Above 0 where head is better; null where there is nothing to tell it by. */
function gainOf({ base, head, unanswered = { base: 0, head: 0 } }: JudgedPrompt): number | null {
  if (base.length > 0 && head.length > 0) {
    return passShare(head, unanswered.head) - passShare(base, unanswered.base);
  }
  if (base.length > 0 && unanswered.head > 0) return -1;
  return head.length > 0 && unanswered.base > 0 ? 1 : null;
}

/** Of whole numbers, so that equal shares are equal. */
function passShare(answers: JudgedPrompt['base'], unanswered: number): number {
  const results = answers.flat();
  const passed = sum(results.map(({ pass }) => Number(pass)));
  // As many checks as an answer has, for each request.
  const checks = (results.length / answers.length) * (answers.length + unanswered);
  return results.length === 0 ? 0 : passed / checks;
}
