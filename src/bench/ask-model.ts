import { embedWarmupPrompts, warmupPrompts } from '../core/plan.ts';
import type { PlannedRequest } from '../schema/plan.ts';
import type { BlockPorts, LoadedBlock } from './run-block.ts';
import { type Taken, takeSample } from './take-sample.ts';

const ownPrompts = [...warmupPrompts, ...embedWarmupPrompts];

/** Sends one request of a block, and notes before that it is under way. */
export function askModel(
  request: PlannedRequest,
  dueMs: number | null,
  { block, prompts, checksHashes, startedMs, judge, recorder }: LoadedBlock,
  { client, signal }: BlockPorts,
): Promise<Taken> {
  // A prompt of the set may be called like a warm-up.
  const known = request.phase === 'warmup' ? ownPrompts : prompts;
  const prompt = known.find(({ id }) => id === request.prompt);
  if (prompt === undefined)
    throw new Error(`The plan asks for prompt "${request.prompt}", which the set does not have.`);
  recorder.begin(request);
  return takeSample(client, {
    ...{ request, variant: block.variant, prompt, startedMs, judge, signal },
    checksHash: checksHashes.get(prompt.id) ?? null,
    dueMs: dueMs === null ? null : dueMs - startedMs,
  });
}
