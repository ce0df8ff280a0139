import type { ChangedAnswer } from '../../../../src/core/render/verdict-answers.ts';
import type { Verdict } from '../../../../src/schema/verdict.ts';
import type { SideChoice } from '../../view/compare-sides.ts';

/** What the page asks of its worker. */
export interface Question {
  /** URL of the site's data/, with a slash at its end. */
  data: string;
  base: SideChoice;
  head: SideChoice;
  /** Runs before base on its machine, oldest first: those of the same epoch say how much nights differ. */
  earlier: readonly string[];
  /** Where the comparison can be opened, for the Markdown. */
  url: string;
}

export interface Outcome {
  verdict: Verdict;
  /** By model, the answers that differ, with their diffs. */
  changed: ChangedAnswer[][];
  markdown: string;
  /** What there is to say of what was compared. */
  notes: string[];
}

/** What the worker says, in this order: progress any number of times, then one of the others. */
export type Reply =
  | { kind: 'progress'; what: string; done: number; total: number }
  | { kind: 'outcome'; outcome: Outcome }
  /** There is no verdict, and why, for people. */
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'failed'; message: string };

export type Tell = (progress: { what: string; done: number; total: number }) => void;
