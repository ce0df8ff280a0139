import type { ModelVerdict, TextWord, Verdict, VerdictWord } from '../../schema/verdict.ts';
import { formatCount, formatQuantity } from './format.ts';
import { formatPlainPercent } from './verdict-format.ts';

/** The five words, the ones to act on first: in this order they are told and explained. */
export function defineWords({ alpha, floor }: Pick<Verdict['settings'], 'alpha' | 'floor'>): {
  word: VerdictWord;
  meaning: string;
}[] {
  const least = formatPlainPercent(floor);
  return [
    {
      word: 'regressed',
      meaning: `Worse by at least ${least}, and beyond chance: were nothing changed at all, ${formatPlainPercent(alpha)} of pull requests would be told so of anything.`,
    },
    { word: 'improved', meaning: 'Better, held to the same standard.' },
    {
      word: 'not comparable',
      meaning: 'The two sides were not measured under the same circumstances, or one has no reading.',
    },
    {
      word: 'inconclusive',
      meaning:
        'It cannot be told. What this comparison would have seen is given: a smaller change may be there.',
    },
    {
      word: 'unchanged',
      meaning: `Shown to be within ${least} of before; not merely that nothing was found.`,
    },
  ];
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
  { word: 'cannot tell', meaning: 'With one load a side, nothing says what a model differs from itself.' },
  { word: 'not comparable', meaning: 'No prompt was answered by both sides.' },
  { word: 'same', meaning: 'Not a word is different.' },
];

/** Whether a word is good or bad news, for colours; the words themselves always stand beside them. */
export function toneOf(word: VerdictWord | TextWord): 'worse' | 'better' | 'open' | 'level' {
  if (word === 'regressed') return 'worse';
  if (word === 'improved') return 'better';
  return word === 'unchanged' || word === 'same' || word === 'within self-disagreement' ? 'level' : 'open';
}

/** `speed regressed, checks improved, answers changed`; of several comparisons, how many have which word. */
export function describeOutcome(verdicts: readonly Pick<Verdict, 'models'>[]): string {
  const models = verdicts.flatMap((verdict) => verdict.models);
  const joints = models.map(({ joint }) => joint);
  if (joints.length === 0) return 'nothing was compared';
  if (models.every(({ reasons }) => reasons.length > 0)) return 'not comparable';
  const order = defineWords({ alpha: 0, floor: 0 }).map(({ word }) => word);
  const parts = [
    `speed ${tally(
      joints.map(({ speed }) => speed),
      order,
    )}`,
    `checks ${tally(
      joints.map(({ quality }) => quality),
      order,
    )}`,
    `answers ${tally(
      joints.map(({ text }) => text),
      textWords.map(({ word }) => word),
    )}`,
  ];
  if (joints.length === 1) return parts.join(', ');
  return `${formatQuantity(joints.length, 'comparison')} – ${parts.join('; ')}`;
}

/** Whether a reviewer has nothing to do about a model. */
export function isQuiet({ reasons, joint, metrics }: ModelVerdict): boolean {
  const isLevel = (word: VerdictWord | TextWord) => toneOf(word) === 'level';
  return (
    reasons.length === 0 &&
    isLevel(joint.speed) &&
    metrics.every(({ word }) => isLevel(word)) &&
    isLevel(joint.quality) &&
    isLevel(joint.text)
  );
}

function tally<Word extends string>(words: readonly Word[], order: readonly Word[]): string {
  if (words.length === 1) return words.join();
  const counts = order.map((word) => ({ word, count: words.filter((it) => it === word).length }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${formatCount(count)} ${word}`)
    .join(', ');
}
