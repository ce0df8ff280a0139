import type { CheckCounts } from '../../../src/schema/run.ts';

/** What the checks said of the answers to a prompt; mixed: the model passes in some loads and fails in others. */
export type PromptState = 'passed' | 'mixed' | 'failed' | 'unanswered';

export function promptState({
  checks,
}: {
  checks: Pick<CheckCounts, 'answers' | 'answersPassed'>;
}): PromptState {
  if (checks.answers === 0) return 'unanswered';
  if (checks.answersPassed === checks.answers) return 'passed';
  return checks.answersPassed === 0 ? 'failed' : 'mixed';
}
