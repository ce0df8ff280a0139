import { startEngine } from '../../src/embedded/server.ts';

export const tiny = 'herdmark-tiny:v2';
/** A prompt that the tiny models answer at some length. */
export const bullets = 'Write 3 bullet points about caching.';
export const contact = "Extract JSON with keys {name, email} from: 'Name: Sam, Email: sam@example.com'";

export type Line = Record<string, unknown>;

export interface Said {
  status: number;
  contentType: string;
  text: string;
  /** The body's lines as JSON; none where it is not JSON. */
  lines: Line[];
}

/** A body that is a string is sent as it is. */
export async function ask(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Said> {
  const response = await fetch(url + path, {
    method,
    ...(body === undefined || body === null
      ? {}
      : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  return readSaid(response.status, response.headers.get('content-type') ?? '', await response.text());
}

export function readSaid(status: number, contentType: string, text: string): Said {
  const isJson = contentType.includes('json');
  const lines = isJson ? text.split('\n').filter((line) => line !== '') : [];
  return { status, contentType, text, lines: lines.map((line) => JSON.parse(line)) };
}

/** One engine and short ways to ask it. Greedy, unless told otherwise. */
export async function openEngine(setup: Parameters<typeof startEngine>[0] = {}) {
  const engine = await startEngine(setup);
  const post = (path: string, body: unknown, signal?: AbortSignal) =>
    ask(engine.url, 'POST', path, body, signal);
  return {
    ...engine,
    post,
    get: (path: string) => ask(engine.url, 'GET', path),
    /** The one line of an answer that is not streamed. */
    async generate(body: Line): Promise<Line> {
      const said = await post('/api/generate', { model: tiny, stream: false, prompt: bullets, ...body });
      return said.lines[0] ?? {};
    },
    async loaded(): Promise<Line[]> {
      const said = await ask(engine.url, 'GET', '/api/ps');
      return said.lines[0]?.models as Line[];
    },
    unload: (model: string) => post('/api/generate', { model, keep_alive: 0 }),
  };
}
