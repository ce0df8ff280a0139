import type { SavedAnswer } from '../../schema/output.ts';
import type { ModelVerdict, TextChange, Verdict } from '../../schema/verdict.ts';
import { diffTexts, type TextDiff } from '../word-diff.ts';
import { writeAnswer } from './write-answer.ts';

/** The two answers to one prompt that stand for base and head: what a verdict's `text.changes` points to. */
export interface AnswerPair {
  /** The machine's id. */
  machine: string;
  /** Keys of the variants. */
  variantBase: string;
  variantHead: string;
  prompt: string;
  base: SavedAnswer;
  head: SavedAnswer;
}

/** One answer that differs, and what both sides said if it is at hand. */
export interface ChangedAnswer {
  change: TextChange;
  found: { pair: AnswerPair; base: string; head: string; diff: TextDiff } | null;
}

/** The answers of one model that differ, the most changed first, at most so many; a diff is made of each. */
export function listChangedAnswers(
  { machine }: Pick<Verdict, 'machine'>,
  { base, head, text }: Pick<ModelVerdict, 'base' | 'head' | 'text'>,
  answers: readonly AnswerPair[],
  most: number,
): ChangedAnswer[] {
  const own = answers.filter(
    (it) => it.machine === machine.id && it.variantBase === base.key && it.variantHead === head.key,
  );
  const pairs = new Map(own.map((pair) => [pair.prompt, pair]));
  return text.changes.slice(0, most).map((change) => {
    const pair = pairs.get(change.prompt);
    if (pair === undefined) return { change, found: null };
    const [before, now] = [writeAnswer(pair.base), writeAnswer(pair.head)];
    return { change, found: { pair, base: before, head: now, diff: diffTexts(before, now) } };
  });
}
