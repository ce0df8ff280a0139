import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { describeReadings } from '../../src/core/distribution.ts';
import { outputDocument, planDocument, readSample, runDocument } from '../../src/schema/documents.ts';
import { type DocumentKind, readDocument } from '../../src/schema/version.ts';
import { readRunFolder } from '../../src/store/read-run-folder.ts';

/** A run folder as Herdmark 0.1 wrote it: schemaVersion 1.0. */
const folder = fileURLToPath(new URL('fixtures/run-1.0', import.meta.url));
const readJson = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const outputsOf = 'herdmark-tiny-v1-a515083f';
const noReadings = describeReadings([], 'lower');
const oneAtATime = { kind: 'closed', concurrency: 1 };

describe('a run report of 1.0', () => {
  const { variants, plan, ...old } = readJson('summary.json');
  const run = readDocument(runDocument, readJson('summary.json'));

  test('keeps what it said, and says what nobody measured then as null or nothing', () => {
    expect(run).toEqual({
      ...old,
      ...{ schemaVersion: '2.0', calibration: null, knownLoads: null, telemetry: null, objectives: {} },
      plan: {
        ...{ hash: plan.hash, loads: 2, rounds: 1, warmup: 1, warmupMax: 1, requests: 12 },
        ...{ cache: 'defeat', loadShapes: [oneAtATime], comparison: null },
      },
      variants: [
        {
          ...variants[0],
          ...{ unsupported: [], flags: [], flagged: [], cachedMetrics: null, loadShapes: [] },
          ...{ loadFromDiskMs: noReadings, loadFromPageCacheMs: noReadings },
          diagnostics: {
            ...{ iclMs: noReadings, longestGapMs: noReadings },
            ...{ residualMs: noReadings, transportMs: noReadings },
          },
          energy: { joulesPerOutputToken: null, reason: 'This version of Herdmark did not measure it.' },
        },
      ],
    });
  });

  test('has its numbers still', () => {
    expect(run.counts).toEqual({ planned: 12, ok: 12, failed: 0, invalid: 0 });
    expect(run.variants[0]?.loadMs).toMatchObject({ n: 2, median: expect.closeTo(20.43, 2) });
    expect(run.variants[0]?.metrics.ttftMs.n).toBe(4);
    expect(run.series.map(({ prompt, metrics }) => [prompt, metrics.e2eMs.n])).toEqual([
      ['capital', 2],
      ['count', 2],
    ]);
  });
});

test('a plan of 1.0 keeps its requests, each one at a time and not out of the cache', () => {
  const { variants, requests, loadShape, ...old } = readJson('plan.json');
  const plan = readDocument(planDocument, readJson('plan.json'));
  expect(plan).toEqual({
    ...old,
    ...{ schemaVersion: '2.0', warmupMax: 1, cache: 'defeat', loadShapes: [loadShape], comparison: null },
    variants: [{ ...variants[0], unsupported: [] }],
    requests: requests.map((request: { phase: string }) => ({
      ...request,
      ...{
        loadShape: oneAtATime,
        cacheExpected: request.phase === 'load' ? 'any' : 'miss',
        scheduledMs: null,
      },
    })),
  });
  expect(plan.requests).toHaveLength(12);
});

test.each(readdirSync(join(folder, 'outputs', outputsOf)))(
  'the saved output %s of 1.0 keeps its answers',
  (file) => {
    const { answers, ...old } = readJson('outputs', outputsOf, file);
    const output = readDocument(outputDocument, readJson('outputs', outputsOf, file));
    expect(output).toEqual({
      ...{ ...old, schemaVersion: '2.0' },
      answers: answers.map((answer: object) => ({ ...answer, toolCalls: [], embedding: null })),
    });
    expect(output.answers).toHaveLength(2);
  },
);

describe('a sample of 1.0', () => {
  const lines = readFileSync(join(folder, 'samples.ndjson'), 'utf8').trim().split('\n');
  const samples: { phase: string }[] = lines.map((line) => JSON.parse(line));

  test('keeps what it said', () => {
    expect(samples.map((it) => readSample(it, '1.0'))).toEqual(
      samples.map((it) => ({
        ...it,
        ...{ cacheExpected: it.phase === 'load' ? 'any' : 'miss', loadedFrom: null },
      })),
    );
    expect(samples).toHaveLength(12);
  });

  test('beside a report of 2.0, or of no version, is none', () => {
    const [first = {}] = samples;
    expect(() => readSample(first, '2.0')).toThrow('→ at cacheExpected');
    expect(() => readSample(first, '3.0')).toThrow('update Herdmark');
    expect(() => readSample(first, undefined)).toThrow('it has no schemaVersion');
  });
});

test('a run folder of 1.0 is read whole', async () => {
  const { run, outputs, promptSet, files } = await readRunFolder(folder);
  expect(run.id).toBe('20261124t115352z-da928d');
  expect(outputs.map(({ prompt, answers }) => [prompt, answers.length])).toEqual([
    ['capital', 2],
    ['count', 2],
  ]);
  expect(promptSet?.prompts.map(({ id }) => id)).toEqual(['capital', 'count']);
  expect(files).toEqual([
    ...['summary.json', 'samples.ndjson'],
    ...[`outputs/${outputsOf}/capital.json`, `outputs/${outputsOf}/count.json`],
  ]);
});

test('a report of 1.0 that calibrated is read without: it meant something else by it', () => {
  const calibration = { ttftErrorMsP50: 0.1 };
  expect(readDocument(runDocument, { ...readJson('summary.json'), calibration }).calibration).toBeNull();
});

/** What is damaged must not come out of a migration as if there had been nothing. */
describe.each<[string, DocumentKind<unknown>, string[]]>([
  ['a run report', runDocument, ['summary.json']],
  ['a plan', planDocument, ['plan.json']],
  ['a saved output', outputDocument, ['outputs', outputsOf, 'count.json']],
])('%s of 1.0', (_, kind, path) => {
  const document = readJson(...path);
  // In 2.0 a run is calibrated in another way.
  const keys = Object.keys(document).filter((key) => key !== 'schemaVersion' && key !== 'calibration');

  test.each(keys)('without %s is refused, naming it', (key) => {
    const { [key]: _, ...damaged } = document;
    expect(() => readDocument(kind, damaged)).toThrow(key === 'loadShape' ? /loadShape/ : `→ at ${key}`);
  });

  test.each(keys.filter((key) => Array.isArray(document[key])))('whose %s is no list is refused', (key) => {
    expect(() => readDocument(kind, { ...document, [key]: 'none' })).toThrow(`→ at ${key}`);
    expect(() => readDocument(kind, { ...document, [key]: [null] })).toThrow(`→ at ${key}[0]`);
  });
});
