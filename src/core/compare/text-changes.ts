import { mean } from 'simple-statistics';
import type { TextChange, TextVerdict } from '../../schema/verdict.ts';
import { formatQuantity } from '../render/format.ts';
import { adjustByCount, adjustFalseDiscovery } from './multiple-tests.ts';
import { type LabelTest, testLabels, testTogether } from './permutation-test.ts';
import { countWordPairs, measureDistance } from './text-distance.ts';

export interface TextAnswer {
  run: string;
  block: number;
  hash: string;
  /** With its tool calls, where it has any. */
  text: string;
}

/** The bare answers to one prompt, one for each load. */
export interface AnsweredPrompt {
  prompt: string;
  base: readonly TextAnswer[];
  head: readonly TextAnswer[];
}

/**
 * Which answers changed, beyond what each side differs from itself.
 *
 * A prompt's excess is the mean distance between the sides less that within them (the energy distance of Székely &
 * Rizzo, 2004, with texts for points); how unusual it is, the same with the labels base and head dealt anew tells
 * exactly, as loads are exchangeable if nothing changed. All prompts are tested together first; only where they show a
 * change is it asked which. One load a side says nothing.
 */
export function compareTexts(answered: readonly AnsweredPrompt[], alpha: number): TextVerdict {
  const both = answered.filter(({ base, head }) => base.length > 0 && head.length > 0);
  const compared = both.map(comparePrompt);
  const differing = compared.filter(({ flips }) => flips.between > 0);
  const tests = differing.map(({ test }) => test);
  const pValue = both.length === 0 ? null : testTogether(tests);
  const isChanged = pValue !== null && pValue <= alpha;
  const adjusted = adjustTests(tests, alpha);
  const changes = differing
    .map(({ test, change }, index): TextChange => {
      const adjustedPValue = adjusted[index] ?? 1;
      return { ...change, pValue: test.p, adjustedPValue, changed: isChanged && adjustedPValue <= alpha };
    })
    .sort((a, b) => Number(b.changed) - Number(a.changed) || b.excess - a.excess);
  const changed = changes.filter((it) => it.changed).length;
  const rateOf = (side: keyof ComparedPrompt['flips']) => meanOf(compared.map(({ flips }) => flips[side]));
  const flipRate = { base: rateOf('base'), head: rateOf('head'), between: rateOf('between') };
  const spaced = changes.filter(({ distance }) => distance === 0).length;
  return {
    word: findWord(both.length, changes.length - spaced, isChanged, flipRate),
    ...{ prompts: both.length, changed, pValue, changes, flipRate },
    notes: [
      ...(isChanged && changed === 0 ? ['The loads are too few to say which answers changed.'] : []),
      ...(spaced === 0 ? [] : [`${formatQuantity(spaced, 'answer')} with nothing but other spacing.`]),
    ],
  };
}

function findWord(
  prompts: number,
  differing: number,
  isChanged: boolean,
  { base, head }: TextVerdict['flipRate'],
): TextVerdict['word'] {
  if (prompts === 0) return 'not comparable';
  if (differing === 0) return 'same';
  if (isChanged) return 'changed';
  const disagreesWithItself = (base ?? 0) > 0 || (head ?? 0) > 0;
  return disagreesWithItself ? 'within self-disagreement' : 'cannot tell';
}

/**
 * From four loads a side on a prompt can be named by itself: Benjamini–Hochberg over those prompts that could show a
 * change at all (Tarone, Biometrics 46, 1990). With fewer, prompts whose sides agree with themselves and not with each
 * other are held against those that do not agree with themselves.
 */
function adjustTests(tests: readonly LabelTest[], alpha: number): number[] {
  const able = tests.filter(({ leastP }) => leastP <= alpha);
  if (able.length === 0) {
    const telling = tests.map(({ p, relabelled }) => (relabelled.length > 1 ? p : 1));
    return adjustByCount(telling, Math.min(1, ...tests.map(({ leastP }) => leastP)));
  }
  const adjusted = adjustFalseDiscovery(able.map(({ p }) => p));
  const adjustedOf = new Map(able.map((test, index) => [test, adjusted[index] ?? 1]));
  return tests.map((test) => adjustedOf.get(test) ?? 1);
}

interface ComparedPrompt {
  flips: { base: number | null; head: number | null; between: number };
  test: LabelTest;
  change: Omit<TextChange, 'pValue' | 'adjustedPValue' | 'changed'>;
}

function comparePrompt({ prompt, base, head }: AnsweredPrompt): ComparedPrompt {
  const answers = [...base, ...head];
  const distances = measureAll(answers);
  const differs = (i: number, j: number) => Number(answers[i]?.hash !== answers[j]?.hash);
  const [left, right] = [range(0, base.length), range(base.length, answers.length)];
  const test = testLabels(distances, base.length);
  const distance = mean(left.flatMap((i) => right.map((j) => distances[i]?.[j] ?? 0)));
  return {
    flips: {
      base: meanOf(left.flatMap((i) => left.filter((j) => j > i).map((j) => differs(i, j)))),
      head: meanOf(right.flatMap((i) => right.filter((j) => j > i).map((j) => differs(i, j)))),
      between: mean(left.flatMap((i) => right.map((j) => differs(i, j)))),
    },
    test,
    change: {
      ...{ prompt, distance, excess: test.observed },
      base: findTypical(base, left, distances),
      head: findTypical(head, right, distances),
    },
  };
}

/** Between all answers, each pair of texts measured once. */
function measureAll(answers: readonly TextAnswer[]): number[][] {
  const pairsOf = new Map(answers.map(({ hash, text }) => [hash, countWordPairs(text)]));
  const known = new Map<string, number>();
  const measure = (a: string, b: string) => {
    if (a === b) return 0;
    const key = a < b ? `${a}/${b}` : `${b}/${a}`;
    const [left, right] = [pairsOf.get(a), pairsOf.get(b)];
    const value = known.get(key) ?? (left && right ? measureDistance(left, right) : 1);
    known.set(key, value);
    return value;
  };
  return answers.map((a) => answers.map((b) => measure(a.hash, b.hash)));
}

/** The answer that is most like the others of its side; the first of several. */
function findTypical(
  answers: readonly TextAnswer[],
  own: readonly number[],
  distances: readonly (readonly number[])[],
): TextChange['base'] {
  const strangeness = own.map((i) => own.reduce((total, j) => total + (distances[i]?.[j] ?? 0), 0));
  const typical = answers[strangeness.indexOf(Math.min(...strangeness))] ?? answers[0];
  if (typical === undefined) throw new RangeError('There is no answer to choose from.');
  return { run: typical.run, block: typical.block, hash: typical.hash };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}
