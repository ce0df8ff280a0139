import type { SavedOutput } from '../../schema/output.ts';
import type { Prompt } from '../../schema/prompt-set.ts';
import type { Run, Variant } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';

/** One side of a comparison: a variant as one run measured it. */
export interface Side {
  run: Run;
  variant: Variant;
  /** What was asked. */
  prompts: readonly Prompt[];
  /** Of this variant alone. */
  samples: readonly Sample[];
  /** Of this variant alone. */
  outputs: readonly SavedOutput[];
}
