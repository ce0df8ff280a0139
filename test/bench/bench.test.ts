import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BenchResult, measuredNothing, runBench } from '../../src/bench.ts';
import { createOllamaClient } from '../../src/ollama/client.ts';
import { outputDocument, planDocument, runDocument } from '../../src/schema/documents.ts';
import { sample as sampleSchema } from '../../src/schema/sample.ts';
import { readDocument } from '../../src/schema/version.ts';
import { loadConfig } from '../../src/store/load-config.ts';
import { loadPromptSet } from '../../src/store/load-prompt-set.ts';
import { type Script, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const promptSet = `id: mine
version: 1
title: Mine
prompts:
  - { id: one, title: One, category: c, prompt: Say one., checks: [{ type: facts, present: [one] }] }
  - { id: two, title: Two, category: c, prompt: Say two., checks: [{ type: facts, present: [two] }] }
`;
const deadlines = { loadMs: 5000, firstTokenMs: 5000, stallMs: 5000, totalMs: 5000 };
const machineFacts = {
  machine: { id: '0123456789ab', label: 'Test CPU' },
  environment: {
    os: { platform: 'linux', distro: 'Debian', release: '12', arch: 'x64' },
    cpu: { model: 'Test CPU', physicalCores: 1, logicalCores: 2 },
    ...{ memoryBytes: 1, virtual: false, gpus: null, herdmark: { version: '0.1.0', node: '24' } },
  },
};

let folder: string;
let server: ScriptedServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-bench-'));
  await writeFile(join(folder, 'mine.yaml'), promptSet);
});
afterEach(() => server.close());

interface Given {
  models?: string[];
  rounds?: number;
  outDir?: string;
  budgetMinutes?: number;
  clock?: () => number;
  signal?: AbortSignal;
}

async function bench(given: Given = {}): Promise<BenchResult> {
  const client = createOllamaClient({ baseUrl: server.url, deadlines });
  try {
    return await runBench(
      {
        config: await loadConfig(null, {
          models: given.models ?? ['tiny:v1'],
          loads: 2,
          rounds: given.rounds ?? 2,
          budgetMinutes: given.budgetMinutes,
        }),
        promptSet: await loadPromptSet('mine.yaml', folder),
        outDir: given.outDir ?? join(folder, 'runs'),
        source: {
          event: null,
          repository: null,
          workflowPath: null,
          ref: null,
          sha: null,
          pullRequest: null,
        },
        ...{ campaign: null, runner: null, shard: null },
        signal: given.signal ?? new AbortController().signal,
      },
      {
        client,
        inspectMachine: async () => machineFacts,
        now: () => new Date('2026-11-24T01:30:00Z'),
        clock: given.clock ?? (() => performance.now()),
        randomHex: (characters) => 'f'.repeat(characters),
        log: { info: () => undefined, warn: () => undefined },
        progress: { begin: () => undefined, step: () => undefined, end: () => undefined },
      },
    );
  } finally {
    await client.close();
  }
}

const sayIt = (prompt: string) => (prompt.includes('one') ? ['One', '.'] : ['Two', '.']);

async function readSamples({ runPath }: BenchResult) {
  const lines = (await readFile(join(runPath, 'samples.ndjson'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => sampleSchema.parse(JSON.parse(line)));
}

describe('a run', () => {
  beforeEach(async () => {
    server = await startScriptedServer(sayIt);
  });

  test('leaves a folder that stands alone and reads back', async () => {
    const { run, runPath, summaryPath } = await bench();
    const read = async (name: string): Promise<unknown> =>
      JSON.parse(await readFile(join(runPath, name), 'utf8'));

    expect((await readdir(runPath)).sort()).toEqual([
      'inputs',
      'outputs',
      'plan.json',
      'samples.ndjson',
      'summary.json',
      'summary.md',
    ]);
    expect(runPath).toBe(join(folder, 'runs/20261124t013000z-ffffff'));
    expect(readDocument(runDocument, JSON.parse(await readFile(summaryPath, 'utf8')))).toEqual(run);
    expect(readDocument(planDocument, await read('plan.json')).requests).toHaveLength(
      2 * (1 + 1 + 2 + 2 * 2),
    );
    expect(await read('inputs/prompt-set.json')).toMatchObject({
      id: 'mine',
      prompts: [{ id: 'one' }, { id: 'two' }],
    });
    expect(await read('inputs/config.json')).toMatchObject({ models: [{ name: 'tiny:v1' }], loads: 2 });
    const saved = readDocument(outputDocument, await read('outputs/tiny-v1-aaaaaaaa/two.json'));
    expect(saved).toMatchObject({
      model: 'tiny:v1',
      prompt: 'two',
      answers: [
        { block: 0, text: 'Two.' },
        { block: 1, text: 'Two.' },
      ],
    });
  });

  test('is complete: every planned request has its sample, in order', async () => {
    const result = await bench();
    const plan = readDocument(
      planDocument,
      JSON.parse(await readFile(join(result.runPath, 'plan.json'), 'utf8')),
    );
    expect((await readSamples(result)).map(({ id }) => id)).toEqual(plan.requests.map(({ id }) => id));
    expect(result.run).toMatchObject({
      status: 'complete',
      counts: { planned: 16, ok: 16, failed: 0, invalid: 0 },
      variants: [
        { name: 'tiny:v1', contextLength: 512, vramBytes: 0, loadMs: { n: 2 }, metrics: { e2eMs: { n: 8 } } },
      ],
      series: [
        { prompt: 'one', distinctAnswers: 1 },
        { prompt: 'two', checks: { answers: 2, answersPassed: 2 } },
      ],
    });
    expect(measuredNothing(result.run)).toBe(false);
  });

  test('sends the same bytes as any other run of the same model', async () => {
    await bench();
    const first = server.asked.splice(0);
    await bench({ outDir: join(folder, 'again') });
    expect(server.asked).toEqual(first);
    expect(first.find(({ prompt }) => prompt === 'Say one.')).toEqual({
      ...{ model: 'tiny:v1', prompt: 'Say one.', keep_alive: '30m', truncate: false },
      options: { temperature: 0, seed: 7, num_predict: 128 },
    });
  });

  test('unloads what it loaded', async () => {
    await bench({ models: ['tiny:v1', 'tiny:v2'] });
    expect([...server.loaded]).toEqual([]);
  });

  test('leaves a model of somebody else loaded, and does not take its load for one', async () => {
    server.loaded.add('tiny:v1');
    const keepAlives: unknown[] = [];
    server.onLoad = (body) => keepAlives.push(body.keep_alive);
    const result = await bench();
    // Its owner may have said how long it is to stay: any keep_alive of ours would replace that.
    expect([...keepAlives, ...server.asked.map((it) => it.keep_alive)]).toEqual(Array(16).fill(undefined));
    expect([...server.loaded]).toEqual(['tiny:v1']);
    expect(result.run).toMatchObject({
      status: 'partial',
      // Of the second block only the warm-up is as good as in the first: its prompts were seen before.
      counts: { ok: 8, invalid: 8 },
      variants: [{ loadMs: { n: 0 } }],
    });
    expect((await readSamples(result))[0]?.flags).toEqual([
      {
        code: 'already-loaded',
        reason: 'The model was in memory before it was asked for: this is no load time.',
      },
    ]);
  });

  test('of a model that the server does not have is refused', async () => {
    await expect(bench({ models: ['tiny:v3'] })).rejects.toMatchObject({
      name: 'OllamaError',
      code: 'model-missing',
    });
  });

  test('that cannot be written is refused before a model is loaded', async () => {
    await writeFile(join(folder, 'file'), '');
    server.onLoad = () => expect.unreachable();
    await expect(bench({ outDir: join(folder, 'file') })).rejects.toMatchObject({
      code: 'unwritable-output',
    });
    expect([...server.loaded]).toEqual([]);
    expect(server.asked).toEqual([]);
  });

  test('ends with the round in which its time was used up', async () => {
    const readings = [0];
    const clock = () => readings.pop() ?? 61_000;
    const { run } = await bench({ budgetMinutes: 1, clock });
    expect(run).toMatchObject({
      status: 'partial',
      flags: [{ code: 'out-of-time' }],
      counts: { ok: 1, failed: 0 },
    });
    expect([...server.loaded]).toEqual([]);
  });

  test('notices that a tag moved after it began', async () => {
    server.onLoad = () => server.move();
    const { run } = await bench();
    expect(run.failures[0]).toMatchObject({ sample: 'tiny-v1-aaaaaaaa/load0/load/0', code: 'model-moved' });
    expect(measuredNothing(run)).toBe(true);
    expect([...server.loaded]).toEqual([]);
  });

  test('says nowhere where the server is', async () => {
    const script = (): Script => 'cut';
    await server.close();
    server = await startScriptedServer(script);
    const { run, runPath } = await bench();
    expect(run.failures[0]?.message).toContain('the server ended its reply before it was complete');
    const files = await Promise.all(
      ['summary.json', 'samples.ndjson', 'inputs/config.json', 'summary.md'].map((it) =>
        readFile(join(runPath, it), 'utf8'),
      ),
    );
    expect(files.filter((text) => text.includes('127.0.0.1'))).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test.each<[string, Script, string]>([
    ['a model that answers nothing', 'nothing', 'empty-answer'],
    ['a stream cut short', 'cut', 'stream-cut'],
  ])('%s is a failed sample with its reason, the others kept', async (_, wrong, code) => {
    const script = (prompt: string) => (prompt.includes('two') ? wrong : sayIt(prompt));
    server = await startScriptedServer(script);
    const { run } = await bench();
    expect(run.status).toBe('partial');
    expect(run.counts).toEqual({ planned: 16, ok: 10, failed: 6, invalid: 0 });
    expect(run.failures).toHaveLength(6);
    expect(run.failures[0]).toMatchObject({ sample: 'tiny-v1-aaaaaaaa/load0/bare/two/0', code });
    expect(run.series.map(({ metrics }) => metrics.e2eMs.n)).toEqual([4, 0]);
  });

  test('an answer that was never more than a thought is invalid, and says so', async () => {
    const script = (prompt: string): Script => (prompt.includes('two') ? 'think' : sayIt(prompt));
    server = await startScriptedServer(script);
    const result = await bench();
    expect(result.run.counts).toEqual({ planned: 16, ok: 10, failed: 0, invalid: 6 });
    const thought = (await readSamples(result)).find(({ status }) => status === 'invalid');
    expect(thought?.flags.map(({ code }) => code)).toEqual(['thinking-exhausted']);
  });

  test('a prompt that is called as a warm-up is measured all the same', async () => {
    server = await startScriptedServer(sayIt);
    await writeFile(join(folder, 'mine.yaml'), promptSet.replace('id: one', 'id: warmup-1'));
    const { run } = await bench();
    expect(run.series.map(({ prompt, metrics }) => [prompt, metrics.e2eMs.n])).toEqual([
      ['warmup-1', 4],
      ['two', 4],
    ]);
    expect(server.asked.filter(({ prompt }) => prompt === 'Say one.')).toHaveLength(2);
  });

  test('a run in which nothing was answered measured nothing', async () => {
    server = await startScriptedServer(() => 'nothing');
    expect(measuredNothing((await bench()).run)).toBe(true);
  });

  test('a server that goes away ends the run, with what was measured until then', async () => {
    const script = (prompt: string): Script => {
      if (server.asked.length === 5) void server.close();
      return sayIt(prompt);
    };
    server = await startScriptedServer(script);
    const result = await bench();
    expect(result.run).toMatchObject({ status: 'partial', flags: [{ code: 'server-lost' }] });
    expect(result.run.counts.ok).toBeGreaterThanOrEqual(5);
    expect(result.run.failures.at(-1)?.code).toBe('unreachable');
    expect(await readSamples(result)).toHaveLength(result.run.counts.ok + result.run.counts.failed);
    server = await startScriptedServer(script);
  });

  test('a cancel keeps what was measured, and unloads', async () => {
    const cancel = new AbortController();
    const script = (prompt: string): Script => {
      if (server.asked.length < 5) return sayIt(prompt);
      cancel.abort();
      return 'hang';
    };
    server = await startScriptedServer(script);
    const result = await bench({ signal: cancel.signal });
    expect(result.run).toMatchObject({
      status: 'cancelled',
      flags: [{ code: 'cancelled' }],
      counts: { planned: 16, ok: 5, failed: 0 },
    });
    expect(await readSamples(result)).toHaveLength(5);
    expect([...server.loaded]).toEqual([]);
  });

  test('a cancel while a model is being loaded leaves it unloaded', async () => {
    const cancel = new AbortController();
    server = await startScriptedServer(sayIt);
    server.onLoad = () => cancel.abort();
    const { run } = await bench({ signal: cancel.signal });
    expect(run).toMatchObject({ status: 'cancelled', counts: { planned: 16, ok: 0, failed: 0 } });
    expect([...server.loaded]).toEqual([]);
  });
});
