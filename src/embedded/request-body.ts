import { z } from 'zod';
import { Refusal } from './refusal.ts';

const options = z.record(z.string(), z.unknown()).nullish();

/** null is what is not there: Go reads both alike. */
const flag = z.boolean().nullish();
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const common = {
  model: text,
  stream: flag,
  format: z.unknown().optional(),
  keep_alive: z.unknown().optional(),
  options,
  think: z.unknown().optional(),
  truncate: flag,
  shift: flag,
  logprobs: flag,
};

export const generateBody = z.object({
  ...common,
  prompt: text,
  suffix: text,
  system: text,
  template: text,
  context: list(z.int()),
  raw: flag,
  images: list(z.string()),
});
export type GenerateBody = z.output<typeof generateBody>;

export const chatBody = z.object({
  ...common,
  messages: list(z.object({ role: z.string(), content: text, images: list(z.string()) })),
  tools: list(z.unknown()),
});
export type ChatBody = z.output<typeof chatBody>;

export const embedBody = z.object({
  model: text,
  input: z.unknown().optional(),
  truncate: flag,
  keep_alive: z.unknown().optional(),
  options,
  dimensions: z.int().nullish(),
});

/**
 * The texts to embed; none where there is no input, or an empty one.
 * @throws {Refusal} 400 for what is neither a text nor a list of texts.
 */
export function parseInput(input: unknown): string[] {
  const texts = z.array(z.string()).safeParse(typeof input === 'string' ? [input] : (input ?? []));
  if (!texts.success) throw new Refusal(400, 'invalid input type');
  return input === '' ? [] : texts.data;
}

export const showBody = z.object({ model: text, name: text });
export const copyBody = z.object({ source: text, destination: text });
export const pullBody = z.object({ model: text, name: text });

/**
 * Reads a request's body.
 * @throws {Refusal} 400 for one that is missing, no JSON, or of the wrong shape.
 */
export function parseBody<Schema extends z.ZodType>(body: string, schema: Schema): z.output<Schema> {
  if (body.trim() === '') throw new Refusal(400, 'missing request body');
  const parsed = schema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(400, `${issue?.path.join('.') || 'body'}: ${issue?.message}`, { cause: parsed.error });
}

/**
 * Whether a model is to think; null where it is left to the model.
 * @throws {Refusal} 400 for what is neither a boolean nor a level.
 */
export function parseThink(value: unknown): boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  const choice = '"high", "medium", "low", "max", true, or false';
  if (typeof value !== 'string') throw new Refusal(400, `think must be a boolean or string (${choice})`);
  if (['high', 'medium', 'low', 'max'].includes(value)) return true;
  throw new Refusal(400, `invalid think value: ${JSON.stringify(value)} (must be ${choice})`);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(400, said.includes('end of JSON input') ? 'unexpected EOF' : said, { cause });
  }
}
