import type { ModelOptions } from '../schema/config.ts';
import { currentSchemaVersion } from '../schema/documents.ts';
import type { Plan, PlannedRequest } from '../schema/plan.ts';
import { type Prompt, prompt as promptSchema } from '../schema/prompt-set.ts';
import { type HashText, hashJson } from './hash.ts';
import { nonceFor } from './nonce.ts';
import { buildRequest, type Think } from './request.ts';

export interface VariantToPlan {
  key: string;
  name: string;
  digest: string;
  options: ModelOptions;
  think: Think | null;
}

export interface PlanInput {
  variants: readonly VariantToPlan[];
  promptSet: { id: string; version: number; hash: string; prompts: readonly Prompt[] };
  loads: number;
  rounds: number;
  warmup: number;
  hashText: HashText;
}

/**
 * What a model warms up on: never measured, never of the measured set, and long enough to reach the decoding
 * that is measured. They repeat when more are asked for than there are.
 */
export const warmupPrompts: readonly Prompt[] = [
  'Say hello to a new colleague in one sentence.',
  'Count from one to ten.',
  'Write one sentence about the weather.',
].map((text, index) =>
  promptSchema.parse({
    id: `warmup-${index + 1}`,
    title: `Warm-up ${index + 1}`,
    category: 'warmup',
    prompt: text,
    maxTokens: 32,
    checks: [{ type: 'length', unit: 'characters', min: 1 }],
  }),
);

/**
 * Lists every request of a run in order; the same for the same input.
 *
 * Each variant is loaded `loads` times, since every load has an offset of its own; the loads of different
 * variants take turns, the first to go changing from load to load, so that a machine that warms up or slows down
 * does not do so to one variant alone. A load is followed by its warm-up, a bare round and the timed rounds.
 */
export function planRun(input: PlanInput): Plan {
  const requests: PlannedRequest[] = [];
  const add = (request: Omit<PlannedRequest, 'id' | 'order'>): void => {
    const { variant, block, phase, round, prompt, repeat } = request;
    const id = [variant, `load${block}`, phase, round, prompt, repeat]
      .filter((part) => part !== null)
      .join('/');
    requests.push({ ...request, id, order: requests.length });
  };

  for (let block = 0; block < input.loads; block++) {
    for (const variant of rotate(input.variants, block)) {
      const common = { variant: variant.key, block, round: null, repeat: 0, nonce: null };
      const ask = (prompt: Prompt, nonce: string | null) => ({
        prompt: prompt.id,
        kind: prompt.messages ? ('chat' as const) : ('generate' as const),
        nonce,
        requestHash: hashJson(buildRequest(prompt, { ...variant, nonce }), input.hashText),
      });

      add({ ...common, phase: 'load', kind: 'load', prompt: null, requestHash: null });
      cycle(warmupPrompts, input.warmup).forEach((prompt, repeat) => {
        add({ ...common, phase: 'warmup', repeat, ...ask(prompt, null) });
      });
      for (const prompt of input.promptSet.prompts) add({ ...common, phase: 'bare', ...ask(prompt, null) });
      for (let round = 0; round < input.rounds; round++) {
        for (const prompt of input.promptSet.prompts) {
          const nonce = nonceFor(input.promptSet.id, prompt.id, round, input.hashText);
          add({ ...common, phase: 'timed', round, ...ask(prompt, nonce) });
        }
      }
    }
  }

  return {
    schemaVersion: currentSchemaVersion,
    promptSet: { id: input.promptSet.id, version: input.promptSet.version, hash: input.promptSet.hash },
    loads: input.loads,
    rounds: input.rounds,
    warmup: input.warmup,
    loadShape: { kind: 'closed', concurrency: 1 },
    seed: null,
    variants: input.variants.map(({ key, name, digest, options, think }) => ({
      key,
      name,
      digest,
      options,
      think,
    })),
    requests,
  };
}

function rotate<T>(items: readonly T[], by: number): T[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

function cycle<T>(items: readonly T[], length: number): T[] {
  return Array.from({ length }, (_, index) => items[index % items.length]).filter(
    (item) => item !== undefined,
  );
}
