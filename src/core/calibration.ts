import { quantile } from 'simple-statistics';

/** When a reply really came into being, on the clock of the server that wrote it. */
export interface ServerMarks {
  /** The whole request was there. */
  receivedMs: number;
  /** Each chunk with text was handed to the socket. */
  chunksMs: readonly number[];
  /** The same of the line that says `done`. */
  doneMs: number;
}

/** When a client says that it came, on the clock of the client. */
export interface ClientMarks {
  sentMs: number;
  chunksMs: readonly number[];
  doneMs: number;
}

/** How far a client was off, in milliseconds; of gaps between chunks in either direction. */
export interface ClientErrors {
  ttftMs: number;
  gapsMs: number[];
  e2eMs: number;
}

/**
 * Compares spans only, as two processes do not share a clock: TTFT and E2E count from the request's end at the server,
 * from the request's beginning at the client. The way there and back is in their errors: no client is without it.
 */
export function findClientErrors(client: ClientMarks, server: ServerMarks): ClientErrors {
  if (client.chunksMs.length !== server.chunksMs.length) {
    throw new Error(`The client saw ${client.chunksMs.length} of ${server.chunksMs.length} chunks.`);
  }
  const gaps = findGaps(server.chunksMs);
  return {
    ttftMs: firstOf(client.chunksMs) - client.sentMs - (firstOf(server.chunksMs) - server.receivedMs),
    gapsMs: findGaps(client.chunksMs).map((gap, index) => Math.abs(gap - (gaps[index] ?? Number.NaN))),
    e2eMs: client.doneMs - client.sentMs - (server.doneMs - server.receivedMs),
  };
}

/** Plain quantiles of what was seen (Hyndman–Fan type 7): of so few requests, p99 bounds nothing. */
export function summariseClientErrors(errors: readonly ClientErrors[]) {
  const describe = (values: number[]) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99) });
  return {
    ttftErrorMs: describe(errors.map(({ ttftMs }) => ttftMs)),
    gapErrorMs: describe(errors.flatMap(({ gapsMs }) => gapsMs)),
    e2eErrorMs: describe(errors.map(({ e2eMs }) => e2eMs)),
  };
}
export type ClientErrorSummary = ReturnType<typeof summariseClientErrors>;

const shortestMs = 2;
const longestMs = 8;

/** Waits of 2 to 8 ms, the same for the same seed (mulberry32, a generator of T. Ettinger's in the public domain). */
export function planWaitsMs(seed: number, count: number): number[] {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const uniform = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    return shortestMs + uniform * (longestMs - shortestMs);
  });
}

function findGaps(marksMs: readonly number[]): number[] {
  return marksMs.slice(1).map((mark, index) => mark - (marksMs[index] ?? Number.NaN));
}

function firstOf(marksMs: readonly number[]): number {
  return marksMs[0] ?? Number.NaN;
}
