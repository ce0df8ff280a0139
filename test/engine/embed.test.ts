import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createOllamaClient, type OllamaClient } from '../../src/ollama/client.ts';
import { bodyOf, findRecording, laterRecordings, packetsOf } from '../contract/recording.ts';
import { ask, openEngine } from './ask.ts';

// fixtures/make_words.py says what this model is: texts that share words lie closer together.
const words = 'words:latest';
const path = fileURLToPath(new URL('fixtures/words.gguf', import.meta.url));
const answering = 'herdmark-tiny:v1';
const tinyPath = fileURLToPath(new URL('../../src/embedded/tiny/herdmark-tiny-v1.gguf', import.meta.url));

let engine: Awaited<ReturnType<typeof openEngine>>;
let client: OllamaClient;
beforeAll(async () => {
  const models = [
    { name: words, path, modelfile: '' },
    { name: answering, path: tinyPath, modelfile: 'PARAMETER num_ctx 512' },
  ];
  engine = await openEngine({ models });
  const patient = { loadMs: 30_000, firstTokenMs: 30_000, stallMs: 30_000, totalMs: 30_000 };
  client = createOllamaClient({ baseUrl: engine.url, deadlines: patient });
});
afterAll(async () => {
  await client.close();
  await engine.close();
});

const dot = (a: number[] = [], b: number[] = []) =>
  a.reduce((sum, it, index) => sum + it * (b[index] ?? 0), 0);

describe('a model that embeds', () => {
  test('says so', async () => {
    expect((await client.show(words)).capabilities).toEqual(['embedding']);
    const tags = await client.tags();
    expect(tags.map(({ name, capabilities }) => [name, capabilities]).sort()).toEqual([
      [answering, ['completion']],
      [words, ['embedding']],
    ]);
  });

  test('gives a vector of unit length for each text, closer where they share words', async () => {
    const input = ['the red boat', 'A red boat sails!', 'hot green tea', 'the red boat'];
    const { embeddings, server } = await client.embed({ model: words, input, truncate: false });
    expect(embeddings.map((vector) => vector.length)).toEqual([48, 48, 48, 48]);
    for (const vector of embeddings) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    const [first, second, third, fourth] = embeddings;
    expect(fourth).toEqual(first);
    expect(dot(first, second)).toBeGreaterThan(dot(first, third));
    // Each text has a token that opens and one that closes it.
    expect(server.promptEvalCount).toBe(5 + 7 + 5 + 5);
  });

  test('answers with the fields that were recorded', async () => {
    const ours = await engine.post('/api/embed', { model: words, input: 'red' });
    const theirs = JSON.parse(bodyOf(findRecording('embed-one', laterRecordings)).toString());
    expect(Object.keys(ours.lines[0] ?? {})).toEqual(Object.keys(theirs));
  });

  test('is loaded for no texts, and unloaded as any other', async () => {
    await client.unload(words);
    await client.load(words, { embeds: true, options: { num_ctx: 32 } });
    expect(await engine.loaded()).toEqual([expect.objectContaining({ name: words, context_length: 32 })]);
    await client.unload(words);
    expect(await engine.loaded()).toEqual([]);
  });

  test('has its texts cut to its context, unless that is not wanted', async () => {
    const [fits, long] = ['red '.repeat(62), 'red '.repeat(63)];
    const count = async (text: string, truncate: boolean) =>
      (await client.embed({ model: words, input: [text], truncate })).server.promptEvalCount;
    expect(await count(fits, false)).toBe(64);
    expect(await count(long, true)).toBe(64);
    await expect(count(long, false)).rejects.toMatchObject({ code: 'prompt-too-long', status: 400 });
  });

  test.each([
    ['embed-load', { input: [] }],
    ['embed-wrong-input', { input: 5 }],
    ['embed-missing-model', { model: 'missing:1b', input: ['Hi'] }],
    ['embed-too-long', { input: ['Hi', 'word '.repeat(300)], truncate: false }],
    ['embed-unsupported', { model: answering, input: ['Hi'] }],
    ['generate-unsupported', { prompt: 'Hi' }],
    ['chat-unsupported', { messages: [{ role: 'user', content: 'Hi' }] }],
  ])('%s: the status and the words that were recorded', async (name, body) => {
    const recording = findRecording(name, laterRecordings);
    const head = Buffer.concat(packetsOf(recording)).toString('latin1');
    const said = await ask(engine.url, 'POST', recording.request.path, { model: words, ...body });
    expect(said.status).toBe(Number(head.split(' ')[1]));
    const theirs = bodyOf(recording).toString().replaceAll('all-minilm:22m', words);
    expect(said.text.trim()).toBe(theirs.trim());
  });

  test.each([
    [{ dimensions: 8 }, '`dimensions`'],
    [{ input: [''] }, 'an empty text'],
  ])('says what the engine cannot do: %j', async (more, what) => {
    const said = await engine.post('/api/embed', { model: words, input: ['red'], ...more });
    expect(said.status).toBe(400);
    expect(said.lines[0]?.error).toContain(`does not support ${what}`);
  });

  test('is asked in turns with the others, and is kept beside them', async () => {
    const [answer, vectors] = await Promise.all([
      client.generate({ model: answering, prompt: 'Hi', options: { num_predict: 4 } }),
      client.embed({ model: words, input: ['red boat'] }),
    ]);
    expect(answer.server.evalCount).toBeGreaterThan(0);
    expect(vectors.embeddings).toHaveLength(1);
    await vi.waitFor(async () => expect(await engine.loaded()).toHaveLength(2));
  });
});
