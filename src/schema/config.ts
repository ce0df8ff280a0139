import { z } from 'zod';

/** Options that Ollama takes per request or per load; an unknown one is silently ignored by the server, so it is refused here. */
export const modelOptions = z.strictObject({
  num_ctx: z.int().min(16).optional(),
  num_batch: z.int().min(1).optional(),
  num_gpu: z.int().min(0).optional(),
  main_gpu: z.int().min(0).optional(),
  use_mmap: z.boolean().optional(),
  num_thread: z.int().min(1).optional(),
  num_keep: z.int().optional(),
  seed: z.int().optional(),
  top_k: z.int().min(0).optional(),
  top_p: z.number().min(0).max(1).optional(),
  min_p: z.number().min(0).max(1).optional(),
  typical_p: z.number().min(0).max(1).optional(),
  repeat_last_n: z.int().optional(),
  temperature: z.number().min(0).optional(),
  repeat_penalty: z.number().min(0).optional(),
  presence_penalty: z.number().optional(),
  frequency_penalty: z.number().optional(),
  stop: z.array(z.string().min(1)).optional(),
});
export type ModelOptions = z.infer<typeof modelOptions>;
/** The same in a document: a later version may know more options, so a reader leaves out those it does not know. */
export const storedOptions = z.object(modelOptions.shape);

export const think = z.union([z.boolean(), z.enum(['low', 'medium', 'high', 'max'])]);

const modelName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w.-]+(?:[/:][\w.-]+)*$/, 'an Ollama model name, e.g. "qwen3:8b" or "hf.co/org/repo:Q4_K_M"');

export const modelConfig = z.union([
  modelName.transform((name) => ({ name })),
  z.strictObject({
    name: modelName,
    options: modelOptions.optional().describe('Laid over the options of the whole file'),
    think: think.optional().describe('Sent where the model can think; default false'),
  }),
]);

export const config = z.strictObject({
  host: z
    .string()
    .min(1)
    .optional()
    .describe('Where Ollama is, in any form OLLAMA_HOST takes; default $OLLAMA_HOST or 127.0.0.1:11434'),
  models: z.array(modelConfig).min(1, { error: 'name at least one model, e.g. models: [qwen3:8b]' }),
  prompts: z
    .string()
    .min(1)
    .default('core')
    .describe('A built-in set ("core") or the path of a prompt-set file, relative to this file'),
  options: modelOptions.default({ temperature: 0, seed: 7 }).describe('Options of every model'),
  loads: z
    .int()
    .min(1)
    .max(50)
    .default(3)
    .describe('How often each model is loaded; the load is the unit of inference'),
  rounds: z.int().min(1).max(200).default(4).describe('Timed rounds of the prompt set in each load'),
  warmup: z.int().min(1).max(50).default(1).describe('Unrecorded requests after each load, on other prompts'),
  budgetMinutes: z
    .int()
    .min(1)
    .optional()
    .describe(
      'How long a run may take: it ends with the round that is under way then, and reports fewer rounds',
    ),
  pull: z.boolean().default(false).describe('Pull a model that is missing'),
  deadlines: z
    .strictObject({
      load: z.int().min(1).default(600),
      firstToken: z.int().min(1).default(300),
      stall: z.int().min(1).default(60),
      total: z.int().min(1).default(900),
    })
    .prefault({})
    .describe('Seconds after which a load, a first token, a silence or a whole request has failed'),
  server: z
    .record(z.string().regex(/^OLLAMA_[A-Z0-9_]+$/, 'a server setting, e.g. OLLAMA_NUM_PARALLEL'), z.string())
    .default({})
    .describe('Settings of the Ollama server, which it does not tell over HTTP: declared here'),
});
export type Config = z.output<typeof config>;
export type ConfigInput = z.input<typeof config>;
