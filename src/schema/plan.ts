import { z } from 'zod';
import { cacheMode, storedOptions, think } from './config.ts';
import { plainLine } from './plain-text.ts';
import { count, milliseconds, sentence, sha256, slug, variantKey } from './primitives.ts';
import { schemaVersion } from './version.ts';

export const phase = z
  .enum(['load', 'warmup', 'bare', 'timed'])
  .describe('bare: the prompts as written, judged and saved; timed: with the nonce of the round, measured');
export type Phase = z.infer<typeof phase>;

export const requestKind = z.enum(['load', 'generate', 'chat', 'embed']);

/** How requests arrive: one after another per client (closed loop), or at a rate of their own (open loop). */
export const loadShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('closed'), concurrency: z.int().min(1) }),
  z.object({ kind: z.literal('open'), requestsPerSecond: z.number().positive() }),
]);
export type LoadShape = z.infer<typeof loadShape>;

export const cacheExpected = z
  .enum(['miss', 'hit', 'any'])
  .describe('Whether the server may serve the prompt from its cache: a sample that did otherwise is invalid');
export type CacheExpected = z.infer<typeof cacheExpected>;

export const plannedRequest = z.object({
  id: z
    .string()
    .max(300)
    .describe(
      'Unique in the plan, the same for the same inputs: variant/block/phase/shape/round/prompt/repeat',
    ),
  variant: variantKey,
  prompt: slug.nullable().describe('null for a load; a warm-up prompt has an id of its own'),
  phase,
  kind: requestKind,
  block: count.describe('Which load of the model, from 0'),
  loadShape,
  round: count.nullable().describe('Which timed round of the load shape, from 0; null outside timed'),
  repeat: count.describe('Which repetition of the same request in the same round, from 0'),
  cacheExpected,
  scheduledMs: milliseconds
    .nullable()
    .describe('When an open loop sends it, since its load shape began; null in a closed loop'),
  order: count.describe('Position in the plan'),
  nonce: z
    .string()
    .nullable()
    .describe('What is put before the prompt: a function of prompt set, prompt and round alone'),
  requestHash: sha256.nullable().describe('Of everything sent but the model name; null for a load'),
});
export type PlannedRequest = z.infer<typeof plannedRequest>;

export const comparisonPlan = z
  .object({
    pairs: z.array(z.object({ base: variantKey, head: variantKey })),
    resident: z
      .boolean()
      .describe(
        'true: both models of a pair are in memory and asked in turn; false: one at a time, a load for each round',
      ),
    looks: z
      .array(count.min(1))
      .describe('Numbers of loads after which it is looked whether more are needed; the last is the most'),
    added: z
      .array(plainLine)
      .default([])
      .describe('Models that only head asks for: there is nothing to hold them against'),
    removed: z.array(plainLine).default([]).describe('Models that only base asks for'),
  })
  .describe('Which variants are held against each other');
export type ComparisonPlan = z.infer<typeof comparisonPlan>;

export const plannedVariant = z.object({
  key: variantKey,
  name: z.string().describe('The tag as it was asked for'),
  digest: sha256,
  options: storedOptions,
  think: think.nullable().describe('What is sent as think; null where the model cannot think'),
  unsupported: z
    .array(z.object({ prompt: slug, reason: sentence }))
    .describe('Prompts of the set that are not put to the model, as it cannot take them'),
});

export const plan = z.object({
  schemaVersion,
  promptSet: z.object({ id: slug, version: count, hash: sha256 }),
  loads: count,
  rounds: count,
  warmup: count.describe('Warm-up requests of each load at the least'),
  warmupMax: count.describe('And at the most: those that prove needless are not sent'),
  cache: cacheMode,
  loadShapes: z.array(loadShape).describe('The first is one request at a time, of which series are made'),
  seed: count.nullable().describe('Of every random choice in the plan; null where there is none'),
  comparison: comparisonPlan.nullable().describe('null where variants are measured one after another'),
  variants: z.array(plannedVariant),
  requests: z.array(plannedRequest),
});
export type Plan = z.infer<typeof plan>;
