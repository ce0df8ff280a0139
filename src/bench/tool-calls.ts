import { z } from 'zod';
import type { SavedAnswer } from '../schema/output.ts';

const call = z.object({
  function: z.object({ name: z.string().max(200), arguments: z.record(z.string(), z.unknown()) }),
});

/** What of a model's tool calls is kept: which tool, and with what. A call that is none is left out, and fails its check. */
export function readToolCalls(calls: readonly unknown[]): SavedAnswer['toolCalls'] {
  return calls.flatMap((it) => {
    const read = call.safeParse(it);
    return read.success ? [read.data.function] : [];
  });
}
