import type { CampaignComparison } from '../compare-folders.ts';
import type { VerdictWord } from '../schema/verdict.ts';

/** From the mildest to the strictest. */
export const compareFailOnWords = ['never', 'error', 'regression'] as const;
export type CompareFailOn = (typeof compareFailOnWords)[number];

const fromTheWorst = ['regressed', 'not comparable', 'inconclusive', 'unchanged', 'improved'] as const;

/** The worst word that was given; `not comparable` where none was, as nothing was compared. */
export function findWorstWord(result: Pick<CampaignComparison, 'words'> | null): VerdictWord {
  return fromTheWorst.find((word) => (result?.words[word] ?? 0) > 0) ?? 'not comparable';
}

/** Why a job that compares fails, as a sentence; null if it does not. */
export function explainComparison(
  result: Pick<CampaignComparison, 'words'> | null,
  failOn: CompareFailOn,
  leftOut: number,
): string | null {
  if (failOn === 'never') return null;
  // Where no model was changed nothing was measured, and nothing is wrong.
  if (result === null) return leftOut === 0 ? null : 'Nothing was compared: the summary says why.';
  const regressed = result.words.regressed ?? 0;
  if (failOn === 'error' || regressed === 0) return null;
  return `${regressed === 1 ? 'One verdict is' : `${regressed} verdicts are`} \`regressed\`: the summary says which.`;
}
