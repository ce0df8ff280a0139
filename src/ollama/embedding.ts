import type { CompletionMarks } from './completion.ts';
import { type Asked, badReply } from './errors.ts';
import type { Reply } from './exchange.ts';
import { readDocument } from './read-reply.ts';
import { type EmbedReply, embedReply } from './replies.ts';

/** The vectors of an embedding model, and when the reply came. What the server left out is null. */
export interface Embedding {
  /** One vector per text, in their order and all as long. */
  embeddings: number[][];
  marks: Pick<CompletionMarks, 'sentMs' | 'headersMs' | 'firstByteMs' | 'doneMs'>;
  /** Integer nanoseconds and tokens of all texts together. The server does not time the evaluation by itself. */
  server: EmbedReply['server'];
}

/**
 * Reads a reply to /api/embed, which is one document: it is complete with its last byte.
 * @throws {OllamaError} what the server said instead, or `stream-cut`, `not-ollama`, `bad-reply`.
 */
export function readEmbedding(reply: Reply, texts: number, asked: Asked): Embedding {
  const { embeddings, server } = readDocument(reply, embedReply, asked);
  if (embeddings.length !== texts) {
    throw badReply(asked, `it has ${embeddings.length} embeddings for ${texts} texts`);
  }
  const dimensions = embeddings[0]?.length;
  if (embeddings.some(({ length }) => length !== dimensions)) {
    throw badReply(asked, 'its embeddings differ in length');
  }
  const { sentMs, headersMs, firstByteMs, batches } = reply;
  // A document was read, so there was a last byte, and a first byte before it.
  const doneMs = batches.at(-1)?.atMs ?? headersMs;
  return { embeddings, marks: { sentMs, headersMs, firstByteMs: firstByteMs ?? doneMs, doneMs }, server };
}
