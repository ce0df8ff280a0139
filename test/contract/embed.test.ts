import { afterEach, describe, expect, it } from 'vitest';
import { createOllamaClient, type OllamaClient } from '../../src/ollama/client.ts';
import { httpReply, type RawServer, startRawServer, writePieces } from './raw-server.ts';
import { findRecording, packetsOf } from './recording.ts';

// Replies to POST /api/embed: the documented ones word for word, and what else a server may say.

const patient = { loadMs: 30_000, firstTokenMs: 30_000, stallMs: 30_000, totalMs: 30_000 };
const json = { type: 'application/json; charset=utf-8' };

const opened: { client: OllamaClient; server: RawServer }[] = [];
afterEach(async () => {
  for (const { client, server } of opened.splice(0)) {
    await client.close();
    await server.stop();
  }
});

/** A server that answers with these bytes, and a client whose clock counts how often it is read. */
async function connect(pieces: Iterable<Uint8Array> | string) {
  const server = await startRawServer(async (socket) => {
    await writePieces(socket, typeof pieces === 'string' ? [Buffer.from(pieces)] : pieces);
    socket.end();
  });
  let reads = 0;
  const clock = () => reads++;
  const client = createOllamaClient({ baseUrl: server.baseUrl, deadlines: patient, clock });
  opened.push({ client, server });
  return { client, server };
}

const first = [0.010071029, -0.0017594862, 0.05007221, 0.04692972, 0.054916814];
const second = [-0.0098027075, 0.06042469, 0.025257962, -0.006364387, 0.07272725];

describe('embeddings', () => {
  it('are read with what the server says it took', async () => {
    const body = {
      model: 'all-minilm',
      embeddings: [first],
      ...{ total_duration: 14143917, load_duration: 1019500, prompt_eval_count: 8 },
    };
    const { client, server } = await connect(httpReply(`${JSON.stringify(body, null, 2)}\n`, json));
    const request = {
      ...{ model: 'all-minilm', input: ['Why is the sky blue?'], truncate: false },
      ...{ options: { num_ctx: 256 }, keep_alive: '30m' },
    };
    const { embeddings, marks, server: said } = await client.embed(request);
    expect(embeddings).toEqual([first]);
    expect(said).toEqual({ totalNs: 14143917, loadNs: 1019500, promptEvalCount: 8 });
    const { sentMs, headersMs, firstByteMs, doneMs } = marks;
    const inOrder = [sentMs, headersMs, firstByteMs, doneMs];
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(doneMs).toBeGreaterThan(sentMs);
    expect(server.requests).toEqual([{ method: 'POST', path: '/api/embed', body: JSON.stringify(request) }]);
  });

  it('of several texts come in one reply, and a server may leave out what it took', async () => {
    const { client } = await connect(httpReply(JSON.stringify({ embeddings: [first, second] }), json));
    expect(await client.embed({ model: 'all-minilm', input: ['sky', 'grass'] })).toMatchObject({
      embeddings: [first, second],
      server: { totalNs: null, loadNs: null, promptEvalCount: null },
    });
  });

  it('are done with the last byte, however many packets that takes', async () => {
    const vectors = Array.from({ length: 16 }, (_, row) =>
      Array.from({ length: 1024 }, (_, column) => (row * 1024 + column) / 16384),
    );
    const bytes = Buffer.from(httpReply(JSON.stringify({ embeddings: vectors }), json));
    const half = Math.floor(bytes.length / 2);
    const { client } = await connect([bytes.subarray(0, half), bytes.subarray(half)]);
    const { embeddings, marks } = await client.embed({ model: 'm', input: Array(16).fill('x') });
    expect(embeddings).toEqual(vectors);
    expect(marks.doneMs).toBeGreaterThan(marks.firstByteMs);
  });

  const wrong: [name: string, body: string, code: string, says: string][] = [
    ['there is one too few', '{"embeddings":[[1,2]]}', 'bad-reply', 'it has 1 embeddings for 2 texts'],
    ['they differ in length', '{"embeddings":[[1,2],[1]]}', 'bad-reply', 'its embeddings differ in length'],
    ['one is empty', '{"embeddings":[[1],[]]}', 'bad-reply', 'embeddings.1: not a list of numbers'],
    ['one is null', '{"embeddings":[[1],[null]]}', 'bad-reply', 'embeddings.1: not a list of numbers'],
    ['a number is infinite', '{"embeddings":[[1],[1e999]]}', 'bad-reply', 'embeddings.1: not a list'],
    ['there are none', '{"model":"m"}', 'bad-reply', 'embeddings: Invalid input'],
    ['the end is missing', '{"embeddings":[[1,2],[1', 'stream-cut', 'before it was complete'],
    ['it is an error', '{"error":"model is busy"}', 'server-error', '“model is busy”'],
  ];
  it.each(wrong)('are refused where %s', async (_, body, code, says) => {
    const { client } = await connect(httpReply(body, json));
    const asked = client.embed({ model: 'm', input: ['a', 'b'] });
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
  });

  it('cannot be had of a model that gives none', async () => {
    const { client } = await connect(packetsOf(findRecording('embed')));
    await expect(client.embed({ model: 'smollm2:135m', input: ['hello', 'world'] })).rejects.toMatchObject({
      code: 'unsupported',
      status: 501,
      message: expect.stringContaining(
        '“This server does not support embeddings. Start it with `--embeddings`”',
      ),
    });
  });

  it('of no texts load a model that only embeds, which a prompt of nothing does not', async () => {
    const { client, server } = await connect(httpReply('{"model":"all-minilm","embeddings":[]}', json));
    const settings = { options: { num_ctx: 256 }, keepAlive: '30m', embeds: true };
    const { sentMs, doneMs } = await client.load('all-minilm', settings);
    expect(doneMs).toBeGreaterThan(sentMs);
    const body = { model: 'all-minilm', options: { num_ctx: 256 }, keep_alive: '30m', input: [] };
    expect(server.requests).toEqual([{ method: 'POST', path: '/api/embed', body: JSON.stringify(body) }]);
  });

  it('of a text that does not fit the context are an error that says so', async () => {
    const body = '{"error":"the input length exceeds the context length"}';
    const { client } = await connect(httpReply(body, { ...json, status: 400 }));
    await expect(client.embed({ model: 'm', input: ['…'], truncate: false })).rejects.toMatchObject({
      code: 'prompt-too-long',
      status: 400,
    });
  });
});
