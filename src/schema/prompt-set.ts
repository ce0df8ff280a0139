import { z } from 'zod';
import { check } from './check.ts';
import { count, slug } from './primitives.ts';

/** A path while people write it; a stored set holds the content instead, so that it stands alone. */
const images = z
  .array(z.string().min(1))
  .min(1)
  .max(16)
  .describe(
    'PNG, JPEG or WebP: a path relative to the file of the set; in a stored set, the content in base64',
  );

const toolName = z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, "_", "." and "-", e.g. "get_weather"');
const content = z.string().min(1);

/** A call as Ollama tells it, and as a message of several turns tells it back. */
const toolCall = z.strictObject({
  function: z.strictObject({ name: toolName, arguments: z.record(z.string(), z.unknown()) }),
});

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content }),
  z.strictObject({ role: z.literal('user'), content, images: images.optional() }),
  z
    .strictObject({
      role: z.literal('assistant'),
      content: z.string(),
      tool_calls: z.array(toolCall).min(1).optional(),
    })
    .refine((it) => it.content !== '' || it.tool_calls !== undefined, {
      error: 'says nothing: give it text, or tool_calls',
      path: ['content'],
    }),
  z.strictObject({
    role: z.literal('tool'),
    content,
    tool_name: toolName.optional().describe('Which tool this is the result of'),
  }),
]);

/** A tool as Ollama takes it. The parameters are a JSON Schema, of which Ollama hands on what it knows. */
export const tool = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({
    name: toolName,
    description: content,
    parameters: z.looseObject({
      type: z.literal('object'),
      properties: z.record(z.string(), z.record(z.string(), z.unknown())),
      required: z.array(z.string()).optional(),
    }),
  }),
});
export type Tool = z.infer<typeof tool>;

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
    embed: z
      .array(z.string().min(1).max(20_000))
      .min(1)
      .max(64)
      .optional()
      .describe('Texts sent to /api/embed in one request; instead of prompt'),
    images: images.optional(),
    tools: z.array(tool).min(1).optional().describe('Tools that the model may call; with messages only'),
    format: format.optional().describe('Ask the server to constrain the answer'),
    maxTokens: z.int().min(1).max(8192).default(128).describe('num_predict: the cap on the answer'),
    checks: z.array(check).min(1).describe('At least one check, so that every answer can be found wrong'),
  })
  .superRefine((it, context) => {
    const refuse = (message: string, ...path: string[]) =>
      context.addIssue({ code: 'custom', path, message });
    const given = [it.prompt, it.messages, it.embed].filter((way) => way !== undefined).length;
    if (given !== 1) refuse('give one of prompt, messages and embed');
    if (it.images && it.messages) refuse('give images to the user message that they belong to', 'images');
    if (it.images && it.embed) refuse('only text is embedded: take the images out', 'images');
    if (it.tools && !it.messages) refuse('tools need a chat: write messages instead', 'tools');
    if (it.format && it.embed) refuse('vectors have no format: take it out', 'format');
    if (it.tools && new Set(it.tools.map((one) => one.function.name)).size < it.tools.length) {
      refuse('two tools have the same name', 'tools');
    }
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
