import { afterEach, describe, expect, it } from 'vitest';
import { createOllamaClient, type OllamaClient, type PullProgress } from '../../src/ollama/client.ts';
import type { Completion } from '../../src/ollama/completion.ts';
import { OllamaError } from '../../src/ollama/errors.ts';
import { collectBatches, passLines } from '../../src/ollama/ndjson.ts';
import { type ExpectedAnswer, type ExpectedFailure, expected } from './expected.ts';
import { type RawServer, startRawServer, writePieces } from './raw-server.ts';
import { bodyOf, packetsOf, type Recording, recordings } from './recording.ts';

const patient = { loadMs: 30_000, firstTokenMs: 30_000, stallMs: 30_000, totalMs: 30_000 };

let server: RawServer | undefined;
let client: OllamaClient | undefined;
afterEach(async () => {
  await client?.close();
  await server?.stop();
});

it('has an expectation for each of the 67 recordings, and no other', () => {
  expect(recordings).toHaveLength(67);
  expect(Object.keys(expected).sort()).toEqual(recordings.map(({ name }) => name).sort());
});

describe.each(recordings.map((recording) => [recording.name, recording] as const))(
  '%s',
  (name, recording) => {
    it('is read as what it is, in the packets it came in', async () => {
      expect(await replay(recording, packetsOf(recording))).toEqual(matching(expected[name]));
    });

    it('is read the same when every byte comes alone', async () => {
      const bytes = Buffer.concat(packetsOf(recording));
      expect(await replay(recording, singleBytes(bytes))).toEqual(matching(expected[name]));
    });

    it('has the same lines wherever its body is cut in two', () => {
      const body = bodyOf(recording);
      const whole = decode([body]);
      for (let cut = 1; cut < body.length; cut++) {
        const halves = decode([body.subarray(0, cut), body.subarray(cut)]);
        if (halves.join('\n') !== whole.join('\n')) expect(halves, `cut at ${cut}`).toEqual(whole);
      }
      expect(whole.join('\n').replaceAll(/\s/g, '')).toBe(body.toString('utf8').replaceAll(/\s/g, ''));
    });
  },
);

/** Serves the pieces to a client, asks what the recording asked, and tells what the client made of it. */
async function replay(recording: Recording, pieces: Iterable<Uint8Array>): Promise<unknown> {
  const { path, body } = recording.request;
  const abort = new AbortController();
  server = await startRawServer(async (socket) => {
    await writePieces(socket, pieces);
    if (recording.response.end === 'eof') socket.end();
    else abort.abort();
  });
  client = createOllamaClient({ baseUrl: server.baseUrl, deadlines: patient });
  const outcome = await ask(client, recording, abort.signal).then(describeOutcome, describeFailure);
  if (typeof body === 'object' && ['/api/generate', '/api/chat', '/api/show'].includes(path)) {
    expect(server.requests).toEqual([{ method: 'POST', path, body: JSON.stringify(body) }]);
  }
  return outcome;
}

/** The client's way to ask for a path. It has none for some; their replies go to the nearest reader. */
function ask(to: OllamaClient, { request }: Recording, signal: AbortSignal): Promise<unknown> {
  const body = Object(typeof request.body === 'object' ? request.body : { model: 'smollm2:135m' });
  switch (request.path) {
    case '/api/tags':
      return to.tags();
    case '/api/ps':
      return to.ps();
    case '/api/show':
      return to.show(body.model);
    case '/api/chat':
      return to.chat(body, { signal });
    case '/api/generate':
    case '/api/embed':
      return to.generate(body, { signal });
    case '/api/create': {
      const progress: string[] = [];
      const onProgress = ({ status }: PullProgress) => progress.push(status);
      return to.pull(body.model, { onProgress }).then(() => ({ progress }));
    }
    default:
      return to.version();
  }
}

function describeOutcome(outcome: unknown): unknown {
  return isCompletion(outcome) ? { answer: describeAnswer(outcome) } : outcome;
}

function isCompletion(outcome: unknown): outcome is Completion {
  return typeof outcome === 'object' && outcome !== null && 'marks' in outcome;
}

function describeAnswer({ text, thinking, doneReason, chunks, server: it, marks }: Completion) {
  const letters = { thinking: 't', answer: 'a', empty: '-' };
  const runs =
    chunks
      .map(({ kind }) => letters[kind])
      .join('')
      .match(/(.)\1*/g) ?? [];
  const { sentMs, headersMs, firstByteMs, firstNonEmptyMs, firstAnswerMs, lastContentMs, doneMs } = marks;
  const inOrder = [sentMs, headersMs, firstByteMs, firstNonEmptyMs, firstAnswerMs, lastContentMs, doneMs];
  const known = inOrder.filter((mark) => mark !== null);
  expect(known).toEqual(known.toSorted((a, b) => a - b));
  expect(chunks.at(-1)?.atMs).toBe(doneMs - sentMs);
  const counts = [it.promptEvalCount, it.promptEvalCachedCount, it.evalCount];
  return {
    text,
    thinking,
    doneReason,
    chunks: runs.map((run) => `${run.length}${run[0]}`).join(' '),
    server: [it.totalNs, it.loadNs, it.promptEvalNs, it.evalNs, ...counts],
  } satisfies Record<keyof ExpectedAnswer, unknown>;
}

function describeFailure(error: unknown): unknown {
  if (!(error instanceof OllamaError)) throw error;
  const { code, status, message } = error;
  return { failure: { code, status, says: message } };
}

function matching(what: unknown): unknown {
  if (typeof what !== 'object' || what === null || !('failure' in what)) return what;
  const failure = what.failure as ExpectedFailure;
  return { failure: { ...failure, says: expect.stringContaining(failure.says) } };
}

function* singleBytes(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
}

/** The lines of a reply, which are the same whether they are read at its end or as they come. */
function decode(pieces: readonly Buffer[]): string[] {
  const live: string[] = [];
  const passing = passLines(({ text }) => live.push(text));
  const collecting = collectBatches();
  for (const [index, piece] of pieces.entries()) {
    for (const reader of [passing, collecting]) reader.push(piece, index);
  }
  passing.end(true);
  const batches = collecting.end(true).flatMap(({ text }) => text.split('\n').map((line) => line.trim()));
  const lines = batches.filter((line) => line !== '');
  if (lines.join('\n') !== live.join('\n')) expect(lines).toEqual(live);
  return lines;
}
