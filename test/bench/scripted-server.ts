import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** What to do with a prompt: answer with these chunks, break off after the first, only think, say nothing, or never end. */
export type Script = string[] | 'cut' | 'think' | 'nothing' | 'hang';

export interface ScriptedServer {
  url: string;
  /** The bodies of all requests for an answer, in order. */
  asked: { model: string; prompt: string; [key: string]: unknown }[];
  /** Called when a model is asked for, before it is loaded, with what was asked. */
  onLoad: (body: { model: string; keep_alive?: unknown }) => void;
  /** Another model, of which it can be told what is in memory; it answers nothing. */
  addModel(name: string): void;
  /** Called when a model is pulled. */
  onPull: () => void;
  /** Makes tiny:v1 stand for another model from now on. */
  move(to?: string): void;
  /** Names of the models in memory. */
  loaded: Set<string>;
  /** What /api/version says. */
  version: string;
  /** When each model in memory is to expire: a use of it by somebody moves that. */
  expiresAt: string;
  /** Capabilities that /api/show lists. */
  capabilities: string[];
  /** How many requests for an answer are under way now, and how many were at most. */
  underWay: { now: number; most: number };
  /** How long every answer takes. */
  delayMs: number;
  close(): Promise<void>;
}

const model = {
  size: 1000,
  details: { family: 'llama', format: 'gguf', parameter_size: '1M', quantization_level: 'F16' },
};

/** A server that has two models and answers as told: for the ways in which a real one fails only now and then. */
export async function startScriptedServer(script: (prompt: string) => Script): Promise<ScriptedServer> {
  let digest = 'a'.repeat(64);
  const names = ['tiny:v1', 'tiny:v2'];
  const others = new Map<string, string>();
  const copies = new Map<string, string>();
  const digestOf = (name: string) =>
    others.get(name) ?? copies.get(name) ?? (name === 'tiny:v2' ? 'd'.repeat(64) : digest);
  const asked: ScriptedServer['asked'] = [];
  const loaded = new Set<string>();
  const underWay = { now: 0, most: 0 };

  const server = createServer(async (request, response) => {
    const body = request.method === 'GET' ? {} : JSON.parse(await text(request));
    if (request.url === '/api/version') return send(response, { version: scripted.version });
    if (request.url === '/api/tags')
      return send(response, {
        models: [...names, ...copies.keys()].map((name, index) => ({
          ...{ name, digest: digestOf(name), ...model },
          modified_at: new Date(index * 1000).toISOString(),
        })),
      });
    if (request.url === '/api/ps') {
      const models = [...loaded].map((name) => ({
        name,
        digest: digestOf(name),
        ...model,
        size_vram: 0,
        context_length: 512,
        expires_at: scripted.expiresAt,
      }));
      return send(response, { models });
    }
    if (request.url === '/api/copy') {
      copies.set(body.destination, digestOf(body.source));
      return response.end();
    }
    if (request.url === '/api/delete') {
      copies.delete(body.model);
      return response.end();
    }
    if (request.url === '/api/pull') {
      scripted.onPull();
      return send(response, { status: 'success' });
    }
    if (!names.includes(body.model)) {
      response.statusCode = 404;
      return send(response, { error: `model '${body.model}' not found` });
    }
    if (request.url === '/api/show') {
      const info = { 'general.architecture': 'llama', 'llama.context_length': 512 };
      return send(response, {
        template: 'T',
        details: model.details,
        model_info: info,
        capabilities: scripted.capabilities,
      });
    }
    if (body.prompt === undefined) {
      if (body.keep_alive === 0) loaded.delete(body.model);
      else {
        scripted.onLoad(body);
        loaded.add(body.model);
      }
      return send(response, {
        model: body.model,
        response: '',
        done: true,
        done_reason: body.keep_alive === 0 ? 'unload' : 'load',
      });
    }
    asked.push(body);
    underWay.most = Math.max(underWay.most, ++underWay.now);
    const { delayMs } = scripted;
    if (delayMs > 0) await delay(delayMs);
    answer(response, script(body.prompt), delayMs);
    underWay.now--;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const scripted: ScriptedServer = {
    url: `http://127.0.0.1:${port}`,
    ...{ asked, loaded, underWay, onLoad: () => undefined, onPull: () => undefined },
    ...{ version: '0.33.3', expiresAt: '2026-11-24T02:00:00Z', capabilities: ['completion'], delayMs: 0 },
    addModel: (name) => void others.set(name, 'c'.repeat(64)),
    move: (to = 'b') => {
      digest = to.repeat(64);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return scripted;
}

function send(response: ServerResponse, body: unknown): void {
  response.end(`${JSON.stringify(body)}\n`);
}

function answer(response: ServerResponse, script: Script, tookMs: number): void {
  const chunks = typeof script === 'string' ? (script === 'nothing' ? [] : ['One ']) : script;
  const field = script === 'think' ? 'thinking' : 'response';
  for (const chunk of chunks) response.write(`${JSON.stringify({ [field]: chunk, done: false })}\n`);
  if (script === 'hang') return;
  if (script === 'cut') {
    response.socket?.end();
    return;
  }
  send(response, {
    ...{
      response: '',
      done: true,
      done_reason: 'stop',
      // No longer than the shortest reply of a loopback server: it cannot end before it was made.
      total_duration: 30_000 + tookMs * 1_000_000,
      load_duration: 1_000,
    },
    ...{
      prompt_eval_count: 10,
      prompt_eval_cached_count: 3,
      prompt_eval_duration: 10_000 + tookMs * 1_000_000,
    },
    ...(chunks.length === 0 ? {} : { eval_count: 8 * chunks.length, eval_duration: 15_000 }),
  });
}
