import { z } from 'zod';
import { check } from './check.ts';
import { count, slug } from './primitives.ts';

const message = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().min(1),
});

/** `json`, or a JSON Schema that the server turns into a grammar. */
const format = z.union([z.literal('json'), z.record(z.string(), z.unknown())]);

export const promptCategory = slug.describe('What the prompt exercises, e.g. extract, summarize, arithmetic');

export const prompt = z
  .strictObject({
    id: slug,
    title: z.string().min(1).max(80),
    category: promptCategory,
    prompt: z.string().min(1).max(20_000).optional().describe('Sent to /api/generate as it is'),
    messages: z.array(message).min(1).optional().describe('Sent to /api/chat as they are; instead of prompt'),
    format: format.optional().describe('Ask the server to constrain the answer'),
    maxTokens: z.int().min(1).max(8192).default(128).describe('num_predict: the cap on the answer'),
    checks: z.array(check).min(1).describe('At least one check, so that every answer can be found wrong'),
  })
  .refine((it) => (it.prompt === undefined) !== (it.messages === undefined), {
    error: 'give either prompt or messages',
  });
export type Prompt = z.infer<typeof prompt>;

export const promptSet = z
  .strictObject({
    id: slug,
    version: count.min(1),
    title: z.string().min(1).max(80),
    description: z.string().max(2000).default(''),
    prompts: z.array(prompt).min(1, { error: 'the prompt set is empty: add at least one prompt' }),
  })
  .superRefine(({ prompts }, context) => {
    const seen = new Set<string>();
    prompts.forEach(({ id }, index) => {
      if (seen.has(id)) {
        context.addIssue({
          code: 'custom',
          path: ['prompts', index, 'id'],
          message: `"${id}" is used twice; ids must be unique`,
        });
      }
      seen.add(id);
    });
  });
export type PromptSet = z.infer<typeof promptSet>;
