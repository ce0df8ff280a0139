import type { ModelVerdict, TextChange, TextWord, Verdict, VerdictWord } from '../../schema/verdict.ts';
import { formatPlainPercent } from './verdict-format.ts';

/** The five words in the order in which they are told, those to act on first. */
export const wordOrder = ['regressed', 'improved', 'not comparable', 'inconclusive', 'unchanged'] as const;

/** What the five words mean with these settings. */
export function defineWords({ alpha, floor }: Pick<Verdict['settings'], 'alpha' | 'floor'>): {
  word: VerdictWord;
  meaning: string;
}[] {
  const least = formatPlainPercent(floor);
  const meanings: Readonly<Record<VerdictWord, string>> = {
    regressed: `Worse by at least ${least}, and beyond chance: were nothing changed at all, ${formatPlainPercent(alpha)} of pull requests would be told so of anything.`,
    improved: 'Better, held to the same standard.',
    'not comparable': 'The two sides were not measured under the same circumstances, or one has no reading.',
    inconclusive:
      'It cannot be told. What this comparison would have seen is given: a smaller change may be there.',
    unchanged: `Shown to be within ${least} of before; not merely that nothing was found.`,
  };
  return wordOrder.map((word) => ({ word, meaning: meanings[word] }));
}

/** What is said of answers. */
export const textWords: readonly { word: TextWord; meaning: string }[] = [
  {
    word: 'changed',
    meaning: 'Answers of base and head differ more than those of either do among themselves.',
  },
  {
    word: 'within self-disagreement',
    meaning: 'They differ, but no more than a model differs from itself when it is loaded again.',
  },
  {
    word: 'cannot tell',
    meaning:
      'They differ, and no side differed from itself: the loads are too few to tell a change from chance.',
  },
  { word: 'not comparable', meaning: 'No prompt was answered by both sides.' },
  { word: 'same', meaning: 'Not a word is different.' },
];

/** Whether a word is good or bad news, for colours; the words themselves always stand beside them. */
/**
 * The word of one answer. Where neither side differs from itself, nothing explains the difference but that loads are too few.
 */
export function wordAnswer({ changed, distance, excess }: TextChange): TextWord {
  if (changed) return 'changed';
  if (distance === 0) return 'same';
  return excess < distance - tolerance ? 'within self-disagreement' : 'cannot tell';
}

/** Sums in another order differ in their last digits. */
const tolerance = 1e-9;

export function toneOf(word: VerdictWord | TextWord): 'worse' | 'better' | 'open' | 'level' {
  if (word === 'regressed') return 'worse';
  if (word === 'improved') return 'better';
  return word === 'unchanged' || word === 'same' || word === 'within self-disagreement' ? 'level' : 'open';
}

/** Whether a reviewer has nothing to do about a model. */
export function isQuiet({ reasons, requests, joint, metrics }: ModelVerdict): boolean {
  const isLevel = (word: VerdictWord | TextWord) => toneOf(word) === 'level';
  return (
    reasons.length === 0 &&
    (requests === null || isLevel(requests.word)) &&
    isLevel(joint.speed) &&
    metrics.every(({ word }) => isLevel(word)) &&
    isLevel(joint.quality) &&
    isLevel(joint.text)
  );
}
