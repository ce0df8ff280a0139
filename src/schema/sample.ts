import { z } from 'zod';
import { checkResult } from './check.ts';
import { cacheExpected, loadShape, phase, requestKind } from './plan.ts';
import { count, milliseconds, nanoseconds, sentence, sha256, slug, variantKey } from './primitives.ts';

export const flag = z
  .object({ code: slug, reason: sentence })
  .describe('Why a sample or a run is not what it should be');
export type Flag = z.infer<typeof flag>;

/** What the client's monotonic clock saw, in milliseconds since the request's bytes left. Undefined is null, never 0. */
export const clientTimings = z.object({
  headersMs: milliseconds.nullable(),
  firstByteMs: milliseconds.nullable(),
  ttftMs: milliseconds.nullable().describe('First chunk with text, of thinking or of the answer'),
  ttfaMs: milliseconds.nullable().describe('First chunk with text of the answer'),
  tpotMs: milliseconds
    .nullable()
    .describe('(last content - first content) / (output tokens - 1); null below 2 tokens'),
  e2eMs: milliseconds,
  chunksMs: z.array(milliseconds).describe('When each chunk with text arrived; a chunk is not a token'),
});
export type ClientTimings = z.infer<typeof clientTimings>;

/** What the server reported, as received: Ollama leaves a zero out, so absent is null. */
export const serverTimings = z.object({
  totalNs: nanoseconds.nullable(),
  loadNs: nanoseconds.nullable(),
  promptEvalNs: nanoseconds.nullable(),
  evalNs: nanoseconds.nullable(),
  promptEvalCount: count.nullable().describe('Prompt tokens, cached ones included'),
  promptEvalCachedCount: count.nullable(),
  evalCount: count.nullable().describe('Output tokens, thinking included'),
  doneReason: z.string().max(40).nullable(),
});
export type ServerTimings = z.infer<typeof serverTimings>;

export const sampleStatus = z
  .enum(['ok', 'failed', 'invalid'])
  .describe('failed: no complete answer; invalid: answered, but flagged, so kept out of the statistics');

/** One line of samples.ndjson: one request, as it went. */
export const sample = z.object({
  id: z.string().max(300).describe('The id of the planned request'),
  variant: variantKey,
  prompt: slug.nullable(),
  phase,
  kind: requestKind,
  block: count,
  round: count.nullable(),
  repeat: count,
  order: count,
  loadShape,
  cacheExpected,
  scheduledMs: milliseconds.nullable().describe('When an open loop meant to send it, since the run began'),
  sentMs: milliseconds.nullable().describe('When its bytes left, since the run began; null where it failed'),
  status: sampleStatus,
  flags: z.array(flag).describe('Those of an ok sample are remarks, or void some of its metrics'),
  error: z.object({ code: slug, message: sentence }).nullable(),
  client: clientTimings.nullable(),
  server: serverTimings.nullable(),
  loadedFrom: z
    .enum(['disk', 'page-cache'])
    .nullable()
    .describe('Of a load: where the weights came from, as far as the machine shows it'),
  checks: z.array(checkResult).describe('Of bare samples only: their answers are the ones judged'),
  output: sha256.nullable().describe('Of the answer text'),
  requestHash: sha256.nullable(),
  checksHash: sha256.nullable(),
});
export type Sample = z.infer<typeof sample>;
