import { afterEach, describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../src/core/checks/judge-answer.ts';
import { createOllamaClient, type OllamaClient } from '../../src/ollama/client.ts';
import { httpReply, type RawServer, startRawServer, writePieces } from './raw-server.ts';
import { findRecording, laterRecordings, packetsOf, type Recording } from './recording.ts';

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

describe('what Ollama 0.33.3 said', () => {
  const recorded = (name: string) => findRecording(name, laterRecordings);
  const replay = (recording: Recording) => connect(packetsOf(recording));
  /** Asks just what was asked when it was recorded. */
  async function embedAgain(name: string) {
    const recording = recorded(name);
    const { client, server } = await replay(recording);
    const body = Object(recording.request.body);
    const asked = client.embed(body);
    await asked.catch(() => null);
    expect(server.requests).toEqual([{ method: 'POST', path: '/api/embed', body: JSON.stringify(body) }]);
    return asked;
  }

  it('of one text: a vector of unit length', async () => {
    const { embeddings, server } = await embedAgain('embed-one');
    expect(embeddings.map((vector) => [vector.length, Math.hypot(...vector).toFixed(4)])).toEqual([
      [384, '1.0000'],
    ]);
    expect(embeddings[0]?.slice(0, 3)).toEqual([0.01010121, -0.0017384456, 0.05010105]);
    expect(server).toEqual({ totalNs: 8113511, loadNs: 950498, promptEvalCount: 8 });
  });

  it('of four: a vector each, which the checks of the built-in set take', async () => {
    const { embeddings } = await embedAgain('embed-four');
    const closer: [number, number, number][] = [
      [0, 1, 2],
      [2, 3, 1],
    ];
    const [right, wrong] = judgeAnswer(
      [
        { type: 'embedding', vectors: 4, dimensions: 384, closer },
        { type: 'embedding', closer: [[0, 3, 1]] },
      ],
      { text: '', embeddings },
    );
    expect(right?.reason).toBe('The answer has 4 vectors of 384 dimensions, closer as wanted in 2 of 2.');
    expect(wrong?.reason).toBe('Text 0 is not closer to text 3 (-0.030) than to text 1 (0.798).');
  });

  it('of a text cut to the context', async () => {
    expect((await embedAgain('embed-cut')).server.promptEvalCount).toBe(256);
  });

  const refused: [name: string, code: string, status: number][] = [
    ['embed-too-long', 'prompt-too-long', 400],
    ['embed-wrong-input', 'bad-request', 400],
    ['embed-missing-model', 'model-missing', 404],
    ['embed-unsupported', 'unsupported', 501],
  ];
  it.each(refused)('to refuse: %s', async (name, code, status) => {
    // Not by what was recorded: of a wrong input that was a number, which this client cannot send.
    const { client } = await replay(recorded(name));
    await expect(client.embed({ model: 'm', input: ['Hi'] })).rejects.toMatchObject({ code, status });
  });

  it('to load an embedding model', async () => {
    const loading = await replay(recorded('embed-load'));
    await loading.client.load('all-minilm:22m', { keepAlive: '5m', embeds: true });
    expect(loading.server.requests[0]?.body).toBe(JSON.stringify(recorded('embed-load').request.body));
  });

  it.each(['generate', 'chat'] as const)('to %s with an embedding model', async (way) => {
    const { client } = await replay(recorded(`${way}-unsupported`));
    const asked = { model: 'all-minilm:22m', prompt: 'Hi', messages: [] };
    await expect(client[way](asked)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(`“"all-minilm:22m" does not support ${way}”`),
    });
  });

  it('of a model that called a tool', async () => {
    const { client } = await replay(recorded('chat-tool-calls'));
    const answer = await client.chat({ model: 'gemma3-tools:270m', messages: [] });
    expect(answer).toMatchObject({ text: '', doneReason: 'length', server: { promptEvalCachedCount: 0 } });
    expect(answer.chunks.map(({ kind }) => kind)).toEqual(['answer', 'empty']);
    const [called] = judgeAnswer(
      [{ type: 'tool-call', name: 'get_weather', arguments: { required: ['city', 'unit'] } }],
      answer,
    );
    expect(called).toMatchObject({ pass: true, reason: 'The input of “get_weather” satisfies the schema.' });
  });
});
