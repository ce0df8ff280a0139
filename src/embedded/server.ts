import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createEngine, type EngineSetup } from './engine.ts';
import { type ModelFile, modelsFromFolder, modelsFromTiny } from './model-files.ts';
import { Refusal } from './refusal.ts';
import type { Reply, Route } from './reply.ts';

export interface EngineServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** Makes a name stand for another's model, as a pull of a moved tag does. False where there is no such model. */
  point(name: string, target: string): boolean;
  /** Ends every connection and frees the models; the process can then end by itself. */
  close(): Promise<void>;
}

export interface ServerSetup {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** A folder of .gguf files to serve instead of the tiny models. */
  modelsDir?: string;
  models?: readonly ModelFile[];
  aliases?: EngineSetup['aliases'];
}

/** Longer than any prompt that fits a context. */
const maxBodyBytes = 64 * 2 ** 20;

/**
 * Serves models over an Ollama-compatible API.
 * @throws {InputError} for a models folder that cannot be served.
 */
export async function startEngine(setup: ServerSetup = {}): Promise<EngineServer> {
  const { port = 0, host = '127.0.0.1', modelsDir, aliases = {} } = setup;
  const models =
    setup.models ?? (modelsDir === undefined ? await modelsFromTiny() : await modelsFromFolder(modelsDir));
  const engine = await createEngine({ models, aliases });

  const server = createServer((request, response) => {
    // What is not answered is a fault of ours: the connection ends, and the client sees that it did.
    serve(engine.routes, request, response).catch((error: unknown) => response.destroy(toError(error)));
  });
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    await engine.close();
    throw error;
  }
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    point: engine.point,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await engine.close();
    },
  };
}

async function serve(
  routes: ReadonlyMap<string, Route>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const receivedNs = process.hrtime.bigint();
  const gone = new AbortController();
  response.once('close', () => gone.abort(new Error('The client has gone.')));
  try {
    const route = findRoute(routes, request);
    const body = await readBody(request);
    await send(response, await route({ body, signal: gone.signal, receivedNs }), gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    sendJson(response, error instanceof Refusal ? error.status : 500, { error: toError(error).message });
  }
}

function findRoute(
  routes: ReadonlyMap<string, Route>,
  { method = 'GET', url = '/' }: IncomingMessage,
): Route {
  const path = url.replace(/[?#].*$/s, '');
  const route = routes.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
  if (route !== undefined) return route;
  const known = [...routes.keys()].some((key) => key.endsWith(` ${path}`));
  return async () =>
    known
      ? { kind: 'text', status: 405, text: '405 method not allowed' }
      : { kind: 'text', status: 404, text: '404 page not found' };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new Refusal(413, 'http: request body too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function send(response: ServerResponse, reply: Reply, signal: AbortSignal): Promise<void> {
  switch (reply.kind) {
    case 'json':
      return sendJson(response, reply.status ?? 200, reply.body);
    case 'text': {
      const headers = { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(reply.text) };
      response.writeHead(reply.status ?? 200, headers).end(reply.text);
      return;
    }
    case 'empty':
      response.writeHead(200, { 'content-length': 0 }).end();
      return;
    case 'lines':
      return sendLines(response, reply.lines, signal);
  }
}

/** Headers leave with the first line: until then, an error can still have a status. */
async function sendLines(
  response: ServerResponse,
  lines: AsyncIterable<unknown>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const line of lines) {
      signal.throwIfAborted();
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write(`${JSON.stringify(line)}\n`);
    }
  } catch (error) {
    if (signal.aborted || !response.headersSent) throw error;
    const said = `an error was encountered while running the model: ${toError(error).message}`;
    response.write(`${JSON.stringify({ error: said })}\n`);
  }
  response.end();
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  };
  response.writeHead(status, headers).end(text);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
