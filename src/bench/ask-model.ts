import { embedWarmupPrompts, warmupPrompts } from '../core/plan.ts';
import type { PlannedRequest } from '../schema/plan.ts';
import type { BlockPorts, LoadedBlock } from './run-block.ts';
import { type Taken, takeSample } from './take-sample.ts';

const ownPrompts = [...warmupPrompts, ...embedWarmupPrompts];

/** Sends one request of a block, and notes before that it is under way. */
export function askModel(
  request: PlannedRequest,
  dueMs: number | null,
  { members, prompts, checksHashes, startedMs, recorder }: LoadedBlock,
  { client, signal }: BlockPorts,
): Promise<Taken> {
  // A prompt of the set may be called like a warm-up.
  const known = request.phase === 'warmup' ? ownPrompts : prompts;
  const prompt = known.find(({ id }) => id === request.prompt);
  if (prompt === undefined)
    throw new Error(`The plan asks for prompt "${request.prompt}", which the set does not have.`);
  const member = members.get(request.variant);
  if (member === undefined) throw new Error(`The plan asks "${request.variant}", which is not loaded.`);
  const { variant, judge } = member;
  recorder.begin(request);
  return takeSample(client, {
    ...{ request, variant, prompt, startedMs, judge, signal },
    checksHash: checksHashes.get(prompt.id) ?? null,
    dueMs: dueMs === null ? null : dueMs - startedMs,
  });
}
