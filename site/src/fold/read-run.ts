import type { HistoryRun, Questions } from '../../../src/schema/history.ts';
import type { AnswerState, AnswerStretch } from '../data/contract.ts';

/** A run without its answers and its figures by prompt. */
export type RunHead = HistoryRun['run'];

/** What one run says of one prompt: the medians of its requests, and what it answered. */
export interface PromptReading {
  prompt: string;
  ttftMs: number | null;
  e2eMs: number | null;
  /** The distinct answers, most frequent first. */
  answers: AnswerStretch['answers'];
  state: AnswerState;
}

/** What a site folds of a run: a tenth of what the history has. It is JSON, to be handed from thread to thread. */
export interface RunReading {
  head: RunHead;
  /** inputs/ has it under this name. */
  promptSet: HistoryRun['inputs']['promptSet'];
  /** By the key of the variant. */
  prompts: Record<string, PromptReading[]>;
}

/** Reads of a run what trends, timelines and change points are made of. */
export function readRun(kept: HistoryRun, { questions }: Questions): RunReading {
  const { run, inputs, series, answers } = kept;
  const prompts: RunReading['prompts'] = {};
  for (const [index, { variant, prompt }] of questions.entries()) {
    prompts[variant] ??= [];
    prompts[variant].push({
      prompt,
      ttftMs: series.metrics.ttftMs?.median[index] ?? null,
      e2eMs: series.metrics.e2eMs?.median[index] ?? null,
      answers: rankAnswers(series.answers[index] ?? []).flatMap((at) => answers[at] ?? []),
      state: nameState(series.checks.answers[index] ?? 0, series.checks.answersPassed[index] ?? 0),
    });
  }
  return { head: run, promptSet: inputs.promptSet, prompts };
}

/** Over all loads of a run: mixed means that the model passes in some and fails in others. */
function nameState(answers: number, passed: number): AnswerState {
  if (answers === 0) return 'unanswered';
  if (passed === answers) return 'passed';
  return passed === 0 ? 'failed' : 'mixed';
}

/** Distinct indices of answers, most frequent first, and the earlier where two are as frequent. */
function rankAnswers(given: readonly (readonly [load: number, answer: number])[]): number[] {
  const times = new Map<number, number>();
  for (const [, answer] of given) times.set(answer, (times.get(answer) ?? 0) + 1);
  return [...times.entries()].sort(([, a], [, b]) => b - a).map(([answer]) => answer);
}
