import { type Answer, judgeAnswer } from '../core/checks/judge-answer.ts';
import { readToolCalls } from '../core/checks/tool-calls.ts';
import { statusOf } from '../core/flags.ts';
import { hashJson } from '../core/hash.ts';
import { computeClientTimings } from '../core/metrics.ts';
import { buildRequest } from '../core/request.ts';
import type { SampleJudge } from '../core/validity.ts';
import type { Completion, Embedding, OllamaClient } from '../ollama/client.ts';
import { OllamaError } from '../ollama/errors.ts';
import type { SavedAnswer } from '../schema/output.ts';
import type { Plan, PlannedRequest } from '../schema/plan.ts';
import type { Prompt } from '../schema/prompt-set.ts';
import type { ClientTimings, Sample, ServerTimings } from '../schema/sample.ts';
import { sha256Text } from '../store/hash-text.ts';
import { withinSecond } from './time-limit.ts';

export type Variant = Plan['variants'][number];
export type AskingClient = Pick<OllamaClient, 'generate' | 'chat' | 'embed'>;

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
  /** When an open loop meant to send it, since the run began. */
  dueMs: number | null;
  judge: SampleJudge;
  signal: AbortSignal;
}

/** How long the server may keep a model of ours between two requests of a run, which unloads it itself. */
export const keepAliveMinutes = 30;
export const keepAlive = `${keepAliveMinutes}m`;

/** Sends one planned request. A request that fails is a failed sample with its reason, not an exception. */
export async function takeSample(client: AskingClient, ask: Ask): Promise<Taken> {
  try {
    const reply = await send(client, ask);
    if (reply.isEmpty) {
      const reason = `The model answered nothing (done_reason: ${reply.server.doneReason ?? 'none'}): check its template and stop strings.`;
      return { answer: null, sample: failedSample(ask.request, 'empty-answer', reason) };
    }
    return answeredSample(ask, reply);
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    return { answer: null, sample: failedSample(ask.request, error.code, error.message) };
  }
}

/** What came back, whichever way it was asked for. */
interface ModelReply {
  answer: Answer & Pick<SavedAnswer, 'thinking' | 'embedding'>;
  isEmpty: boolean;
  sentMs: number;
  client: ClientTimings;
  server: ServerTimings;
  retried: boolean;
  promptCharacters: number;
}

async function send(client: AskingClient, { request, variant, prompt, signal }: Ask): Promise<ModelReply> {
  const {
    prompt: text,
    messages,
    input,
    tools,
    images,
    ...content
  } = buildRequest(prompt, {
    ...variant,
    nonce: request.nonce,
  });
  const common = { model: variant.name, keep_alive: keepAlive, ...content };
  if (input) {
    const { think: _, format: __, ...embedding } = common;
    return readEmbedded(await client.embed({ ...embedding, input }, { signal }), countCharacters(input));
  }
  const completion = messages
    ? await client.chat({ ...common, messages, ...(tools ? { tools } : {}) }, { signal })
    : await client.generate({ ...common, prompt: text ?? '', ...(images ? { images } : {}) }, { signal });
  return readCompleted(completion, countCharacters(messages?.map((it) => it.content) ?? [text ?? '']));
}

function readCompleted(completion: Completion, promptCharacters: number): ModelReply {
  const { text, thinking, toolCalls, marks, server, doneReason, retried, chunks } = completion;
  const chunksMs = chunks.filter(({ kind }) => kind !== 'empty').map(({ atMs }) => atMs);
  return {
    answer: { text, thinking, toolCalls, embedding: null },
    isEmpty: text.trim() === '' && thinking.trim() === '' && toolCalls.length === 0,
    sentMs: marks.sentMs,
    client: computeClientTimings(marks, chunksMs, server.evalCount),
    server: { ...server, doneReason },
    ...{ retried, promptCharacters },
  };
}

function readEmbedded({ embeddings, marks, server }: Embedding, promptCharacters: number): ModelReply {
  const noTokens = { firstNonEmptyMs: null, firstAnswerMs: null, lastContentMs: null };
  const embedding = { vectors: embeddings.length, dimensions: embeddings[0]?.length ?? 0 };
  return {
    answer: { text: '', thinking: '', embeddings, embedding },
    isEmpty: embeddings.length === 0,
    sentMs: marks.sentMs,
    client: computeClientTimings({ ...marks, ...noTokens }, [], null),
    server: {
      ...{ promptEvalNs: null, evalNs: null, promptEvalCachedCount: null, evalCount: null, doneReason: null },
      ...server,
    },
    ...{ retried: false, promptCharacters },
  };
}

function answeredSample(ask: Ask, reply: ModelReply): Taken {
  const { request, prompt, startedMs, checksHash, judge, dueMs } = ask;
  const { client, server, retried, promptCharacters } = reply;
  const isBare = request.phase === 'bare';
  const { text, thinking, embedding } = reply.answer;
  const toolCalls = readToolCalls(reply.answer.toolCalls ?? []);
  const answer: SavedAnswer = {
    ...{ block: request.block, text, thinking, toolCalls, embedding },
    hash: hashAnswer({ text, toolCalls, embedding }),
    doneReason: server.doneReason,
    outputTokens: server.evalCount,
    checks: isBare ? judgeAnswer(prompt.checks, reply.answer, withinSecond) : [],
  };
  const hasAnswer = text.trim() !== '' || toolCalls.length > 0 || embedding !== null;
  const flags = judge.judge({ request, promptCharacters, hasAnswer, server, e2eMs: client.e2eMs, retried });
  return {
    answer,
    sample: {
      ...describeRequest(request),
      ...notMeasured,
      scheduledMs: dueMs,
      sentMs: reply.sentMs - startedMs,
      status: statusOf(flags, request.phase),
      ...{ flags, error: null, client, server },
      checks: answer.checks,
      output: answer.hash,
      checksHash: isBare ? checksHash : null,
    },
  };
}

/** Of vectors only how many there are and how long: their last digits differ from one GPU to the next. */
function hashAnswer({
  text,
  toolCalls,
  embedding,
}: Pick<SavedAnswer, 'text' | 'toolCalls' | 'embedding'>): string {
  if (toolCalls.length === 0 && embedding === null) return sha256Text(text);
  return hashJson({ text, toolCalls, embedding }, sha256Text);
}

function countCharacters(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

/** The sample of a request that was not, or not wholly, answered. Its message is published: without the server's address. */
export function failedSample(request: PlannedRequest, code: string, message: string): Sample {
  const error = { code, message: message.replace(/https?:\/\/[^\s),;]*[^\s),;:.]/g, 'the server') };
  return { ...describeRequest(request), ...notMeasured, status: 'failed', flags: [], error };
}

/** What is null of a sample that was never answered. */
export const notMeasured = {
  ...{ scheduledMs: null, sentMs: null, client: null, server: null, loadedFrom: null },
  ...{ checks: [], output: null, checksHash: null },
};

/** What a sample carries over from the plan. */
export function describeRequest(request: PlannedRequest) {
  const { id, variant, prompt, phase, kind, block, loadShape, round, repeat, order } = request;
  const { cacheExpected, requestHash } = request;
  return {
    ...{ id, variant, prompt, phase, kind, block, loadShape, round, repeat, order },
    ...{ cacheExpected, requestHash },
  };
}
