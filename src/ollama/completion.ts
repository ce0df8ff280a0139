import { type Asked, streamCut } from './errors.ts';
import type { Reply } from './exchange.ts';
import type { Batch } from './ndjson.ts';
import { readPlainChunk } from './plain-chunk.ts';
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
  /** Whether the request had to be sent again, on a new connection: the marks count from the last time. */
  retried: boolean;
}

/**
 * Reads a reply to /api/generate or /api/chat, streamed or whole. It is complete with the line that says `done`, and
 * never without it.
 * @throws {OllamaError} what the server said instead, or `stream-cut`, `not-ollama`, `bad-reply`.
 */
export function readCompletion(reply: Reply, asked: Asked): Completion {
  const { batches, cut, sentMs, headersMs, firstByteMs, retried } = reply;
  const answer = new Answer(sentMs);
  const last = readUntilDone(batches, answer, asked);
  if (last === null || firstByteMs === null) throw streamCut(asked, 200, cut);
  const { text, thinking, toolCalls, chunks, firstNonEmptyMs, firstAnswerMs, lastContentMs } = answer;
  return {
    ...{ text, thinking, doneReason: last.chunk.doneReason, toolCalls },
    marks: {
      ...{ sentMs, headersMs, firstByteMs },
      ...{ firstNonEmptyMs, firstAnswerMs, lastContentMs, doneMs: last.atMs },
    },
    ...{ chunks, server: last.chunk.server, retried },
  };
}

/** What of an answer has been read. */
class Answer {
  text = '';
  thinking = '';
  readonly toolCalls: unknown[] = [];
  readonly chunks: CompletionChunk[] = [];
  firstNonEmptyMs: number | null = null;
  firstAnswerMs: number | null = null;
  lastContentMs: number | null = null;
  readonly #sentMs: number;

  constructor(sentMs: number) {
    this.#sentMs = sentMs;
  }

  add(text: string, thinking: string, toolCalls: readonly unknown[] | null, atMs: number): void {
    const isAnswer = text !== '' || toolCalls !== null;
    const kind = isAnswer ? 'answer' : thinking === '' ? 'empty' : 'thinking';
    const before = this.chunks.at(-1);
    const sinceSentMs = atMs - this.#sentMs;
    // Chunks of a kind that came together are one object: a burst would else leave thousands behind.
    const isSame = before?.kind === kind && before.atMs === sinceSentMs;
    this.chunks.push(isSame ? before : { atMs: sinceSentMs, kind });
    if (kind === 'empty') return;
    this.firstNonEmptyMs ??= atMs;
    this.lastContentMs = atMs;
    if (isAnswer) this.firstAnswerMs ??= atMs;
    this.text += text;
    this.thinking += thinking;
    if (toolCalls !== null) this.toolCalls.push(...toolCalls);
  }
}

/** Returns the line that says `done`; null where there is none. */
function readUntilDone(
  batches: readonly Batch[],
  answer: Answer,
  asked: Asked,
): { chunk: AnswerChunk; atMs: number } | null {
  for (const { text, atMs } of batches) {
    for (let start = 0; start < text.length; ) {
      const plain = readPlainChunk(text, start);
      if (plain !== null) {
        answer.add(plain.text, plain.thinking, null, atMs);
        start = plain.end;
        continue;
      }
      const newline = text.indexOf('\n', start);
      const end = newline < 0 ? text.length : newline;
      const line = text.slice(start, end).trim();
      start = end + 1;
      if (line === '') continue;
      const chunk = readJson(line, answerChunk, asked);
      answer.add(chunk.text, chunk.thinking, chunk.toolCalls.length > 0 ? chunk.toolCalls : null, atMs);
      if (chunk.done) return { chunk, atMs };
    }
  }
  return null;
}
