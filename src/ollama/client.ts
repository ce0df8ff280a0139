import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import type { ModelOptions } from '../schema/config.ts';
import { type Completion, type CompletionMarks, readCompletion } from './completion.ts';
import { type ClientDeadlines, explainDeadline, type RequestDeadlines } from './deadlines.ts';
import { type Embedding, readEmbedding } from './embedding.ts';
import { openTransport } from './exchange.ts';
import { sameModel } from './model-name.ts';
import { createPullReader } from './pull.ts';
import { readDocument } from './read-reply.ts';
import {
  type ModelDetails,
  type ModelTag,
  type PullProgress,
  psReply,
  type RunningModel,
  showReply,
  tagsReply,
  versionReply,
} from './replies.ts';
import type { ChatRequest, EmbedRequest, GenerateRequest } from './requests.ts';

export type { Completion, Embedding, ModelDetails, ModelTag, PullProgress, RunningModel };

export interface OllamaClientOptions {
  /** As `resolveHost` gives it: no trailing slash. */
  baseUrl: string;
  deadlines: ClientDeadlines;
  /** Monotonic milliseconds; all marks are readings of it. Default `performance.now`. */
  clock?: () => number;
}

export interface Cancellable {
  /** Aborting closes the connection, and the server stops working on the request. */
  signal?: AbortSignal | undefined;
}

export interface PullSettings extends Cancellable {
  onProgress?: (progress: PullProgress) => void;
}

export interface LoadSettings extends Cancellable {
  /** Those that decide how a model is loaded, `num_ctx` above all: a request with others loads it anew. */
  options?: ModelOptions;
  keepAlive?: number | string;
  /** For a model that only embeds: Ollama loads it for no texts, but not for no prompt. */
  embeds?: boolean;
}

/** Every method throws {@link OllamaError}, and nothing else for what the server or the network did. */
export interface OllamaClient {
  version(): Promise<string>;
  /** The models on the server's disk. */
  tags(): Promise<ModelTag[]>;
  show(name: string): Promise<ModelDetails>;
  /** The models in memory; one that is still loading is not among them. */
  ps(): Promise<RunningModel[]>;
  pull(name: string, settings?: PullSettings): Promise<void>;
  /** Gives a model a second name, without a second copy of its weights. */
  copy(source: string, destination: string): Promise<void>;
  /** Takes a name away; the weights go with the last one. */
  remove(name: string): Promise<void>;
  /** Loads a model. The server does not time that: the marks do. */
  load(name: string, settings?: LoadSettings): Promise<Pick<CompletionMarks, 'sentMs' | 'doneMs'>>;
  /** Unloads a model, and waits until it is out of memory: the server says yes before it is. */
  unload(name: string): Promise<void>;
  generate(request: GenerateRequest, settings?: Cancellable): Promise<Completion>;
  chat(request: ChatRequest, settings?: Cancellable): Promise<Completion>;
  embed(request: EmbedRequest, settings?: Cancellable): Promise<Embedding>;
  /** Ends every connection; requests still under way fail. */
  close(): Promise<void>;
}

const pollMs = 50;

/** A client for one Ollama server, that keeps its connections open and measures what it does. */
export function createOllamaClient({
  baseUrl,
  deadlines: { loadMs, firstTokenMs, stallMs, totalMs },
  clock = () => performance.now(),
}: OllamaClientOptions): OllamaClient {
  const transport = openTransport(baseUrl, clock);
  const stall = { ms: stallMs, code: 'stall-deadline' } as const;
  const quick: RequestDeadlines = { firstByte: stall, stall };
  const load = { ms: loadMs, code: 'load-deadline' } as const;
  const answering: RequestDeadlines = {
    firstByte: { ms: firstTokenMs, code: 'first-token-deadline' },
    stall,
    total: { ms: totalMs, code: 'total-deadline' },
  };

  async function read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    const reply = await transport.exchange({ method: 'GET', path, model: null, deadlines: quick });
    return readDocument(reply, schema, { baseUrl, model: null });
  }

  async function complete<Body extends { model: string }>(
    path: string,
    body: Body,
    deadlines: RequestDeadlines,
    { signal }: Cancellable,
  ): Promise<Completion> {
    const { model } = body;
    const reply = await transport.exchange({ method: 'POST', path, body, model, deadlines, signal });
    return readCompletion(reply, { baseUrl, model });
  }

  async function embed(
    body: EmbedRequest,
    deadlines: RequestDeadlines,
    { signal }: Cancellable,
  ): Promise<Embedding> {
    const { model, input } = body;
    const request = { method: 'POST', path: '/api/embed', body, model, deadlines, signal } as const;
    return readEmbedding(await transport.exchange(request), input.length, { baseUrl, model });
  }

  const ps = async () => (await read('/api/ps', psReply)).models;

  return {
    version: async () => (await read('/api/version', versionReply)).version,
    tags: async () => (await read('/api/tags', tagsReply)).models,
    ps,
    async show(model) {
      const reply = await transport.exchange({
        method: 'POST',
        path: '/api/show',
        body: { model },
        model,
        deadlines: quick,
      });
      return readDocument(reply, showReply, { baseUrl, model });
    },
    async pull(model, { signal, onProgress } = {}) {
      const { onLine, finish } = createPullReader({ baseUrl, model }, onProgress);
      const { cut } = await transport.exchange({
        method: 'POST',
        path: '/api/pull',
        body: { model },
        model,
        deadlines: { firstByte: load, stall: load },
        signal,
        onLine,
      });
      finish(cut);
    },
    async copy(source, destination) {
      const body = { source, destination };
      await transport.exchange({ method: 'POST', path: '/api/copy', body, model: source, deadlines: quick });
    },
    async remove(model) {
      const body = { model };
      await transport.exchange({ method: 'DELETE', path: '/api/delete', body, model, deadlines: quick });
    },
    async load(model, { options, keepAlive, embeds = false, signal } = {}) {
      const body = { model, options, keep_alive: keepAlive };
      const deadlines = { firstByte: load, stall };
      const { marks } = embeds
        ? await embed({ ...body, input: [] }, deadlines, { signal })
        : await complete('/api/generate', body, deadlines, { signal });
      return { sentMs: marks.sentMs, doneMs: marks.doneMs };
    },
    async unload(model) {
      await complete('/api/generate', { model, keep_alive: 0 }, quick, {});
      const patience = { ms: stallMs, code: 'unload-deadline' } as const;
      const askedMs = clock();
      while ((await ps()).some(({ name }) => sameModel(name, model))) {
        if (clock() - askedMs > patience.ms) throw explainDeadline(patience, { baseUrl, model });
        await delay(pollMs);
      }
    },
    generate: (request, settings = {}) => complete('/api/generate', request, answering, settings),
    chat: (request, settings = {}) => complete('/api/chat', request, answering, settings),
    embed: (request, settings = {}) => embed(request, answering, settings),
    close: transport.close,
  };
}
