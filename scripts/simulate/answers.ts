import { mean } from 'simple-statistics';
import { compareQuality, type JudgedPrompt, judgeQuality } from '../../src/core/compare/quality.ts';
import { seedRandom } from '../../src/core/compare/seeded-random.ts';
import { type AnsweredPrompt, compareTexts } from '../../src/core/compare/text-changes.ts';
import type { CheckResult } from '../../src/schema/check.ts';

/** How two models answer, and how far they are the same. */
export interface AnswerCell {
  prompts: number;
  loads: number;
  /** How many different answers a model has to each prompt, all as likely: 1 never disagrees with itself. */
  variety: number;
  /** Prompts whose answers are others on head. */
  changed: number;
}

export interface AnswerResult {
  /** Something called better or worse, by the checks. */
  qualityCalled: number;
  /** The texts called changed. */
  textCalled: number;
  /** Of the prompts named in a comparison, the share that did not change. */
  falseShare: number;
  /** Prompts named of those that changed. */
  named: number;
}

const alpha = 0.05;
const checksPerPrompt = 3;
const wordsPerAnswer = 40;
const vocabulary = 400;

export function simulateAnswers(cell: AnswerCell, comparisons: number, seed: number): AnswerResult {
  const random = seedRandom(seed);
  const outcomes = Array.from({ length: comparisons }, () => compareOnce(cell, random));
  return {
    qualityCalled: mean(outcomes.map(({ quality }) => Number(quality))),
    textCalled: mean(outcomes.map(({ text }) => Number(text))),
    falseShare: mean(outcomes.map(({ called, wrong }) => (called === 0 ? 0 : wrong / called))),
    named:
      cell.changed === 0 ? 0 : mean(outcomes.map(({ called, wrong }) => (called - wrong) / cell.changed)),
  };
}

function compareOnce({ prompts, loads, variety, changed }: AnswerCell, random: () => number) {
  const made = Array.from({ length: prompts }, (_, index) => {
    const before = makeAnswers(variety, random);
    const after = index < changed ? makeAnswers(variety, random) : before;
    const draw = (from: readonly SimulatedAnswer[]) =>
      Array.from({ length: loads }, () => from[Math.floor(random() * from.length)]).filter(
        (it) => it !== undefined,
      );
    return { prompt: `p${index}`, base: draw(before), head: draw(after) };
  });
  const texts = compareTexts(made.map(toAnswered), alpha);
  const named = texts.changes.filter((it) => it.changed).map(({ prompt }) => Number(prompt.slice(1)));
  const [quality] = judgeQuality([compareQuality(made.map(toJudged))], alpha);
  return {
    quality: quality?.word === 'improved' || quality?.word === 'regressed',
    text: texts.word === 'changed',
    called: named.length,
    wrong: named.filter((index) => index >= changed).length,
  };
}

interface SimulatedAnswer {
  hash: string;
  text: string;
  passes: boolean[];
}

/** Answers of random words; the checks of one answer mostly pass or fail together. */
function makeAnswers(variety: number, random: () => number): SimulatedAnswer[] {
  return Array.from({ length: variety }, () => {
    const words = Array.from({ length: wordsPerAnswer }, () => `w${Math.floor(random() * vocabulary)}`);
    const isGood = random() < 0.7;
    return {
      ...{ hash: words.join('-'), text: words.join(' ') },
      passes: Array.from({ length: checksPerPrompt }, () => (random() < 0.9 ? isGood : !isGood)),
    };
  });
}

type Made = { prompt: string; base: SimulatedAnswer[]; head: SimulatedAnswer[] };

function toAnswered({ prompt, base, head }: Made): AnsweredPrompt {
  const place = (answers: readonly SimulatedAnswer[]) =>
    answers.map(({ hash, text }, block) => ({ run: 'run', block, hash, text }));
  return { prompt, base: place(base), head: place(head) };
}

function toJudged({ prompt, base, head }: Made): JudgedPrompt {
  const judge = ({ passes }: SimulatedAnswer) =>
    passes.map((pass, index): CheckResult => ({ type: 'regex', label: `${index}`, pass, reason: '–' }));
  return { prompt, base: base.map(judge), head: head.map(judge) };
}
