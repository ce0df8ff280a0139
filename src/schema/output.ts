import { z } from 'zod';
import { checkResult } from './check.ts';
import { count, sha256, slug, variantKey } from './primitives.ts';
import { schemaVersion } from './version.ts';

export const savedAnswer = z.object({
  block: count.describe('The load in which the model gave this answer'),
  text: z.string(),
  thinking: z.string(),
  toolCalls: z
    .array(z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }))
    .describe('What the model called, without the ids that differ from one answer to the next'),
  embedding: z
    .object({ vectors: count, dimensions: count })
    .nullable()
    .describe('Of texts that were embedded; null where the model answered'),
  hash: sha256.describe('Of the text and, where there are any, the tool calls'),
  doneReason: z.string().max(40).nullable(),
  outputTokens: count.nullable(),
  checks: z.array(checkResult),
});
export type SavedAnswer = z.infer<typeof savedAnswer>;

/** outputs/<variant>/<prompt>.json: what a model answered to one prompt as written, once in each load. */
export const savedOutput = z.object({
  schemaVersion,
  variant: variantKey,
  model: z.string(),
  digest: sha256,
  prompt: slug,
  requestHash: sha256,
  checksHash: sha256,
  answers: z.array(savedAnswer),
});
export type SavedOutput = z.infer<typeof savedOutput>;
