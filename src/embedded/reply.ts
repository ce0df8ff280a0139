/** What a route answers; how it becomes bytes is for the server to know. */
export type Reply =
  | { kind: 'json'; status?: number; body: unknown }
  | { kind: 'text'; status?: number; text: string }
  /** Lines of JSON, each sent when it is there. An error before the first one is a status, after it a last line. */
  | { kind: 'lines'; lines: AsyncIterable<unknown> }
  | { kind: 'empty' };

export interface Call {
  body: string;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
  receivedNs: bigint;
}

export type Route = (call: Call) => Promise<Reply>;
