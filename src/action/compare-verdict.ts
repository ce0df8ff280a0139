import type { CampaignComparison } from '../compare-folders.ts';
import type { VerdictWord } from '../schema/verdict.ts';

/** From the mildest to the strictest. */
export const compareFailOnWords = ['never', 'error', 'regression'] as const;
export type CompareFailOn = (typeof compareFailOnWords)[number];

const fromTheWorst = ['regressed', 'not comparable', 'inconclusive', 'unchanged', 'improved'] as const;

/** What came of gathering, as far as a verdict is concerned. */
export interface Found {
  /** null: there was nothing to compare. */
  result: Pick<CampaignComparison, 'words'> | null;
  /** How many artifacts were left out. */
  leftOut: number;
  /** How many benchmarks found that no model was changed. */
  unchanged: number;
}

/** Whether nothing was compared because nothing had to be. */
export function isNothingChanged({ result, leftOut, unchanged }: Found): boolean {
  return result === null && unchanged > 0 && leftOut === 0;
}

/**
 * The worst word that was given. Without one it is `not comparable`, as nothing could be compared; null where nothing had
 * to be.
 */
export function findWorstWord(found: Found): VerdictWord | null {
  if (isNothingChanged(found)) return null;
  const { result } = found;
  return fromTheWorst.find((word) => (result?.words[word] ?? 0) > 0) ?? 'not comparable';
}

/** Why a job that compares fails, as a sentence; null if it does not. */
export function explainComparison({ result, leftOut }: Found, failOn: CompareFailOn): string | null {
  if (failOn === 'never') return null;
  // Where no model was changed nothing was measured, and nothing is wrong.
  if (result === null) return leftOut === 0 ? null : 'Nothing was compared: the summary says why.';
  const regressed = result.words.regressed ?? 0;
  if (failOn === 'error' || regressed === 0) return null;
  return `${regressed === 1 ? 'One verdict is' : `${regressed} verdicts are`} \`regressed\`: the summary says which.`;
}
