import { judgeAnswer } from '../core/checks/judge-answer.ts';
import { computeClientTimings } from '../core/metrics.ts';
import { buildRequest } from '../core/request.ts';
import { findFlags } from '../core/validity.ts';
import type { Completion, OllamaClient } from '../ollama/client.ts';
import { OllamaError } from '../ollama/errors.ts';
import type { SavedAnswer } from '../schema/output.ts';
import type { Plan, PlannedRequest } from '../schema/plan.ts';
import type { Prompt } from '../schema/prompt-set.ts';
import type { Sample, ServerTimings } from '../schema/sample.ts';
import { sha256Text } from '../store/hash-text.ts';

export type Variant = Plan['variants'][number];

/** What a request comes to: its sample and, where it was answered, the answer. */
export interface Taken {
  sample: Sample;
  answer: SavedAnswer | null;
}

export interface Ask {
  request: PlannedRequest;
  variant: Variant;
  prompt: Prompt;
  checksHash: string | null;
  /** The monotonic reading at which the run began. */
  startedMs: number;
  /** Whether the model may have seen this run's prompts in this very load. */
  isRepeat: boolean;
  /** What the server is told to keep the model for; see `keepFor`. */
  keep: KeepFor;
  signal: AbortSignal;
}

export type KeepFor = { keep_alive?: string };

/**
 * How long the server may keep a model of ours between two requests of a run, which unloads it itself. Of somebody
 * else's model nothing is said: any value would replace the one that its owner gave.
 */
export function keepFor(ours: boolean): KeepFor {
  return ours ? { keep_alive: '30m' } : {};
}

/** Sends one planned request. A request that fails is a failed sample with its reason, not an exception. */
export async function takeSample(client: Pick<OllamaClient, 'generate' | 'chat'>, ask: Ask): Promise<Taken> {
  try {
    const completion = await send(client, ask);
    if (completion.text.trim() !== '' || completion.thinking.trim() !== '')
      return answeredSample(ask, completion);
    const reason = `The model answered nothing (done_reason: ${completion.doneReason ?? 'none'}): check its template and stop strings.`;
    return { answer: null, sample: failedSample(ask.request, 'empty-answer', reason) };
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    return { answer: null, sample: failedSample(ask.request, error.code, error.message) };
  }
}

function send(
  client: Pick<OllamaClient, 'generate' | 'chat'>,
  { request, variant, prompt, keep, signal }: Ask,
): Promise<Completion> {
  const { prompt: text, messages, ...content } = buildRequest(prompt, { ...variant, nonce: request.nonce });
  const common = { model: variant.name, ...keep, ...content };
  return messages
    ? client.chat({ ...common, messages }, { signal })
    : client.generate({ ...common, prompt: text ?? '' }, { signal });
}

function answeredSample(ask: Ask, completion: Completion): Taken {
  const { request, prompt, startedMs, checksHash } = ask;
  const server: ServerTimings = { ...completion.server, doneReason: completion.doneReason };
  const answer: SavedAnswer = {
    block: request.block,
    text: completion.text,
    thinking: completion.thinking,
    hash: sha256Text(completion.text),
    doneReason: completion.doneReason,
    outputTokens: server.evalCount,
    checks: request.phase === 'bare' ? judgeAnswer(prompt.checks, completion.text) : [],
  };
  const { phase } = request;
  const flags = findFlags({ phase, text: completion.text, server, isRepeat: ask.isRepeat });
  const chunksMs = completion.chunks.filter(({ kind }) => kind !== 'empty').map(({ atMs }) => atMs);
  return {
    answer,
    sample: {
      ...describeRequest(request),
      sentMs: completion.marks.sentMs - startedMs,
      status: flags.length === 0 ? 'ok' : 'invalid',
      flags,
      error: null,
      client: computeClientTimings(completion.marks, chunksMs, server.evalCount),
      server,
      checks: answer.checks,
      output: answer.hash,
      checksHash: request.phase === 'bare' ? checksHash : null,
    },
  };
}

/** The sample of a request that was not, or not wholly, answered. Its message is published: without the server's address. */
export function failedSample(request: PlannedRequest, code: string, message: string): Sample {
  const error = { code, message: message.replace(/https?:\/\/[^\s),;]*[^\s),;:.]/g, 'the server') };
  return { ...describeRequest(request), ...notMeasured, status: 'failed', error };
}

/** What is null of a sample that was never answered. */
export const notMeasured = {
  sentMs: null,
  client: null,
  server: null,
  checks: [],
  output: null,
  checksHash: null,
};

/** What a sample carries over from the plan. */
export function describeRequest(request: PlannedRequest) {
  const { id, variant, prompt, phase, kind, block, round, repeat, order, requestHash } = request;
  return {
    ...{ id, variant, prompt, phase, kind, block, round, repeat, order, requestHash },
    loadShape: { kind: 'closed' as const, concurrency: 1 },
    scheduledMs: null,
    flags: [],
  };
}
