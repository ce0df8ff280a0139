import { getInput } from '@actions/core';
import { type CompareFailOn, compareFailOnWords } from './compare-verdict.ts';
import { createInputReader } from './input-reader.ts';
import { type Inputs, uploadWords } from './inputs.ts';

export const commentWords = ['auto', 'true', 'false'] as const;

/** What the workflow asks `command: compare` for. */
export interface CompareInputs extends Pick<Inputs, 'artifactName' | 'retentionDays' | 'upload'> {
  token: string | null;
  /** Whose artifacts are compared; null: the one that the event names, else the current one. */
  workflowRun: number | null;
  comment: (typeof commentWords)[number];
  check: (typeof commentWords)[number];
  failOn: CompareFailOn;
}

/**
 * Reads all inputs of `command: compare` at once.
 * @throws {InputError} naming each wrong input, its value and what it takes.
 */
export function readCompareInputs(read: (name: string) => string = getInput): CompareInputs {
  const { text, oneOf, whole, refuseWrong } = createInputReader(read);
  const inputs: CompareInputs = {
    token: text('token'),
    workflowRun: whole('workflow-run', 1, Number.MAX_SAFE_INTEGER),
    comment: oneOf('comment', commentWords, 'auto'),
    check: oneOf('check', commentWords, 'auto'),
    failOn: oneOf('fail-on', compareFailOnWords, 'error'),
    artifactName: text('artifact-name') ?? 'herdmark',
    retentionDays: whole('retention-days', 1, 400),
    upload: oneOf('upload', uploadWords, 'auto'),
  };
  refuseWrong();
  return inputs;
}
