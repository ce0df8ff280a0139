import type { CacheMode, ModelOptions } from '../schema/config.ts';
import { currentSchemaVersion } from '../schema/documents.ts';
import type { CacheExpected, LoadShape, Phase, Plan, PlannedRequest } from '../schema/plan.ts';
import { type Prompt, prompt as promptSchema } from '../schema/prompt-set.ts';
import { type HashText, hashJson } from './hash.ts';
import { arrivalSeed, isOneAtATime, keyOfLoadShape, oneAtATime, scheduleArrivals } from './load-shape.ts';
import { nonceFor } from './nonce.ts';
import { buildRequest, type Think } from './request.ts';

export interface VariantToPlan {
  key: string;
  name: string;
  digest: string;
  options: ModelOptions;
  think: Think | null;
  /** Prompts that are left out for it. */
  unsupported: readonly { prompt: string; reason: string }[];
}

export interface PlanInput {
  variants: readonly VariantToPlan[];
  promptSet: { id: string; version: number; hash: string; prompts: readonly Prompt[] };
  loads: number;
  rounds: number;
  warmup: number;
  warmupMax: number;
  cache: CacheMode;
  /** The first is one at a time. */
  loadShapes: readonly LoadShape[];
  hashText: HashText;
}

const warmupTexts = [
  'Say hello to a new colleague in one sentence.',
  'Count from one to ten in plain words.',
  'Write one sentence about the weather.',
];
const warmupSet = 'warmup';

/**
 * What a model warms up on: never measured, never of the measured set, and long enough to reach the decoding
 * that is measured. They repeat, behind other nonces, when more are asked for than there are.
 */
export const warmupPrompts: readonly Prompt[] = warmupTexts.map((text, index) =>
  promptSchema.parse({
    ...{ id: `warmup-${index + 1}`, title: `Warm-up ${index + 1}`, category: warmupSet, prompt: text },
    ...{ maxTokens: 32, checks: [{ type: 'length', unit: 'characters', min: 1 }] },
  }),
);

/** The same for a model that embeds and cannot answer. */
export const embedWarmupPrompts: readonly Prompt[] = warmupTexts.map((text, index) =>
  promptSchema.parse({
    ...{ id: `warmup-embed-${index + 1}`, title: `Warm-up ${index + 1}`, category: warmupSet, embed: [text] },
    checks: [{ type: 'embedding', vectors: 1 }],
  }),
);

/**
 * Lists every request of a run in order; the same for the same input.
 *
 * Each variant is loaded `loads` times, since every load has an offset of its own; the loads of different
 * variants take turns, the first to go changing from load to load, so that a machine that warms up or slows down
 * does not do so to one variant alone. A load is followed by its warm-up, a bare round and, for each load shape, the
 * timed rounds. A variant that can take none of the prompts is left out.
 */
export function planRun(input: PlanInput): Plan {
  const requests: PlannedRequest[] = [];
  for (let block = 0; block < input.loads; block++) {
    for (const variant of rotate(input.variants, block)) {
      for (const request of planBlock(input, variant, block)) {
        requests.push({ ...request, order: requests.length });
      }
    }
  }
  const seed = input.loadShapes.some(({ kind }) => kind === 'open') ? arrivalSeed : null;
  return describePlan(input, { seed, comparison: null, requests });
}

/** The plan of these requests, with what it was asked for. */
export function describePlan(
  input: PlanInput,
  { seed, comparison, requests }: Pick<Plan, 'seed' | 'comparison' | 'requests'>,
): Plan {
  const { id, version, hash } = input.promptSet;
  return {
    schemaVersion: currentSchemaVersion,
    promptSet: { id, version, hash },
    loads: input.loads,
    rounds: input.rounds,
    warmup: input.warmup,
    warmupMax: input.warmupMax,
    cache: input.cache,
    loadShapes: [...input.loadShapes],
    ...{ seed, comparison },
    variants: input.variants.map(({ key, name, digest, options, think, unsupported }) => ({
      ...{ key, name, digest, options, think, unsupported: [...unsupported] },
    })),
    requests,
  };
}

/** A request whose place in the plan is not known yet. */
export type BlockRequest = Omit<PlannedRequest, 'order'>;

/** One load of a variant, and everything that is asked of it then; nothing where it can take none of the prompts. */
export function planBlock(input: PlanInput, variant: VariantToPlan, block: number): BlockRequest[] {
  const { promptSet, rounds, hashText } = input;
  const prompts = promptSet.prompts.filter(
    ({ id }) => !variant.unsupported.some(({ prompt }) => prompt === id),
  );
  if (prompts.length === 0) return [];
  const place = (at: Placed): BlockRequest => placeRequest(variant, block, at);
  const ask = (phase: Phase, prompt: Prompt, nonce: string | null, at: Partial<Placed> = {}) => {
    const requestHash = hashJson(buildRequest(prompt, { ...variant, nonce }), hashText);
    return place({ phase, prompt: prompt.id, kind: kindOf(prompt), nonce, requestHash, ...at });
  };

  const onlyEmbeds = prompts.every((prompt) => kindOf(prompt) === 'embed');
  const warmups = cycle(onlyEmbeds ? embedWarmupPrompts : warmupPrompts, input.warmupMax);
  const nonceOf = (prompt: Prompt, round: number, shape: LoadShape) =>
    nonceFor(promptSet.id, prompt.id, round, hashText, keyOfLoadShape(shape));

  const timed = input.loadShapes.flatMap((loadShape) => {
    const inRounds = Array.from({ length: rounds }, (_, round) =>
      prompts.flatMap((prompt) => {
        const nonce = input.cache === 'allow' ? null : nonceOf(prompt, round, loadShape);
        // The cache is measured one at a time: with several under way, nothing says what was sent just before.
        return repeatsFor(input.cache, loadShape, prompt).map((cacheExpected, repeat) =>
          ask('timed', prompt, nonce, { round, repeat, loadShape, cacheExpected }),
        );
      }),
    ).flat();
    if (loadShape.kind === 'closed') return inRounds;
    const due = scheduleArrivals(inRounds.length, loadShape.requestsPerSecond, hashText);
    return inRounds.map((request, index) => ({ ...request, scheduledMs: due[index] ?? null }));
  });

  return [
    place({
      phase: 'load',
      kind: 'load',
      prompt: null,
      nonce: null,
      requestHash: null,
      cacheExpected: 'any',
    }),
    ...warmups.map((prompt, repeat) =>
      ask('warmup', prompt, nonceFor(warmupSet, prompt.id, repeat, hashText), { repeat }),
    ),
    ...prompts.map((prompt) => ask('bare', prompt, null)),
    ...timed,
  ];
}

type Placed = Pick<PlannedRequest, 'phase' | 'prompt' | 'kind' | 'nonce' | 'requestHash'> &
  Partial<Pick<PlannedRequest, 'round' | 'repeat' | 'loadShape' | 'cacheExpected'>>;

function placeRequest(variant: VariantToPlan, block: number, at: Placed): BlockRequest {
  const { phase, prompt, round = null, repeat = 0, loadShape = oneAtATime, cacheExpected = 'miss' } = at;
  const id = [variant.key, `load${block}`, phase, keyOfLoadShape(loadShape) || null, round, prompt, repeat]
    .filter((part) => part !== null)
    .join('/');
  const { kind, nonce, requestHash } = at;
  return {
    ...{ id, variant: variant.key, prompt, phase, kind, block, loadShape, round, repeat, cacheExpected },
    ...{ scheduledMs: null, nonce, requestHash },
  };
}

/** Texts that are embedded never come out of the cache. */
function repeatsFor(cache: CacheMode, loadShape: LoadShape, prompt: Prompt): CacheExpected[] {
  if (cache === 'allow') return ['any'];
  const isTwice = cache === 'measure' && isOneAtATime(loadShape) && kindOf(prompt) !== 'embed';
  return isTwice ? ['miss', 'hit'] : ['miss'];
}

function kindOf({ messages, embed }: Prompt): PlannedRequest['kind'] {
  if (embed !== undefined) return 'embed';
  return messages === undefined ? 'generate' : 'chat';
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
