import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it, onTestFinished } from 'vitest';
import { emitSchemas } from '../../scripts/emit-schemas.ts';
import { findChanges } from '../../src/core/change-points/find-changes.ts';
import { encodeRun } from '../../src/core/history/encode-run.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { digest, makeRun, makeSample, makeVariant } from '../blank-run.ts';

const committed = new URL('../../schema/', import.meta.url).pathname;

async function readAll(folder: string): Promise<Record<string, unknown>> {
  const files = await readdir(folder);
  const read = async (file: string) => [file, JSON.parse(await readFile(join(folder, file), 'utf8'))];
  return Object.fromEntries(await Promise.all(files.map(read)));
}

async function compile(name: string) {
  const ajv = new Ajv2020({ strictTypes: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(await readFile(join(committed, name), 'utf8')));
}

it('the committed JSON Schemas are what the contract says', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-schema-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await emitSchemas(folder);
  const schemas = await readAll(folder);
  expect(schemas).toEqual(await readAll(committed));
  expect(Object.keys(schemas).sort()).toEqual(
    [
      ...['calibration', 'changes', 'config'],
      ...['history-answer', 'history-questions', 'history-run', 'history-samples'],
      ...['output', 'plan', 'prompt-set', 'run', 'sample'],
      ...['site-index', 'site-nights', 'site-prompt', 'site-runs', 'site-trend'],
      ...['telemetry', 'verdict'],
    ].map((name) => `${name}.json`),
  );
});

const errors = { herdmark: { p50: 0.1, p99: 0.4 }, raw: { p50: -0.05, p99: 0.3 } };
const rates = { one: 50_000, thirtyTwo: 90_000 };
const gpu = {
  ...{ index: 0, utilisationPercent: 97, memoryUsedBytes: 2 ** 33, powerWatts: 301.5, powerLimitWatts: 350 },
  ...{ clockMHz: 1755, temperatureC: 61, throttle: [] },
};

const kept = encodeRun(
  {
    run: makeRun({ variants: [makeVariant('tiny', 3, 1, 1)] }),
    samples: [makeSample()],
    outputs: [],
    promptSet: null,
    config: null,
  },
  { origin: null, hashText: sha256Text },
);

/** What Herdmark writes, as other programs are told to expect it; and the same with a number that is none. */
it.each<[string, object, object]>([
  ['run', makeRun({ variants: [makeVariant('tiny', 3, 1, 1)] }), { counts: null }],
  ['sample', makeSample(), { client: { e2eMs: '100' } }],
  [
    'sample',
    makeSample({ loadShape: { kind: 'open', requestsPerSecond: 0.5 }, scheduledMs: 0.25 }),
    { sentMs: -1 },
  ],
  [
    'plan',
    {
      ...{ schemaVersion: '2.0', promptSet: { id: 'core', version: 1, hash: digest('a') } },
      ...{ loads: 1, rounds: 1, warmup: 1, warmupMax: 8, cache: 'measure', seed: 1 },
      ...{
        loadShapes: [{ kind: 'open', requestsPerSecond: 0.5 }],
        comparison: null,
        variants: [],
        requests: [],
      },
    },
    { loadShapes: [{ kind: 'open', concurrency: 4 }] },
  ],
  [
    'telemetry',
    { atMs: 1000.5, gpus: [gpu], cpu: { loadPercent: 12.5, frequencyMHz: 3200 } },
    { gpus: [{ ...gpu, powerWatts: -1 }] },
  ],
  ['telemetry', { atMs: 0, gpus: null, cpu: { loadPercent: null, frequencyMHz: null } }, { atMs: null }],
  [
    'calibration',
    {
      ...{
        measuredAt: '2026-11-24T01:30:00.000Z',
        requests: 200,
        herdmarkVersion: '0.1.0',
        nodeVersion: '24.0.0',
      },
      ...{ ttftErrorMs: errors, gapErrorMs: errors, e2eErrorMs: errors, eventLoopDelayMsP99: 0.9 },
      chunksPerSecond: { herdmark: rates, raw: rates },
    },
    { ttftErrorMs: { herdmark: errors.herdmark } },
  ],
  ['changes', findChanges([makeRun()], '2026-11-24T12:00:00.000Z'), { series: [{}] }],
  ['history-run', kept.run, { answers: ['../../etc/passwd'] }],
  ['history-samples', kept.samples, { question: [0.5] }],
  ['history-questions', kept.inputs[0]?.document ?? {}, { questions: [{}] }],
])('%s.json takes what Herdmark writes, and no nonsense', async (name, document, nonsense) => {
  const takes = await compile(`${name}.json`);
  const written = JSON.parse(JSON.stringify(document));
  expect([takes(written), takes.errors]).toEqual([true, null]);
  expect(takes({ ...written, ...nonsense })).toBe(false);
});

it('what Herdmark writes may have fields that a later version adds', async () => {
  const takes = await compile('run.json');
  const run = makeRun({ variants: [makeVariant('tiny', 3, 1, 1)] });
  expect(takes({ ...run, later: 1, machine: { ...run.machine, later: 1 } })).toBe(true);
  expect(takes({ ...run, status: 'later' })).toBe(false);
});

it('what people write may not have a field that Herdmark does not know', async () => {
  const takes = await compile('config.json');
  expect(takes({ models: ['qwen3:8b', { name: 'gemma3:4b', options: { num_ctx: 8192 } }] })).toBe(true);
  expect(takes({ models: ['qwen3:8b'], cache: 'measure', concurrency: [1, 4], requestRates: [0.5] })).toBe(
    true,
  );
  expect(takes({ models: ['qwen3:8b'], runds: 3 })).toBe(false);
  expect(takes({ models: ['qwen3:8b'], objectives: { ttftMs: 200, tpot: 50 } })).toBe(false);
});
