import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BenchPorts, type BenchRequest, type BenchResult, runBench } from '../../src/bench.ts';
import { measuredNothing } from '../../src/core/measured-nothing.ts';
import { createOllamaClient } from '../../src/ollama/client.ts';
import { outputDocument, planDocument, runDocument } from '../../src/schema/documents.ts';
import { sample as sampleSchema } from '../../src/schema/sample.ts';
import { readDocument } from '../../src/schema/version.ts';
import { type ConfigOverrides, loadConfig } from '../../src/store/load-config.ts';
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

interface Given extends Omit<ConfigOverrides, 'comparison'> {
  outDir?: string;
  workDir?: string;
  comparison?: BenchRequest['comparison'];
  isSettled?: BenchRequest['isSettled'];
  storedLoads?: BenchRequest['storedLoads'];
  clock?: () => number;
  now?: () => Date;
  signal?: AbortSignal;
  ports?: Partial<BenchPorts>;
  log?: string[];
}

const noLoad = { cpuLoadPercent: null, gpuUtilisationPercent: null };

async function bench({
  comparison,
  isSettled,
  storedLoads = [],
  outDir,
  workDir,
  clock,
  now,
  signal,
  ports,
  log,
  ...config
}: Given = {}): Promise<BenchResult> {
  const client = createOllamaClient({ baseUrl: server.url, deadlines });
  try {
    return await runBench(
      {
        config: await loadConfig(null, {
          ...{ models: ['tiny:v1'], loads: 2, rounds: 2, warmupMax: 1, busyMinutes: 0.01 },
          ...config,
        }),
        promptSet: await loadPromptSet('mine.yaml', folder),
        outDir: outDir ?? join(folder, 'runs'),
        workDir: workDir ?? null,
        source: {
          event: null,
          repository: null,
          workflowPath: null,
          ref: null,
          sha: null,
          pullRequest: null,
        },
        ...{ campaign: null, runner: null, shard: null, calibration: null, comparison: comparison ?? null },
        storedLoads,
        ...(isSettled === undefined ? {} : { isSettled }),
        signal: signal ?? new AbortController().signal,
      },
      {
        client,
        inspectMachine: async () => machineFacts,
        now: now ?? (() => new Date('2026-11-24T01:30:00Z')),
        clock: clock ?? (() => performance.now()),
        randomHex: (characters) => 'f'.repeat(characters),
        log: { info: (line) => void log?.push(line), warn: (line) => void log?.push(line) },
        progress: { begin: () => undefined, step: () => undefined, end: () => undefined },
        ...{ measureIdle: async () => noLoad, readDiskBytes: async () => null, startTelemetry: null },
        ...ports,
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
      counts: { planned: 14, ok: 14, failed: 0, invalid: 0 },
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
    let passedMs = 0;
    await server.close();
    server = await startScriptedServer((prompt) => {
      // Warm-up, two bare prompts, two of the first round; the next is of the second.
      if (server.asked.length === 6) passedMs = 61_000;
      return sayIt(prompt);
    });
    const clock = () => performance.now() + passedMs;
    const { run } = await bench({ budgetMinutes: 1, rounds: 3, clock });
    expect(run).toMatchObject({
      status: 'partial',
      flags: [{ code: 'out-of-time' }],
      counts: { ok: 1 + 2 + 2 * 2, failed: 0 },
    });
    expect([...server.loaded]).toEqual([]);
  });

  test('does not begin a round that would not end in time', async () => {
    let passedMs = 0;
    await server.close();
    server = await startScriptedServer((prompt) => {
      if (server.asked.length === 5) passedMs = 35_000;
      return sayIt(prompt);
    });
    const { run } = await bench({ budgetMinutes: 1, clock: () => performance.now() + passedMs });
    // The first round took 35 of 60 seconds, so that a second would end after 70.
    expect(run).toMatchObject({ flags: [{ code: 'out-of-time' }], counts: { ok: 1 + 2 + 2 } });
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
    expect(run.counts).toEqual({ planned: 14, ok: 8, failed: 6, invalid: 0 });
    expect(run.failures).toHaveLength(6);
    expect(run.failures[0]).toMatchObject({ sample: 'tiny-v1-aaaaaaaa/load0/bare/two/0', code });
    expect(run.series.map(({ metrics }) => metrics.e2eMs.n)).toEqual([4, 0]);
  });

  test('an answer that was never more than a thought is invalid, and says so', async () => {
    const script = (prompt: string): Script => (prompt.includes('two') ? 'think' : sayIt(prompt));
    server = await startScriptedServer(script);
    const result = await bench();
    expect(result.run.counts).toEqual({ planned: 14, ok: 8, failed: 0, invalid: 6 });
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
    expect(result.run.counts.ok).toBeGreaterThanOrEqual(4);
    expect(result.run.failures.at(-1)?.code).toBe('unreachable');
    const { ok, failed } = result.run.counts;
    expect((await readSamples(result)).filter(({ phase }) => phase !== 'warmup')).toHaveLength(ok + failed);
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
      counts: { planned: 14, ok: 4, failed: 0 },
    });
    expect(await readSamples(result)).toHaveLength(5);
    expect([...server.loaded]).toEqual([]);
  });

  test('a cancel while a model is being loaded leaves it unloaded', async () => {
    const cancel = new AbortController();
    server = await startScriptedServer(sayIt);
    server.onLoad = () => cancel.abort();
    const { run } = await bench({ signal: cancel.signal });
    expect(run).toMatchObject({ status: 'cancelled', counts: { planned: 14, ok: 0, failed: 0 } });
    expect([...server.loaded]).toEqual([]);
  });
});

describe('warm-up', () => {
  const warmups = () => server.asked.filter(({ options }) => isWarmUp(options));
  const isWarmUp = (options: unknown) => JSON.stringify(options).includes('"num_predict":32');

  test('goes on until the last readings agree', async () => {
    // It gets no faster, by a margin that no hiccup of the machine takes up, so that three in a row agree at once.
    server = await startScriptedServer((prompt) => {
      server.delayMs = 50 * Math.min(server.asked.length + 1, 3);
      return sayIt(prompt);
    });
    server.delayMs = 50;
    const { run } = await bench({ loads: 1, warmupMax: 8 });
    expect(warmups()).toHaveLength(3);
    expect(new Set(warmups().map(({ prompt }) => prompt)).size).toBe(3);
    expect(run.variants[0]?.flags).toEqual([]);
    expect(run.counts.planned).toBe(1 + 2 + 2 * 2);
  });

  test('that does not settle is flagged', async () => {
    // It gets faster and faster.
    server = await startScriptedServer((prompt) => {
      server.delayMs = Math.max(0, 900 - 300 * server.asked.length);
      return sayIt(prompt);
    });
    server.delayMs = 900;
    const { run } = await bench({ loads: 1, warmupMax: 4 });
    expect(warmups()).toHaveLength(4);
    expect(run.variants[0]?.flags.map(({ code }) => code)).toEqual(['warmup-unsettled']);
    expect(run.status).toBe('complete');
  });
});

describe('load shapes', () => {
  beforeEach(async () => {
    server = await startScriptedServer(sayIt);
    server.delayMs = 20;
  });

  test('of several at a time keep that many under way, in rounds of their own', async () => {
    const result = await bench({ loads: 1, rounds: 3, concurrency: [1, 3] });
    expect(server.underWay.most).toBe(3);
    const [one, three] = result.run.variants[0]?.loadShapes ?? [];
    expect(one).toMatchObject({ loadShape: { concurrency: 1 }, counts: { planned: 6, ok: 6 } });
    expect(three).toMatchObject({
      loadShape: { concurrency: 3 },
      counts: { planned: 6, ok: 6 },
      goodput: null,
    });
    expect(three?.requestsPerSecond).toBeGreaterThan(one?.requestsPerSecond ?? Number.POSITIVE_INFINITY);
    // Series are of one at a time alone.
    expect(result.run.series.map(({ metrics }) => metrics.e2eMs.n)).toEqual([3, 3]);
    const prompts = server.asked.map(({ prompt }) => prompt);
    expect(new Set(prompts).size).toBe(prompts.length);
  });

  test('of an open loop send each request when it is due, and count from then', async () => {
    const result = await bench({ loads: 1, rounds: 3, requestRates: [100], objectives: { e2eMs: 60_000 } });
    const open = (await readSamples(result)).filter(({ loadShape }) => loadShape.kind === 'open');
    expect(open).toHaveLength(6);
    for (const { scheduledMs, sentMs } of open)
      expect(sentMs).toBeGreaterThanOrEqual(scheduledMs ?? Number.NaN);
    const shape = result.run.variants[0]?.loadShapes[1];
    expect(shape?.goodput).toMatchObject({ met: 6, of: 6 });
    const worst = Math.max(
      ...open.map((it) => (it.client?.e2eMs ?? 0) + (it.sentMs ?? 0) - (it.scheduledMs ?? 0)),
    );
    expect(shape?.metrics.e2eMs.max).toBeCloseTo(worst, 9);
  });
});

describe('the prompt cache', () => {
  test('that is measured gets every timed prompt twice, and tells the two apart', async () => {
    server = await startScriptedServer(sayIt);
    const result = await bench({ loads: 1, cache: 'measure' });
    const timed = (await readSamples(result)).filter(({ phase }) => phase === 'timed');
    expect(timed.map(({ cacheExpected, status }) => `${cacheExpected} ${status}`)).toEqual(
      // The server says that 3 of 10 tokens were cached, which for a repeated prompt is too few.
      Array(4).fill(['miss ok', 'hit invalid']).flat(),
    );
    expect(result.run.variants[0]).toMatchObject({
      flagged: [{ code: 'cache-missed', samples: 4 }],
      cachedMetrics: { e2eMs: { n: 0 } },
    });
  });
});

describe('somebody else', () => {
  beforeEach(async () => {
    server = await startScriptedServer(sayIt);
  });

  test('who holds the model is waited for, then left alone: it is neither measured nor unloaded', async () => {
    server.loaded.add('tiny:v1');
    server.onLoad = () => expect.unreachable();
    const log: string[] = [];
    const { run } = await bench({ log });
    expect(log).toEqual([
      'tiny:v1 is in the server’s memory, loaded by somebody else until 2026-11-24T02:00:00: waiting up to 1 s until the server is free.',
    ]);
    expect([...server.loaded]).toEqual(['tiny:v1']);
    expect(server.asked).toEqual([]);
    expect(run.status).toBe('partial');
    expect(run.variants[0]?.flags.map(({ code }) => code)).toEqual(['skipped-busy', 'skipped-busy']);
  });

  test('who lets the model go in time is no obstacle', async () => {
    server.loaded.add('tiny:v1');
    setTimeout(() => server.loaded.delete('tiny:v1'), 100);
    const { run } = await bench({ busyMinutes: 1 });
    expect(run.status).toBe('complete');
    expect(run.variants[0]?.flags).toEqual([]);
  });

  test('ends the run where it is to fail', async () => {
    server.loaded.add('tiny:v1');
    const { run } = await bench({ busy: 'fail', models: ['tiny:v1', 'tiny:v2'] });
    expect(run).toMatchObject({ status: 'partial', flags: [{ code: 'server-busy' }] });
    expect(server.asked).toEqual([]);
  });

  test('whose model stays in memory unused is named', async () => {
    server.addModel('else:latest');
    server.loaded.add('else:latest');
    const { run } = await bench();
    expect(run.status).toBe('complete');
    expect(run.variants[0]?.flags).toEqual([
      { code: 'other-model-resident', reason: 'else:latest of somebody else stayed in memory, unused.' },
    ]);
    expect([...server.loaded]).toEqual(['else:latest']);
  });

  test('who uses a model of theirs in a round spoils that round', async () => {
    await server.close();
    server = await startScriptedServer((prompt) => {
      if (server.asked.length === 5) server.loaded.add('else:latest');
      return sayIt(prompt);
    });
    server.addModel('else:latest');
    const result = await bench({ loads: 1 });
    expect(result.run.counts).toEqual({ planned: 7, ok: 5, failed: 0, invalid: 2 });
    expect(result.run.variants[0]?.flagged).toEqual([
      { code: 'other-model-loaded', samples: 2, reason: 'else:latest of somebody else was loaded or used.' },
    ]);
    expect((await readSamples(result)).filter(({ status }) => status === 'invalid')).toHaveLength(2);
  });
});

describe('a server that changes', () => {
  test('its version under the run spoils the rounds from then on', async () => {
    server = await startScriptedServer((prompt) => {
      if (server.asked.length === 5) server.version = '0.34.0';
      return sayIt(prompt);
    });
    const { run } = await bench({ loads: 1 });
    expect(run.counts).toMatchObject({ ok: 3, invalid: 4 });
    expect(run.variants[0]?.flagged[0]).toMatchObject({ code: 'server-changed', samples: 4 });
  });

  test('the model under its name spoils the round in which it did', async () => {
    server = await startScriptedServer((prompt) => {
      if (server.asked.length === 5) server.move();
      return sayIt(prompt);
    });
    const { run } = await bench({ loads: 1 });
    expect(run.variants[0]?.flagged.map(({ code }) => code)).toContain('model-changed');
  });
});

describe('what a model cannot', () => {
  test('is not asked of it, and said', async () => {
    server = await startScriptedServer(sayIt);
    const embed = '  - { id: vec, title: V, category: c, embed: [a, b], checks: [{ type: embedding }] }\n';
    await writeFile(join(folder, 'mine.yaml'), promptSet + embed);
    const { run } = await bench({ models: [{ name: 'tiny:v1', think: 'high' }] });
    expect(run.status).toBe('complete');
    expect(run.variants[0]).toMatchObject({
      unsupported: [{ prompt: 'vec', reason: 'tiny:v1 cannot embed texts (the server lists: completion).' }],
      flags: [{ code: 'thinking-unsupported', reason: 'think: high was not sent, as tiny:v1 cannot think.' }],
    });
    expect(run.series.map(({ prompt }) => prompt)).toEqual(['one', 'two']);
  });
});

describe('the machine', () => {
  test('tells loads from disk from those out of the page cache', async () => {
    server = await startScriptedServer(sayIt);
    // The weights take 1,000 bytes.
    const read = [0, 900, 900, 950];
    const { run } = await bench({ ports: { readDiskBytes: async () => read.shift() ?? null } });
    expect(run.variants[0]).toMatchObject({
      loadMs: { n: 2 },
      loadFromDiskMs: { n: 1 },
      loadFromPageCacheMs: { n: 1 },
    });
  });

  test('that throttles while it answers makes the sample invalid, and is summarised', async () => {
    server = await startScriptedServer(sayIt);
    const gpu = {
      ...{ index: 0, utilisationPercent: 90, memoryUsedBytes: 1, powerWatts: 100, powerLimitWatts: 200 },
      ...{ clockMHz: 1000, temperatureC: 95, throttle: ['hw-thermal-slowdown'] },
    };
    const startTelemetry: BenchPorts['startTelemetry'] = async ({ onReading }) => {
      for (const atMs of [0, 1, 2000]) {
        onReading({ atMs, gpus: [gpu], cpu: { loadPercent: 5, frequencyMHz: null } });
      }
      return { source: 'nvidia-smi', intervalMs: 500, stop: async () => undefined };
    };
    const { run, runPath } = await bench({ loads: 1, ports: { startTelemetry } });
    // The two bare answers are as good as any: only their times are not.
    expect(run.counts).toMatchObject({ ok: 3, invalid: 4 });
    expect(run.variants[0]?.checks.answers).toBe(2);
    expect(run.variants[0]?.flagged[0]).toMatchObject({ code: 'gpu-throttled', samples: 6 });
    expect(run.variants[0]?.flags.map(({ code }) => code)).toContain('gpu-hot');
    expect(run.telemetry).toMatchObject({ source: 'nvidia-smi', readings: 3 });
    expect((await readFile(join(runPath, 'telemetry.ndjson'), 'utf8')).trimEnd().split('\n')).toHaveLength(3);
  });
});

describe('a comparison', () => {
  const model = (name: string) => ({ name, options: { temperature: 0, seed: 7 }, think: null });
  const comparison = {
    pairs: [{ base: model('tiny:v1'), head: model('tiny:v2') }],
    ...{ seed: 1, looks: [2, 3] },
  };

  test('has both models in memory and asks them in turn', async () => {
    const inMemory: number[] = [];
    server = await startScriptedServer((prompt) => {
      inMemory.push(server.loaded.size);
      return sayIt(prompt);
    });
    const result = await bench({ comparison });
    expect(result.run).toMatchObject({
      status: 'complete',
      plan: { loads: 3, comparison: { resident: true } },
      counts: { planned: 3 * 2 * (1 + 2 + 2 * 2), failed: 0, invalid: 0 },
      variants: [
        { name: 'tiny:v1', loadShapes: [], energy: { joulesPerOutputToken: null } },
        { name: 'tiny:v2', metrics: { e2eMs: { n: 12 } } },
      ],
    });
    expect(new Set(inMemory)).toEqual(new Set([2]));
    const timed = (await readSamples(result)).filter(({ phase }) => phase === 'timed');
    for (const [index, { variant, prompt, round }] of timed.entries()) {
      if (index % 2 === 0) continue;
      expect(timed[index - 1]).toMatchObject({ prompt, round });
      expect(timed[index - 1]?.variant).not.toBe(variant);
    }
    expect([...server.loaded]).toEqual([]);
  });

  test('carries what is known of loads of its machine and design; a night carries nothing', async () => {
    server = await startScriptedServer(sayIt);
    const known = {
      metric: 'ttftMs' as const,
      variance: 1e-4,
      degreesOfFreedom: 5,
      pairs: 4,
      nightly: false,
    };
    const where = { machine: machineFacts.machine.id, measuredAt: '2026-11-23T01:30:00.000Z' };
    const storedLoads = [
      { ...known, ...where, resident: true },
      { ...known, ...where, variance: 2e-4, resident: false },
      { ...known, ...where, variance: 3e-4, resident: true, machine: 'ffffffffffff' },
    ];
    const seen: unknown[] = [];
    const isSettled: Given['isSettled'] = ({ run }) => {
      seen.push(run.knownLoads);
      return true;
    };
    const { run } = await bench({ comparison, storedLoads, isSettled });
    expect([run.knownLoads, ...seen]).toEqual([[known], [known]]);
    expect((await bench({ storedLoads, outDir: join(folder, 'nights') })).run.knownLoads).toBeNull();
  });

  test('takes turns where the two do not fit together', async () => {
    server = await startScriptedServer(sayIt);
    server.onLoad = ({ model: name }) => {
      for (const other of server.loaded) if (other !== name) server.loaded.delete(other);
    };
    const log: string[] = [];
    const { run } = await bench({ comparison, log });
    expect(log).toContain('tiny:v1 and tiny:v2 do not stay in memory together: they are measured in turns.');
    expect(run).toMatchObject({
      status: 'complete',
      plan: { loads: 6, rounds: 1, comparison: { resident: false, looks: [4, 6] } },
    });
    expect([...server.loaded]).toEqual([]);
  });

  test('ends at a look at which it has seen enough, and is complete', async () => {
    server = await startScriptedServer(sayIt);
    const looks: number[] = [];
    const { run, runPath } = await bench({
      comparison: { ...comparison, looks: [1, 2, 3] },
      isSettled: ({ run: soFar, samples, outputs }, { loads }) => {
        looks.push(loads);
        expect(new Set(samples.map(({ block }) => block)).size).toBe(loads);
        expect(soFar.counts).toMatchObject({ planned: loads * 14, ok: loads * 14 });
        expect(outputs).toHaveLength(4);
        return loads === 2;
      },
    });
    expect(looks).toEqual([1, 2]);
    expect(run).toMatchObject({ status: 'complete', plan: { loads: 2 }, counts: { planned: 28, ok: 28 } });
    const plan = readDocument(planDocument, JSON.parse(await readFile(join(runPath, 'plan.json'), 'utf8')));
    expect(plan.requests.filter(({ phase }) => phase === 'load')).toHaveLength(4);
  });
});

describe('a tag that is pulled', () => {
  const listNames = async () => {
    const client = createOllamaClient({ baseUrl: server.url, deadlines });
    const names = (await client.tags()).map(({ name }) => name);
    await client.close();
    return names;
  };

  test('every night keeps the model before under a name of ours, and the last few of them', async () => {
    server = await startScriptedServer(sayIt);
    const log: string[] = [];
    for (const to of ['b', 'c', 'e']) {
      server.onPull = () => server.move(to);
      await bench({ pull: 'always', keep: 2, loads: 1, rounds: 1, log, outDir: join(folder, to) });
    }
    expect(await listNames()).toEqual([
      ...['tiny:v1', 'tiny:v2'],
      ...['herdmark/tiny-v1:bbbbbbbbbbbb', 'herdmark/tiny-v1:cccccccccccc'],
    ]);
    expect(log.filter((line) => line.includes('has moved'))).toHaveLength(3);
  });

  test('only where it is missing stays as it is', async () => {
    server = await startScriptedServer(sayIt);
    server.onPull = () => expect.unreachable();
    await bench({ pull: true, loads: 1, rounds: 1 });
    expect(await listNames()).toEqual(['tiny:v1', 'tiny:v2']);
  });
});
