import type { Run } from '../schema/run.ts';

/** Whether a run has no valid timed sample at all: then it has nothing to say, and its command must fail. */
export function measuredNothing({ variants }: Run): boolean {
  return variants.every(({ metrics }) => metrics.e2eMs.n === 0);
}
