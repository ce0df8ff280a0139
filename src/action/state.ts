import { getState, saveState } from '@actions/core';
import { z } from 'zod';

/** What the main step leaves to the post step, which also runs where main was killed. */
const state = z.object({
  /** The folder in which the run's folder is made. */
  outDir: z.string(),
  host: z.string().nullable(),
  /** What a run that was cut off may have left in the server's memory. */
  unload: z.array(z.string()),
  /** How to upload what is in outDir; null where nothing is to be. */
  upload: z
    .object({
      prefix: z.string(),
      retentionDays: z.int().nullable(),
      /** Ids of the runs whose upload was begun, and of those that are up. */
      tried: z.array(z.string()),
      done: z.array(z.string()),
    })
    .nullable(),
});
export type State = z.infer<typeof state>;

const key = 'herdmark';

/** Replaces what was kept before. */
export function keepState(value: State): void {
  saveState(key, value);
}

/** null where main never came to measuring. */
export function recallState(): State | null {
  const text = getState(key);
  return text === '' ? null : state.parse(JSON.parse(text));
}
