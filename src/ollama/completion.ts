import { type Asked, streamCut } from './errors.ts';
import type { Reply } from './exchange.ts';
import type { Line } from './ndjson.ts';
import { readJson } from './read-reply.ts';
import { type AnswerChunk, answerChunk } from './replies.ts';

/** When things happened, as readings of the client's monotonic clock in milliseconds. */
export interface CompletionMarks {
  sentMs: number;
  headersMs: number;
  firstByteMs: number;
  /** The first chunk with anything of the model in it, thinking or answer. */
  firstNonEmptyMs: number | null;
  /** The first chunk of the answer proper; a tool call is one. */
  firstAnswerMs: number | null;
  lastContentMs: number | null;
  /** The line that says `done`. */
  doneMs: number;
}

/** A line of the reply. It is not a token: a line may hold none, or several. */
export interface CompletionChunk {
  /** Since the request was sent. */
  atMs: number;
  kind: 'thinking' | 'answer' | 'empty';
}

/** A whole answer. What the server left out is null: it leaves zeros out. */
export interface Completion {
  text: string;
  thinking: string;
  doneReason: string | null;
  toolCalls: unknown[];
  marks: CompletionMarks;
  chunks: CompletionChunk[];
  /** Integer nanoseconds and token counts, as the server gave them. */
  server: AnswerChunk['server'];
}

/**
 * Reads a reply to /api/generate or /api/chat, streamed or whole. It is complete with the line that says `done`, and
 * never without it.
 * @throws {OllamaError} what the server said instead, or `stream-cut`, `not-ollama`, `bad-reply`.
 */
export function readCompletion(
  { lines, cut, sentMs, headersMs, firstByteMs }: Reply,
  asked: Asked,
): Completion {
  const received = readUntilDone(lines, asked);
  const last = received.at(-1);
  if (last === undefined || firstByteMs === null || !last.chunk.done) throw streamCut(asked, 200, cut);
  const nonEmpty = received.filter(({ kind }) => kind !== 'empty');
  return {
    text: received.map(({ chunk }) => chunk.text).join(''),
    thinking: received.map(({ chunk }) => chunk.thinking).join(''),
    doneReason: last.chunk.doneReason,
    toolCalls: received.flatMap(({ chunk }) => chunk.toolCalls),
    marks: {
      sentMs,
      headersMs,
      firstByteMs,
      firstNonEmptyMs: nonEmpty[0]?.atMs ?? null,
      firstAnswerMs: nonEmpty.find(({ kind }) => kind === 'answer')?.atMs ?? null,
      lastContentMs: nonEmpty.at(-1)?.atMs ?? null,
      doneMs: last.atMs,
    },
    chunks: received.map(({ atMs, kind }) => ({ atMs: atMs - sentMs, kind })),
    server: last.chunk.server,
  };
}

interface Received {
  atMs: number;
  chunk: AnswerChunk;
  kind: CompletionChunk['kind'];
}

function readUntilDone(lines: readonly Line[], asked: Asked): Received[] {
  const received: Received[] = [];
  for (const { text, atMs } of lines) {
    const chunk = readJson(text, answerChunk, asked);
    received.push({ atMs, chunk, kind: kindOf(chunk) });
    if (chunk.done) break;
  }
  return received;
}

function kindOf({ text, thinking, toolCalls }: AnswerChunk): CompletionChunk['kind'] {
  if (text !== '' || toolCalls.length > 0) return 'answer';
  return thinking === '' ? 'empty' : 'thinking';
}
