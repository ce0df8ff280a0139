import type { Log } from '../core/log.ts';
import { warmupPrompts } from '../core/plan.ts';
import { estimateRemainingMs, type Timed } from '../core/remaining-time.ts';
import type { OllamaClient } from '../ollama/client.ts';
import type { SavedAnswer } from '../schema/output.ts';
import type { Plan, PlannedRequest } from '../schema/plan.ts';
import type { Prompt } from '../schema/prompt-set.ts';
import type { Sample } from '../schema/sample.ts';
import { type LoadedModel, loadModel, type ModelClient, unloadModel } from './model-lifetime.ts';
import type { Progress } from './progress.ts';
import { type Ask, keepFor, type Taken, takeSample, type Variant } from './take-sample.ts';

export interface ExecutionPorts {
  client: ModelClient & Pick<OllamaClient, 'generate' | 'chat'>;
  clock(): number;
  log: Log;
  progress: Progress;
  /** Called with each sample as it is taken. */
  keepSample(sample: Sample): Promise<void>;
  signal: AbortSignal;
  /** How long it may take; it ends with the round that is under way then. null: as long as it does. */
  budgetMs: number | null;
}

export interface Execution {
  samples: Sample[];
  /** The bare answers, by variant and then by prompt. */
  answers: Map<string, Map<string, SavedAnswer[]>>;
  models: Map<string, LoadedModel>;
  /** Why it ended before the plan did; null if it did not. */
  stopped: 'cancelled' | 'server-lost' | 'out-of-time' | null;
}

/** What every request of a block has to know of the model that was loaded for it. */
type AskedModel = Pick<Ask, 'isRepeat' | 'keep'>;

/** Carries a plan out, request by request. What fails is kept as a failed sample; what was measured is never lost. */
export async function executePlan(
  plan: Plan,
  prompts: readonly Prompt[],
  checksHashes: ReadonlyMap<string, string>,
  ports: ExecutionPorts,
): Promise<Execution> {
  const execution: Execution = { samples: [], answers: new Map(), models: new Map(), stopped: null };
  const startedMs = ports.clock();
  const timed: Timed[] = [];

  const finish = async (request: PlannedRequest, sample: Sample, tookMs: number): Promise<void> => {
    timed.push({ request, tookMs });
    execution.samples.push(sample);
    await ports.keepSample(sample);
    const remainingMs = estimateRemainingMs(plan, timed);
    ports.progress.step({ done: timed.length, total: plan.requests.length, request, remainingMs });
  };

  const isOutOfTime = () => ports.budgetMs !== null && ports.clock() - startedMs > ports.budgetMs;

  const ask = async (request: PlannedRequest, variant: Variant, loaded: AskedModel): Promise<void> => {
    const known = request.phase === 'warmup' ? warmupPrompts : prompts;
    const prompt = known.find(({ id }) => id === request.prompt);
    if (prompt === undefined)
      throw new Error(`The plan asks for prompt "${request.prompt}", which the set does not have.`);
    const checksHash = checksHashes.get(prompt.id) ?? null;
    const beganMs = ports.clock();
    const taken = await takeSample(ports.client, {
      request,
      variant,
      prompt,
      checksHash,
      startedMs,
      ...loaded,
      signal: ports.signal,
    });
    execution.stopped = whyStop(taken.sample, ports.signal);
    if (isCutOff(taken.sample)) return;
    keepAnswer(execution, request, taken);
    await finish(request, taken.sample, ports.clock() - beganMs);
  };

  ports.progress.begin(plan.requests.length);
  try {
    for (const block of blocksOf(plan)) {
      if (execution.stopped !== null) break;
      const variant = plan.variants.find(({ key }) => key === block.load.variant);
      if (variant === undefined)
        throw new Error(`The plan loads "${block.load.variant}", which is none of its variants.`);
      const known = execution.models.get(variant.key);
      const load = { request: block.load, variant, startedMs, loadedBefore: known?.ours ?? false };
      const { sample, model } = await loadModel(load, ports);
      execution.stopped = whyStop(sample, ports.signal);
      try {
        if (!isCutOff(sample)) await finish(block.load, sample, sample.client?.e2eMs ?? 0);
        if (model === null) {
          // Without the model none of the block can be measured; the load says why.
          timed.push(...block.requests.map((request) => ({ request, tookMs: 0 })));
          continue;
        }
        execution.models.set(variant.key, known ?? model);
        const loaded = { isRepeat: known !== undefined && !model.isFresh, keep: keepFor(model.ours) };
        for (const [index, request] of block.requests.entries()) {
          if (startsRound(request, block.requests[index - 1]) && isOutOfTime()) {
            execution.stopped ??= 'out-of-time';
          }
          if (execution.stopped === null) await ask(request, variant, loaded);
        }
      } finally {
        if (model?.ours && execution.stopped !== 'server-lost') await unloadModel(variant.name, ports);
      }
    }
  } finally {
    ports.progress.end();
  }
  return execution;
}

interface Block {
  load: PlannedRequest;
  requests: PlannedRequest[];
}

/** A load and everything that is asked of what it loaded. */
function blocksOf(plan: Plan): Block[] {
  const blocks: Block[] = [];
  for (const request of plan.requests) {
    if (request.phase === 'load') blocks.push({ load: request, requests: [] });
    else blocks.at(-1)?.requests.push(request);
  }
  return blocks;
}

function whyStop({ error }: Sample, signal: AbortSignal): Execution['stopped'] {
  if (signal.aborted) return 'cancelled';
  return error?.code === 'unreachable' ? 'server-lost' : null;
}

function startsRound(request: PlannedRequest, before: PlannedRequest | undefined): boolean {
  return request.phase !== before?.phase || request.round !== before.round;
}

/** A request that a cancel cut off says nothing of the model. */
function isCutOff({ error }: Sample): boolean {
  return error?.code === 'cancelled';
}

function keepAnswer(
  { answers }: Execution,
  { variant, prompt, phase }: PlannedRequest,
  { answer }: Taken,
): void {
  if (phase !== 'bare' || prompt === null || answer === null) return;
  const ofVariant = answers.get(variant) ?? new Map<string, SavedAnswer[]>();
  answers.set(variant, ofVariant.set(prompt, [...(ofVariant.get(prompt) ?? []), answer]));
}
