import { z } from 'zod';

// What the client reads of a server's replies. Fields it does not name are let through: releases add some.

const nullable = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? null);
const textOr = <Fallback>(fallback: Fallback) =>
  z
    .string()
    .nullish()
    .transform((value) => value || fallback);

/** Durations are integer nanoseconds and, like counts, exact up to 2^53. The server leaves a zero out. */
const measured = nullable(z.int().nonnegative());

const digest = z
  .string()
  .regex(/^(?:sha256:)?[0-9a-f]{64}$/)
  .transform((hex) => (hex.startsWith('sha256:') ? hex : `sha256:${hex}`));

const details = z
  .object({
    family: textOr(null),
    format: textOr(null),
    parameter_size: textOr(null),
    quantization_level: textOr(null),
  })
  .transform((it) => ({
    family: it.family,
    format: it.format,
    parameterSize: it.parameter_size,
    quantization: it.quantization_level,
  }));

const capabilities = z
  .array(z.string())
  .nullish()
  .transform((names) => names ?? []);

export const versionReply = z.object({ version: z.string().min(1).max(100) });

const tag = z
  .object({
    name: z.string(),
    digest,
    size: z.int().nonnegative(),
    modified_at: textOr(null),
    details,
    capabilities,
  })
  .transform(({ details: known, size, modified_at, ...it }) => ({
    ...it,
    ...known,
    sizeBytes: size,
    modifiedAt: modified_at,
  }));
/** A model that the server has on disk. */
export type ModelTag = z.output<typeof tag>;
export const tagsReply = z.object({ models: z.array(tag) });

const loaded = z
  .object({
    name: z.string(),
    digest,
    size: measured,
    size_vram: measured,
    context_length: measured,
    expires_at: textOr(null),
    details,
  })
  .transform((it) => ({
    name: it.name,
    digest: it.digest,
    ...it.details,
    sizeBytes: it.size,
    vramBytes: it.size_vram,
    contextLength: it.context_length,
    expiresAt: it.expires_at,
  }));
/** A model in memory. `vramBytes` is 0 on a machine without a GPU, and less than `sizeBytes` where it spills over. */
export type RunningModel = z.output<typeof loaded>;
export const psReply = z.object({ models: z.array(loaded) });

export const showReply = z
  .object({
    template: textOr(null),
    parameters: textOr(null),
    details,
    model_info: z.record(z.string(), z.unknown()).nullish(),
    capabilities,
  })
  .transform(({ details: known, model_info: info, ...it }) => {
    const trained = info?.[`${info['general.architecture']}.context_length`];
    return { ...it, ...known, contextLength: typeof trained === 'number' ? trained : null };
  });
/** What a model is: its template and parameters as text, the context it was trained for, what it can do. */
export type ModelDetails = z.output<typeof showReply>;

const toolCalls = z
  .array(z.unknown())
  .nullish()
  .transform((calls) => calls ?? []);

/** A line of /api/generate, which has its text in `response`, or of /api/chat, which has it in `message`. */
export const answerChunk = z
  .object({
    response: textOr(''),
    thinking: textOr(''),
    tool_calls: toolCalls,
    message: z.object({ content: textOr(''), thinking: textOr(''), tool_calls: toolCalls }).nullish(),
    done: z.boolean(),
    // A word; a server that says more is not to break what stores it.
    done_reason: textOr(null).transform((reason) => reason?.slice(0, 40) ?? null),
    total_duration: measured,
    load_duration: measured,
    prompt_eval_duration: measured,
    eval_duration: measured,
    prompt_eval_count: measured,
    prompt_eval_cached_count: measured,
    eval_count: measured,
  })
  .transform((it) => ({
    text: it.message?.content || it.response,
    thinking: it.message?.thinking || it.thinking,
    toolCalls: [...it.tool_calls, ...(it.message?.tool_calls ?? [])],
    done: it.done,
    doneReason: it.done_reason,
    server: {
      totalNs: it.total_duration,
      loadNs: it.load_duration,
      promptEvalNs: it.prompt_eval_duration,
      evalNs: it.eval_duration,
      promptEvalCount: it.prompt_eval_count,
      promptEvalCachedCount: it.prompt_eval_cached_count,
      evalCount: it.eval_count,
    },
  }));
export type AnswerChunk = z.output<typeof answerChunk>;

/** A plain loop: a batch holds tens of thousands of numbers, and a schema for each would cost more than parsing them. */
function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every(Number.isFinite);
}

/** The reply of /api/embed. */
export const embedReply = z
  .object({
    embeddings: z.array(z.custom<number[]>(isVector, 'not a list of numbers')),
    total_duration: measured,
    load_duration: measured,
    prompt_eval_count: measured,
  })
  .transform((it) => ({
    embeddings: it.embeddings,
    server: {
      totalNs: it.total_duration,
      loadNs: it.load_duration,
      promptEvalCount: it.prompt_eval_count,
    },
  }));
export type EmbedReply = z.output<typeof embedReply>;

export const pullLine = z.object({
  status: z.string(),
  digest: nullable(z.string()),
  total: measured,
  completed: measured,
});
/** How far a pull is: bytes of the layer that is under way; null where the step has no size. */
export type PullProgress = z.output<typeof pullLine>;
