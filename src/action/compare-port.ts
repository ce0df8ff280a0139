import type { VerdictWord } from '../schema/verdict.ts';

/** A line of the repository that a verdict is about. */
export interface Annotation {
  /** Relative to the root of the repository. */
  file: string;
  line: number;
  message: string;
  level: 'error' | 'warning' | 'notice';
}

/** What comparing run folders found, as it goes to GitHub. */
export interface CompareResult {
  /** For a comment: at most 60,000 characters. */
  markdown: string;
  /** For the summary of a job: at most 1 MiB. */
  summaryMarkdown: string;
  /** A report that stands alone, with all answers that changed. */
  html: string;
  /** How often each word was given, to the speed of a model or to what its answers are worth. */
  words: Readonly<Partial<Record<VerdictWord, number>>>;
  annotations: readonly Annotation[];
  verdicts: readonly unknown[];
}

/**
 * Compares the two sides of every run, and judges all of them together.
 * @param folders one for each run; validated, but what they hold was said by whoever measured.
 */
export type CompareFolders = (folders: readonly string[]) => Promise<CompareResult>;
