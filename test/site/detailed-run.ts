import { oneAtATime } from '../../src/core/load-shape.ts';
import { promptSet } from '../../src/schema/prompt-set.ts';
import type { Run, Variant } from '../../src/schema/run.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { describeMetrics, describeShape, describeValues, type MadeRun, makeRun } from './make-run.ts';

/** Everything that a run may say of a model besides its speed. */
export const detailedVariant: Partial<Variant> = {
  flags: [
    {
      code: 'warmup-unsettled',
      reason: 'After 8 requests in load 1 the last three readings still differed.',
    },
    {
      code: 'warmup-unsettled',
      reason: 'After 8 requests in load 2 the last three readings still differed.',
    },
    { code: 'from-tomorrow', reason: 'A newer Herdmark knows what this is.' },
  ],
  flagged: [
    { code: 'output-too-short', samples: 4, reason: '2 output tokens are too few to tell a rate of.' },
    {
      code: 'queued',
      samples: 1,
      reason: '816 ms of the server’s time are neither load, prefill nor decode.',
    },
  ],
  counts: { planned: 8, ok: 7, failed: 0, invalid: 1 },
  loadMs: describeValues([500, 2100], 'lower'),
  loadFromDiskMs: describeValues([2100], 'lower'),
  loadFromPageCacheMs: describeValues([500], 'lower'),
  cachedMetrics: describeMetrics({ ttftMs: [6, 6, 7] }),
  diagnostics: {
    iclMs: describeValues([9, 10, 12], 'lower'),
    longestGapMs: describeValues([31, 35, 48], 'lower'),
    residualMs: describeValues([0.4, 0.5, 0.6], 'lower'),
    transportMs: describeValues([1.1, 1.2, 1.9], 'lower'),
  },
  loadShapes: [
    describeShape({ kind: 'closed', concurrency: 1 }, describeMetrics({ ttftMs: [60, 61] }), {
      goodput: { requestsPerSecond: 4, met: 8, of: 8 },
    }),
    describeShape({ kind: 'open', requestsPerSecond: 12.5 }, describeMetrics({ ttftMs: [800, 2400] }), {
      counts: { planned: 8, ok: 6, failed: 2, invalid: 0 },
      goodput: { requestsPerSecond: 0.5, met: 1, of: 8 },
    }),
  ],
  energy: { joulesPerOutputToken: 0.4123, reason: null },
};

/** What the machine of such a run was like: one GPU that tells nearly everything, and one that tells little. */
export const detailedMachine: Partial<Run> = {
  telemetry: {
    ...{ source: 'nvidia-smi', intervalMs: 500, readings: 1204, longestGapMs: 1310 },
    gpus: [
      {
        ...{ index: 0, readings: 1204, powerLimitWatts: 350 },
        utilisationPercent: { min: 0, median: 97, max: 100 },
        memoryUsedBytes: { min: 2 ** 29, median: 5 * 2 ** 30, max: 6 * 2 ** 30 },
        powerWatts: { min: 61.2, median: 312.4, max: 351 },
        clockMHz: { min: 210, median: 1695, max: 1980 },
        temperatureC: { min: 34, median: 71, max: 83 },
        throttle: [{ reason: 'sw-power-cap', share: 0.125 }],
      },
      {
        ...{
          index: 1,
          readings: 1204,
          powerLimitWatts: null,
          utilisationPercent: null,
          memoryUsedBytes: null,
        },
        ...{ powerWatts: null, clockMHz: null, temperatureC: null, throttle: null },
      },
    ],
    cpu: { loadPercent: { median: 12.5, max: 88 }, frequencyMHz: null },
  },
  calibration: {
    ...{ measuredAt: '2026-11-06T01:29:30Z', requests: 150, herdmarkVersion: '0.1.0', nodeVersion: '24.0.0' },
    ttftErrorMs: { herdmark: { p50: 0.61, p99: 2.1 }, raw: { p50: 0.4, p99: 1.9 } },
    gapErrorMs: { herdmark: { p50: -0.02, p99: 0.9 }, raw: { p50: 0, p99: 0.8 } },
    e2eErrorMs: { herdmark: { p50: 0.7, p99: 2.4 }, raw: { p50: 0.5, p99: 2 } },
    eventLoopDelayMsP99: 3.2,
    chunksPerSecond: {
      herdmark: { one: 41_200, thirtyTwo: 52_000 },
      raw: { one: 98_000, thirtyTwo: 120_000 },
    },
  },
  objectives: { ttftMs: 500, e2eMs: 5000 },
  plan: {
    ...{ hash: sha256Text('a larger plan'), loads: 2, rounds: 4, warmup: 1, warmupMax: 8, requests: 32 },
    cache: 'measure',
    loadShapes: [oneAtATime, { kind: 'open', requestsPerSecond: 12.5 }],
    comparison: null,
  },
  status: 'partial',
  counts: { planned: 24, ok: 21, failed: 2, invalid: 1 },
};

const abilities = promptSet.parse({
  ...{ id: 'abilities', version: 1, title: 'Abilities' },
  prompts: [
    {
      ...{ id: 'weather', title: 'Call a tool', category: 'tools' },
      messages: [
        { role: 'user', content: 'Oslo?', images: ['AAAA'] },
        {
          ...{ role: 'assistant', content: '' },
          tool_calls: [{ function: { name: 'where', arguments: { of: 'Oslo' } } }],
        },
        { role: 'tool', content: 'Norway' },
      ],
      tools: [
        {
          type: 'function',
          function: {
            ...{ name: 'weather', description: 'Tells the weather of a city.' },
            parameters: { type: 'object', properties: { city: { type: 'string' } } },
          },
        },
      ],
      checks: [{ type: 'tool-call', name: 'weather', label: 'calls the tool' }],
    },
    {
      ...{ id: 'near', title: 'Embed three texts', category: 'embed', embed: ['a cat', 'a kitten', 'a tax'] },
      checks: [{ type: 'embedding', dimensions: 384, label: '384 dimensions' }],
    },
  ],
});

/** What a model may put into the arguments of a call that must never be more than text. */
export const hostileArgument = '</pre><img src=x onerror="document.title=\'owned\'">';

/** A run in which one model calls tools, and another embeds: neither can do what the other does. */
export function makeAbilitiesRun(): MadeRun {
  const refused = (prompt: string, reason: string): Partial<Variant> => ({
    unsupported: [{ prompt, reason }],
  });
  return makeRun({
    ...{ startedAt: '2026-11-03T02:00:00Z', machine: 'cccccccccccc', prompts: abilities },
    models: [
      {
        ...{ name: 'caller:1b', weights: 'c', ttftMs: [30, 31] },
        answers: { weather: [{ calls: [{ name: 'weather', arguments: { city: hostileArgument } }] }] },
        more: refused('near', 'caller:1b cannot embed texts (the server lists: completion, tools).'),
      },
      {
        ...{ name: 'embedder:30m', weights: 'e', ttftMs: [], decode: [] },
        answers: { near: [{ vectors: 3, dimensions: 384 }] },
        more: {
          ...refused('weather', 'embedder:30m cannot answer a prompt (the server lists: embedding).'),
          metrics: {
            ...describeMetrics({ ttftMs: [], decode: [] }),
            e2eMs: describeValues([12, 13], 'lower', 'near'),
          },
        },
      },
    ],
  });
}
