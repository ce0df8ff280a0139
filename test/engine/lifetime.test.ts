import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startEngine } from '../../src/embedded/server.ts';
import { bullets, type Line, openEngine, tiny } from './ask.ts';

let engine: Awaited<ReturnType<typeof openEngine>>;
beforeAll(async () => {
  engine = await openEngine({ aliases: { 'herdmark-tiny:latest': 'herdmark-tiny:v1' } });
});
afterAll(() => engine.close());

const v1 = 'herdmark-tiny:v1';
const load = (model: string, more: Line = {}) => engine.post('/api/generate', { model, ...more });
const names = async () => (await engine.loaded()).map(({ name }) => name).toSorted();
const findLoaded = async (name: string) => (await engine.loaded()).find((model) => model.name === name);
const unloadAll = async () => {
  for (const { name } of await engine.loaded()) await engine.unload(String(name));
  await vi.waitFor(async () => expect(await engine.loaded()).toEqual([]));
};

describe('what is in memory', () => {
  test('ps has what was loaded and not yet unloaded', async () => {
    await unloadAll();
    expect((await load(tiny)).lines[0]).toMatchObject({ done: true, done_reason: 'load' });
    expect(await engine.loaded()).toEqual([
      expect.objectContaining({ name: tiny, size_vram: 0, context_length: 512 }),
    ]);
    expect((await engine.unload(tiny)).lines[0]).toMatchObject({ done: true, done_reason: 'unload' });
    await vi.waitFor(async () => expect(await engine.loaded()).toEqual([]));
  });

  test('another num_ctx reloads, and no more than the model was trained for', async () => {
    const ask = (num_ctx: number) =>
      engine.generate({ prompt: 'Say yes.', options: { num_ctx, num_predict: 1 } });
    await ask(512);
    expect(await ask(512)).toHaveProperty('prompt_eval_cached_count');
    expect(await ask(300)).not.toHaveProperty('prompt_eval_cached_count');
    expect(await findLoaded(tiny)).toMatchObject({ context_length: 300 });
    await ask(4096);
    expect(await findLoaded(tiny)).toMatchObject({ context_length: 512 });
  });

  test.each([
    [600, 600_000],
    ['1h', 3_600_000],
    [undefined, 300_000],
  ])('keep_alive %j is the time to expires_at', async (keep_alive, ms) => {
    const before = Date.now();
    await load(tiny, { keep_alive });
    const after = Date.now();
    const expiresMs = Date.parse(String((await findLoaded(tiny))?.expires_at));
    expect(expiresMs - ms).toBeGreaterThanOrEqual(before);
    expect(expiresMs - ms).toBeLessThanOrEqual(after);
  });

  test('a negative keep_alive is for ever', async () => {
    await load(tiny, { keep_alive: -1 });
    expect((await findLoaded(tiny))?.expires_at).toBe('2318-01-01T00:00:00.000Z');
  });

  test('a model leaves when its time is over, and with its answer where that is 0', async () => {
    await load(tiny, { keep_alive: '1ms' });
    await vi.waitFor(async () => expect(await findLoaded(tiny)).toBeUndefined());
    const answered = await engine.generate({ prompt: 'Say yes.', keep_alive: 0 });
    expect(answered.done_reason).toBe('stop');
    await vi.waitFor(async () => expect(await findLoaded(tiny)).toBeUndefined());
  });

  test('three at most: the one not used for longest makes room', async () => {
    await unloadAll();
    for (const name of ['a', 'b', 'c']) await engine.post('/api/copy', { source: v1, destination: name });
    for (const name of ['a', 'b', tiny, 'a', 'c']) await load(name);
    expect(await names()).toEqual(['a:latest', 'c:latest', tiny]);
  });
});

describe('names', () => {
  test('a tag that moves has another digest and answers as the other model', async () => {
    const digests = async () => {
      const models = (await engine.get('/api/tags')).lines[0]?.models as Line[];
      return Object.fromEntries(models.map(({ name, digest }) => [name, digest]));
    };
    const moving = 'herdmark-tiny';
    const before = await digests();
    expect(before[`${moving}:latest`]).toBe(before[v1]);
    const asV1 = await engine.generate({ model: moving });
    expect(asV1.model).toBe(moving);
    expect(asV1.response).toBe((await engine.generate({ model: v1 })).response);

    expect(engine.point(moving, 'no-such')).toBe(false);
    await engine.post('/api/copy', { source: tiny, destination: moving });
    const after = await digests();
    expect(after[`${moving}:latest`]).toBe(after[tiny]);
    expect(after[v1]).toBe(before[v1]);
    expect((await engine.generate({ model: moving })).response).toBe((await engine.generate({})).response);
    expect((await findLoaded(`${moving}:latest`))?.digest).toBe(after[tiny]);
  });

  test('names are full, and without regard to case', async () => {
    expect((await engine.generate({ model: 'Herdmark-TINY:V2', options: { num_predict: 1 } })).done).toBe(
      true,
    );
  });
});

test('a folder of GGUF files is served by file name, each with its Modelfile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-engine-'));
  const file = new URL('../../src/embedded/tiny/herdmark-tiny-v1.gguf', import.meta.url);
  await copyFile(file, join(folder, 'bare.gguf'));
  await copyFile(file, join(folder, 'set.gguf'));
  await writeFile(join(folder, 'set.Modelfile'), 'FROM ./set.gguf\nPARAMETER num_ctx 128\n');
  const other = await openEngine({ modelsDir: folder });
  try {
    const models = (await other.get('/api/tags')).lines[0]?.models as Line[];
    expect(models.map(({ name }) => name).toSorted()).toEqual(['bare:latest', 'set:latest']);
    expect(new Set(models.map(({ digest }) => digest)).size).toBe(2);
    for (const model of ['bare', 'set']) await other.post('/api/generate', { model });
    expect((await other.loaded()).map((model) => [model.name, model.context_length]).toSorted()).toEqual([
      ['bare:latest', 512],
      ['set:latest', 128],
    ]);
  } finally {
    await other.close();
    await rm(folder, { recursive: true });
  }
});

test('a folder without models is refused, and one that is not there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-engine-'));
  await expect(startEngine({ modelsDir: folder })).rejects.toThrow(/no \.gguf file in/);
  await rm(folder, { recursive: true });
  await expect(startEngine({ modelsDir: folder })).rejects.toThrow(/cannot be read/);
});

describe('several clients', () => {
  const forty = (items: Line) => ({ type: 'array', minItems: 40, items });
  /** 40⁵ values: days. */
  const endless = {
    model: tiny,
    prompt: 'Say yes.',
    format: {
      ...forty({ $ref: '#/$defs/a' }),
      $defs: {
        a: forty({ $ref: '#/$defs/b' }),
        b: forty({ $ref: '#/$defs/c' }),
        c: forty({ $ref: '#/$defs/d' }),
        d: forty({ type: 'null' }),
      },
    },
    options: { num_predict: 1_000_000_000 },
  };

  /** Sends a request and waits until its answer has begun. */
  async function begin(body: Line, signal: AbortSignal | null = null): Promise<Response> {
    const init = { method: 'POST', body: JSON.stringify(body), signal };
    const response = await fetch(`${engine.url}/api/generate`, init);
    expect(response.status).toBe(200);
    return response;
  }

  test('requests wait for each other', async () => {
    const order: string[] = [];
    const begun = await begin({ model: tiny, prompt: bullets, options: { num_predict: 80 } });
    const long = begun.text().then((text) => order.push(`long ${text.trim().split('\n').length > 40}`));
    const short = engine
      .generate({ model: v1, options: { num_predict: 1 } })
      .then((answer) => order.push(`short ${answer.eval_count}`));
    await Promise.all([long, short]);
    expect(order).toEqual(['long true', 'short 1']);
  });

  test('a client that goes away frees the engine', async () => {
    const abort = new AbortController();
    await begin(endless, abort.signal);
    const waiting = engine.generate({ options: { num_predict: 1 } });
    abort.abort();
    expect(await waiting).toMatchObject({ done: true, eval_count: 1 });
  });

  test('a client that goes away while it waits is never answered', async () => {
    const long = engine.generate({ options: { num_predict: 60 } });
    const abort = new AbortController();
    const gone = engine.post('/api/generate', endless, abort.signal);
    abort.abort();
    await expect(gone).rejects.toThrow();
    expect(await long).toMatchObject({ eval_count: 60 });
    expect(await engine.generate({ options: { num_predict: 1 } })).toMatchObject({ done: true });
  });
});

test('a process that closes its engine ends by itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-engine-'));
  const script = join(folder, 'open-and-close.ts');
  const server = new URL('../../src/embedded/server.ts', import.meta.url).href;
  await writeFile(
    script,
    `import { startEngine } from ${JSON.stringify(server)};
    const engine = await startEngine();
    const body = JSON.stringify({ model: ${JSON.stringify(tiny)}, keep_alive: -1 });
    await (await fetch(engine.url + '/api/generate', { method: 'POST', body })).text();
    await engine.close();
    console.log('closed');`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  expect(stdout).toBe('closed\n');
  await rm(folder, { recursive: true });
});
