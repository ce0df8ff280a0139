import { measuredNothing } from '../core/measured-nothing.ts';
import type { Run } from '../schema/run.ts';

/** From the mildest to the strictest: what fails a job under one word also does under the next. */
export const failOnWords = ['never', 'error', 'checks'] as const;
export type FailOn = (typeof failOnWords)[number];

/** Why the job of a run fails, as a sentence; null if it does not. */
export function explainFailure(run: Run, failOn: FailOn): string | null {
  if (run.status === 'cancelled') return 'The run was cancelled: it reports what was measured until then.';
  if (measuredNothing(run)) return `Nothing was measured. ${firstFailure(run)}`;
  if (failOn === 'never') return null;

  const unmeasured = run.variants.filter(({ metrics }) => metrics.e2eMs.n === 0).map(({ name }) => name);
  if (unmeasured.length > 0) return `Not measured: ${unmeasured.join(', ')}. ${firstFailure(run)}`;
  if (run.counts.failed > 0) {
    return `${run.counts.failed} of ${run.counts.planned} requests failed. ${firstFailure(run)}`;
  }
  if (failOn === 'error') return null;

  const wrong = run.variants.filter(({ checks }) => checks.answersPassed < checks.answers);
  if (wrong.length === 0) return null;
  const counted = wrong.map(
    ({ name, checks }) => `${name} ${checks.answers - checks.answersPassed} of ${checks.answers}`,
  );
  return `Answers did not pass their checks: ${counted.join(', ')}.`;
}

function firstFailure({ failures, flags, counts }: Run): string {
  const [first] = failures;
  if (first !== undefined) return `The first failure: ${first.message}`;
  return flags[0]?.reason ?? `${counts.invalid} samples were invalid: the summary says why.`;
}
