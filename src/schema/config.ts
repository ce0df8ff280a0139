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

export const cacheMode = z
  .enum(['defeat', 'allow', 'measure'])
  .describe(
    "The server's prompt cache. defeat: timed prompts begin with a nonce, and a cached sample is invalid; allow: prompts as written, cached or not; measure: each is sent twice, to miss the cache and to hit it",
  );
export type CacheMode = z.infer<typeof cacheMode>;

const objectives = z.strictObject({
  ttftMs: z.number().positive().optional(),
  ttfaMs: z.number().positive().optional(),
  tpotMs: z.number().positive().optional(),
  e2eMs: z.number().positive().optional(),
});
export type Objectives = z.infer<typeof objectives>;
export const storedObjectives = z.object(objectives.shape);

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
  comparison: z
    .strictObject({
      loads: z.int().min(2).max(50).default(6),
      rounds: z.int().min(1).max(200).default(2),
      maxLoads: z.int().min(2).max(100).default(12),
    })
    .prefault({})
    .describe(
      'How often both models of a comparison are loaded and asked: loads at the least, then 3 more at a time while a metric is inconclusive, maxLoads at the most',
    ),
  warmup: z
    .int()
    .min(1)
    .max(50)
    .default(1)
    .describe(
      'Warm-up requests after each load, on other prompts, at the least; more follow until the last three agree',
    ),
  warmupMax: z
    .int()
    .min(1)
    .max(50)
    .default(8)
    .describe(
      'After so many warm-up requests a load is measured all the same, and flagged; never fewer than warmup',
    ),
  cache: cacheMode.default('defeat'),
  concurrency: z
    .array(z.int().min(1).max(512))
    .default([1])
    .describe(
      'Requests under way at the same time, e.g. [1, 4, 16]; 1 is always measured, and it alone makes series',
    ),
  requestRates: z
    .array(z.number().positive().max(1000))
    .default([])
    .describe('Requests per second that arrive whether or not those before are answered, e.g. [0.5, 2]'),
  objectives: objectives.default({}).describe('What a request has to meet, all of it, to count as goodput'),
  busy: z
    .enum(['wait', 'skip', 'fail'])
    .default('wait')
    .describe(
      'What to do where somebody else uses the server, whose models are never unloaded: wait (then skip), skip, or fail',
    ),
  busyMinutes: z.number().positive().max(1440).default(10).describe('How long to wait for a busy server'),
  budgetMinutes: z
    .number()
    .positive()
    .optional()
    .describe(
      'How long a run may take: a round that would not end in time is not begun, and the report says how many were',
    ),
  telemetry: z
    .boolean()
    .default(true)
    .describe('Sample the GPU and CPU while measuring: load, memory, power, clocks, temperature'),
  calibrate: z
    .boolean()
    .default(true)
    .describe(
      "Measure the client's own error before a machine's first run with a version, which takes seconds",
    ),
  pull: z
    .union([z.boolean(), z.literal('always')])
    .default(false)
    .describe(
      'true: pull a model that is missing; always: pull every model, and keep the one before under a name of ours',
    ),
  keep: z
    .int()
    .min(1)
    .max(50)
    .default(3)
    .describe('With pull: always, how many earlier models of each tag stay on the server'),
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
