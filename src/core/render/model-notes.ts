import type { Variant } from '../../schema/run.ts';
import { invalidates } from '../flags.ts';

/** What is said of a model or of samples of it, in one line for each flag. */
export interface ModelNote {
  code: string;
  /** How many samples have it; of a model, how many of its loads it was said of. */
  times: number;
  /** What the first of them says. */
  reason: string;
}

export interface ModelNotes {
  /** Of the model as it ran here. */
  model: ModelNote[];
  /** Of samples whose times, or all of them, are left out of the statistics. */
  invalid: ModelNote[];
  /** Of samples that count all the same, but perhaps for their token rates. */
  remarks: ModelNote[];
}

export function listModelNotes({ flags, flagged }: Pick<Variant, 'flags' | 'flagged'>): ModelNotes {
  const samples = flagged.map(({ code, samples, reason }) => ({ code, times: samples, reason }));
  return {
    model: [...Map.groupBy(flags, ({ code }) => code)].map(([code, all]) => ({
      ...{ code, times: all.length },
      reason: all[0]?.reason ?? code,
    })),
    invalid: samples.filter(invalidates),
    remarks: samples.filter((it) => !invalidates(it)),
  };
}

/** The prompts that a model was not asked, by why. */
export function groupUnsupported({
  unsupported,
}: Pick<Variant, 'unsupported'>): { reason: string; prompts: string[] }[] {
  return [...Map.groupBy(unsupported, ({ reason }) => reason)].map(([reason, all]) => ({
    reason,
    prompts: all.map(({ prompt }) => prompt),
  }));
}
