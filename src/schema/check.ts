import { z } from 'zod';
import { plainLine } from './plain-text.ts';
import { count, sentence } from './primitives.ts';

const common = {
  label: z
    .string()
    .min(1)
    .max(120)
    .optional()
    .describe('What this check is called in reports; made from its content if left out'),
  not: z.literal(true).optional().describe('Inverts the result'),
};

/** One fact, or several wordings of it of which one is enough. */
const fact = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const jsonCheck = z.strictObject({
  type: z.literal('json'),
  form: z
    .enum(['any', 'bare', 'fenced'])
    .optional()
    .describe('bare: the answer is JSON; fenced: in one code fence; any (default): either'),
  ...common,
});
const keysCheck = z.strictObject({
  type: z.literal('keys'),
  keys: z.array(z.string().min(1)).min(1).describe('Keys that the parsed JSON object must have'),
  ...common,
});
const schemaCheck = z.strictObject({
  type: z.literal('schema'),
  schema: z
    .record(z.string(), z.unknown())
    .describe('A JSON Schema (draft 2020-12) that the parsed JSON must satisfy'),
  ...common,
});
const lengthCheck = z
  .strictObject({
    type: z.literal('length'),
    unit: z.enum(['characters', 'words', 'sentences', 'bullets']),
    min: count.optional(),
    max: count.optional(),
    ...common,
  })
  .refine(({ min, max }) => min !== undefined || max !== undefined, { error: 'give min, max or both' })
  .refine(({ min, max }) => (min ?? 0) <= (max ?? Number.MAX_SAFE_INTEGER), { error: 'min is above max' });
const factsCheck = z
  .strictObject({
    type: z.literal('facts'),
    present: z
      .array(fact)
      .min(1)
      .optional()
      .describe('Each must be in the answer; a nested list is one fact in several wordings'),
    absent: z.array(z.string().min(1)).min(1).optional().describe('None may be in the answer'),
    ...common,
  })
  .refine(({ present, absent }) => present !== undefined || absent !== undefined, {
    error: 'give present, absent or both',
  });
const regexCheck = z
  .strictObject({
    type: z.literal('regex'),
    pattern: z.string().min(1).describe('A JavaScript regular expression; the u flag is always set'),
    flags: z
      .string()
      .regex(/^[ims]{0,3}$/, 'flags may be i, m and s')
      .optional(),
    ...common,
  })
  .refine(({ pattern, flags }) => isRegex(pattern, flags), {
    error: 'pattern is not a valid regular expression',
    path: ['pattern'],
  });
const equalsCheck = z.strictObject({
  type: z.literal('equals'),
  value: z.string().describe('The whole answer, compared after trimming'),
  ignoreCase: z.boolean().optional(),
  ignorePunctuation: z.boolean().optional().describe('Leaves out surrounding quotes and a final . or !'),
  ...common,
});

const toolCallCheck = z.strictObject({
  type: z.literal('tool-call'),
  name: z.string().min(1).max(64).optional().describe('The tool that must be called; any if left out'),
  arguments: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('A JSON Schema (draft 2020-12) that the arguments of the call must satisfy'),
  ...common,
});
const embeddingCheck = z.strictObject({
  type: z.literal('embedding'),
  dimensions: count.min(1).optional().describe('How long each vector must be'),
  vectors: count.min(1).optional().describe('How many vectors; as many as there are texts if left out'),
  closer: z
    .array(z.tuple([count, count, count]))
    .min(1)
    .optional()
    .describe('[a, b, c]: text a must be closer to b than to c, by cosine; texts count from 0'),
  ...common,
});

export const check = z.discriminatedUnion('type', [
  jsonCheck,
  keysCheck,
  schemaCheck,
  lengthCheck,
  factsCheck,
  regexCheck,
  equalsCheck,
  toolCallCheck,
  embeddingCheck,
]);
export type Check = z.infer<typeof check>;

/** What one check said of one answer. */
export const checkResult = z.object({
  type: z.enum(['json', 'keys', 'schema', 'length', 'facts', 'regex', 'equals', 'tool-call', 'embedding']),
  label: plainLine,
  pass: z.boolean(),
  reason: sentence.describe('Why it passed or failed, with the value found'),
  jsonForm: z
    .enum(['bare', 'fenced', 'none'])
    .optional()
    .describe('Of a json, keys or schema check: where JSON was found'),
});
export type CheckResult = z.infer<typeof checkResult>;

function isRegex(pattern: string, flags = ''): boolean {
  try {
    new RegExp(pattern, `u${flags}`);
    return true;
  } catch {
    return false;
  }
}
