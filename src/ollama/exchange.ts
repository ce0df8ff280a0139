import Pool from 'undici/lib/dispatcher/pool.js';
import type { RequestDeadlines } from './deadlines.ts';
import { type Asked, cancelled } from './errors.ts';
import { connectMarked } from './marked-connection.ts';
import type { Batch, Line } from './ndjson.ts';
import { readRefusal } from './read-reply.ts';
import { ReplyHandler } from './reply-handler.ts';

export interface ExchangeRequest {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: unknown;
  /** The model it is about; null where there is none. */
  model: string | null;
  deadlines: RequestDeadlines;
  signal?: AbortSignal | undefined;
  /** Called with each line of a reply under 200 as it arrives; the reply then keeps none. */
  onLine?: ((line: Line) => void) | undefined;
}

/** A reply as its bytes came in. Marks are readings of the client's clock, in milliseconds. */
export interface Reply {
  status: number;
  /** When the request's bytes left, on a connection that was open by then. */
  sentMs: number;
  headersMs: number;
  /** null where there was no body. */
  firstByteMs: number | null;
  /** Whole lines, by when they arrived. */
  batches: Batch[];
  /** Whether it was sent again on a new connection, as the first one broke: marks count from the last time. */
  retried: boolean;
  /** Why the bytes stopped before the reply was complete; null if they did not. */
  cut: Error | null;
}

export interface Transport {
  /**
   * Sends one request and takes in its reply.
   * @throws {OllamaError} for every status but 200, no reply at all, a passed deadline or an abort.
   */
  exchange(request: ExchangeRequest): Promise<Reply>;
  /** Ends every connection; what is still under way fails. */
  close(): Promise<void>;
}

/** Opens connections to one server, kept open between requests, with the deadlines of each request and no others. */
export function openTransport(baseUrl: string, clock: () => number): Transport {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  const marks = { now: clock, wroteMs: Number.NaN, arrivedMs: Number.NaN };
  const pool = new Pool(origin, {
    // Ollama sends its headers with the first token: undici's own limits would end a slow load after five minutes.
    ...{ headersTimeout: 0, bodyTimeout: 0, allowH2: false },
    connect: connectMarked(marks),
  });

  return {
    async exchange({ method, path, body, model, deadlines, signal, onLine }) {
      const asked: Asked = { baseUrl, model };
      if (signal?.aborted) throw cancelled(signal.reason);
      const content =
        body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const handler = new ReplyHandler(asked, marks, deadlines, onLine);
      const cancel = () => handler.fail(cancelled(signal?.reason));
      signal?.addEventListener('abort', cancel);
      try {
        pool.dispatch({ method, path: `${prefix}${path}`, ...content }, handler);
        const reply = await handler.reply;
        if (reply.status !== 200) throw readRefusal(reply, asked);
        return reply;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    close: () => pool.destroy(),
  };
}
