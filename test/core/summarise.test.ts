import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listLoadShapes } from '../../src/core/load-shape.ts';
import { type PlanInput, planRun } from '../../src/core/plan.ts';
import { summariseSamples } from '../../src/core/summarise.ts';
import type { Plan, PlannedRequest } from '../../src/schema/plan.ts';
import { prompt } from '../../src/schema/prompt-set.ts';
import { run } from '../../src/schema/run.ts';
import type { Sample } from '../../src/schema/sample.ts';

const hashText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const digest = hashText('model');
const contact = prompt.parse({
  ...{ id: 'contact', title: 'Contact', category: 'extract', prompt: 'As JSON', checks: [{ type: 'json' }] },
});
const input: PlanInput = {
  variants: [{ key: 'a-00000000', name: 'a', digest, options: {}, think: null, unsupported: [] }],
  promptSet: { id: 'core', version: 1, hash: digest, prompts: [contact] },
  ...{ loads: 2, rounds: 2, warmup: 1, warmupMax: 1, cache: 'defeat' },
  ...{ loadShapes: listLoadShapes([], []), hashText },
};
/** Of each load: the load, a warm-up, a bare request and, in orders 3, 4 and 8, 9, two timed ones. */
const plan = planRun(input);
const checksHashes = new Map([['contact', hashText('checks')]]);

/** Every planned request answered: a load in 500 ms, any other in its `order` × 10 ms, one after the other. */
function answer(request: PlannedRequest, change: Partial<Sample> = {}): Sample {
  const { nonce: _, ...planned } = request;
  const isLoad = request.phase === 'load';
  const e2eMs = isLoad ? 500 : request.order * 10;
  return {
    ...planned,
    ...{ sentMs: request.order * 1000, scheduledMs: null, status: 'ok', flags: [], error: null },
    ...{ checksHash: null, loadedFrom: null },
    client: { headersMs: 1, firstByteMs: 1, ttftMs: 2, ttfaMs: 2, tpotMs: 1, e2eMs, chunksMs: [2, 4, 9] },
    server: isLoad
      ? null
      : {
          ...{ totalNs: (e2eMs - 1) * 1e6, loadNs: 1_000_000, promptEvalNs: 10_000_000, evalNs: 10_000_000 },
          ...{ promptEvalCount: 10, promptEvalCachedCount: null, evalCount: 11, doneReason: 'stop' },
        },
    checks:
      request.phase === 'bare'
        ? [{ type: 'json', label: 'JSON', pass: true, reason: 'It parses.', jsonForm: 'bare' }]
        : [],
    output: isLoad ? null : hashText('{}'),
    ...change,
  };
}

const noTimes = {
  headersMs: null,
  firstByteMs: null,
  ttftMs: null,
  ttfaMs: null,
  tpotMs: null,
  chunksMs: [],
};

const summarise = (samples: readonly Sample[], of: Plan = plan) =>
  summariseSamples(of, samples, checksHashes);
/** What is found of the one variant, where of the requests these went otherwise. */
function summariseWith(change: (request: PlannedRequest) => Partial<Sample>, of: Plan = plan) {
  const { variants, ...found } = summarise(
    of.requests.map((it) => answer(it, change(it))),
    of,
  );
  const variant = variants['a-00000000'];
  if (variant === undefined) throw new Error('The variant is missing.');
  return { ...found, variant };
}

describe('a summary', () => {
  test('measures timed samples, judges bare ones, times loads, and mixes none of them', () => {
    const { counts, failures, series, variant } = summariseWith(() => ({}));
    expect(counts).toEqual({ planned: 8, ok: 8, failed: 0, invalid: 0 });
    expect(failures).toEqual([]);
    expect(series).toHaveLength(1);
    expect(series[0]?.counts).toEqual({ planned: 6, ok: 6, failed: 0, invalid: 0 });
    expect(series[0]?.metrics.e2eMs).toMatchObject({
      ...{ n: 4, mean: 60, median: 60, max: 90 },
      slowest: { sample: 'a-00000000/load1/timed/1/contact/0', prompt: 'contact', value: 90 },
    });
    expect(series[0]?.metrics.decodeTokensPerSecond).toMatchObject({ n: 4, median: 1000 });
    expect(series[0]?.checks).toEqual({
      ...{ total: 2, passed: 2, answers: 2, answersPassed: 2 },
      ...{ jsonExpected: 2, jsonParseFailures: 0, jsonFenced: 0 },
    });
    expect(variant.loadMs).toMatchObject({ n: 2, median: 500 });
    expect(variant.metrics).toEqual(series[0]?.metrics);
    expect(variant.cachedMetrics).toBeNull();
  });

  test('is what the contract takes', () => {
    const { variant, ...found } = summariseWith(() => ({}));
    const { variants, ...fields } = run.shape;
    for (const [key, value] of Object.entries(variant)) {
      expect(variants.element.shape[key as keyof typeof variant].parse(value)).toEqual(value);
    }
    for (const [key, value] of Object.entries(found)) {
      expect(fields[key as keyof typeof found].parse(value)).toEqual(value);
    }
  });

  test('names the bare request and its checks, by which runs are compared', () => {
    const [only] = summarise([]).series;
    expect(only?.requestHash).toBe(plan.requests.find(({ phase }) => phase === 'bare')?.requestHash);
    expect(only?.checksHash).toBe(hashText('checks'));
  });

  test('does not count warm-up, of which there may be none or much, but tells where it failed', () => {
    const more = planRun({ ...input, warmupMax: 8 });
    const settled = more.requests.filter(({ phase, repeat }) => phase !== 'warmup' || repeat < 3);
    expect(
      summarise(
        settled.map((it) => answer(it)),
        more,
      ).counts,
    ).toEqual({
      ...{ planned: 8, ok: 8, failed: 0, invalid: 0 },
    });
    const error = { code: 'stalled', message: 'Nothing came for 60 s.' };
    const { counts, failures } = summariseWith(({ phase }) =>
      phase === 'warmup' ? { status: 'failed', error, client: null, server: null } : {},
    );
    expect(counts).toEqual({ planned: 8, ok: 8, failed: 0, invalid: 0 });
    expect(failures.map(({ sample }) => sample)).toEqual([
      'a-00000000/load0/warmup/warmup-1/0',
      'a-00000000/load1/warmup/warmup-1/0',
    ]);
  });

  test('counts failed and invalid samples, gives their reasons, and keeps them out of the numbers', () => {
    const error = { code: 'stall-deadline', message: 'Nothing came for 60 s.' };
    const { counts, failures, series, variant } = summariseWith(({ order }) => {
      if (order === 3) return { status: 'failed', error, client: null, server: null, output: null };
      return order === 9 ? { status: 'invalid', flags: [{ code: 'queued', reason: 'It waited.' }] } : {};
    });
    expect(counts).toEqual({ planned: 8, ok: 6, failed: 1, invalid: 1 });
    expect(failures).toEqual([{ sample: 'a-00000000/load0/timed/0/contact/0', ...error }]);
    expect(series[0]?.metrics.e2eMs).toMatchObject({ n: 2, median: 60, max: 80 });
    expect(variant.loadShapes[0]?.counts).toEqual({ planned: 4, ok: 2, failed: 1, invalid: 1 });
  });

  test('of a run that stopped early has what there is', () => {
    const { counts, series } = summarise(plan.requests.slice(0, 3).map((it) => answer(it)));
    expect(counts).toEqual({ planned: 8, ok: 2, failed: 0, invalid: 0 });
    expect(series[0]?.metrics.e2eMs).toMatchObject({ n: 0, median: null, slowest: null });
    expect(series[0]?.checks.answers).toBe(1);
  });

  test('says where a model disagrees with itself from load to load', () => {
    const other = ({ block, phase }: PlannedRequest) =>
      block === 1 && phase === 'bare' ? { output: hashText('[]') } : {};
    expect(summariseWith(other).series[0]?.distinctAnswers).toBe(2);
    const invalid = (it: PlannedRequest) => ({ ...other(it), status: 'invalid' as const });
    expect(summariseWith(invalid).series[0]?.distinctAnswers).toBe(0);
  });

  test('has no series of a variant that was asked nothing', () => {
    const unsupported = [{ prompt: 'contact', reason: 'a cannot see images.' }];
    const [variant] = input.variants;
    const nothing = planRun({ ...input, variants: variant ? [{ ...variant, unsupported }] : [] });
    const { series, counts, variants } = summarise([], nothing);
    expect(series).toEqual([]);
    expect(counts).toEqual({ planned: 0, ok: 0, failed: 0, invalid: 0 });
    expect(variants['a-00000000']?.metrics.e2eMs.n).toBe(0);
  });
});

test('flags are counted by code, the most frequent first, with what the first of them says', () => {
  const flag = (code: string, reason: string) => ({ code, reason });
  const { variant } = summariseWith(({ order, phase }) => {
    if (phase === 'warmup') return { flags: [flag('output-too-short', 'Of a warm-up.')] };
    if (order === 3)
      return { status: 'invalid', flags: [flag('queued', 'It waited.'), flag('retried', 'Twice.')] };
    return order === 4 || order === 8 ? { flags: [flag('output-too-short', `Of ${order}.`)] } : {};
  });
  expect(variant.flagged).toEqual([
    { code: 'output-too-short', samples: 2, reason: 'Of 4.' },
    { code: 'queued', samples: 1, reason: 'It waited.' },
    { code: 'retried', samples: 1, reason: 'Twice.' },
  ]);
  expect(variant.metrics.e2eMs.n).toBe(3);
  expect(variant.metrics.decodeTokensPerSecond.n).toBe(1);
});

test('loads are told apart by where the weights came from, and those that failed are none', () => {
  const { variant } = summariseWith(({ phase, block, order }) => {
    if (phase !== 'load') return {};
    const client = { ...noTimes, e2eMs: 500 + order };
    return block === 0 ? { loadedFrom: 'disk', client } : { loadedFrom: 'page-cache', client };
  });
  expect(variant.loadMs).toMatchObject({ n: 2, median: 502.5 });
  expect(variant.loadFromDiskMs).toMatchObject({ n: 1, median: 500 });
  expect(variant.loadFromPageCacheMs).toMatchObject({ n: 1, median: 505 });
  const failed = summariseWith(({ phase, block }) =>
    phase === 'load' && block === 1 ? { status: 'failed', client: null } : {},
  );
  expect(failed.variant.loadMs.n).toBe(1);
  expect(failed.variant.loadFromDiskMs.n).toBe(0);
});

test('diagnostics are of what is measured', () => {
  const { variant } = summariseWith(() => ({}));
  const { iclMs, longestGapMs, residualMs, transportMs } = variant.diagnostics;
  // Orders 3, 4, 8 and 9: residuals of 30, 40, 80 and 90 ms less 22 ms.
  expect(residualMs).toMatchObject({ n: 4, median: 38, slowest: { value: 68 } });
  expect(transportMs).toMatchObject({ n: 4, median: 1 });
  expect(iclMs).toMatchObject({ n: 4, median: 3.5 });
  expect(longestGapMs).toMatchObject({ n: 4, median: 5 });
});

describe('where the cache is measured', () => {
  const measured = planRun({ ...input, cache: 'measure', loads: 1 });
  /** In turn: 1000 tokens a second into the prompt, then all of it out of the cache. */
  const { series, variant, counts } = summariseWith(
    ({ cacheExpected, order }) => (cacheExpected === 'hit' ? { client: { ...noTimes, e2eMs: order } } : {}),
    measured,
  );

  test('what came out of it is summarised apart', () => {
    // Order 3 and 5 miss it, 4 and 6 hit it.
    expect(variant.metrics.e2eMs).toMatchObject({ n: 2, median: 40 });
    expect(variant.cachedMetrics?.e2eMs).toMatchObject({ n: 2, median: 5 });
    expect(variant.metrics.prefillTokensPerSecond).toMatchObject({ n: 2, median: 1000 });
    expect(variant.cachedMetrics?.prefillTokensPerSecond.n).toBe(0);
    expect(series[0]?.metrics.e2eMs.n).toBe(2);
    expect(variant.diagnostics.transportMs.n).toBe(2);
  });

  test('all requests are counted, and those of a series in it', () => {
    expect(counts).toMatchObject({ planned: 6, ok: 6 });
    expect(series[0]?.counts).toMatchObject({ planned: 3, ok: 3 });
  });

  test('throughput is of all that were sent, as it is over the time of all', () => {
    const [alone] = variant.loadShapes;
    expect(alone?.counts).toMatchObject({ planned: 4, ok: 4 });
    expect(alone?.metrics.e2eMs.n).toBe(2);
    // From order 3 at 3000 ms to the end of order 6, after 6006 ms.
    expect(alone).toMatchObject({ wallMs: 3006, requestsPerSecond: 4000 / 3006 });
  });
});

describe('load shapes', () => {
  const shaped = planRun({ ...input, loads: 1, loadShapes: listLoadShapes([4], [0.5]) });
  /** Orders 3, 4 one at a time; 5, 6 four at a time; 7, 8 at a rate, 100 ms after they were due. */
  const late = ({ loadShape, order }: PlannedRequest) =>
    loadShape.kind === 'open' ? { scheduledMs: order * 1000 - 100 } : {};
  const { variant, series, counts } = summariseWith(late, shaped);

  test('are summarised one by one, in the order of the plan', () => {
    expect(variant.loadShapes.map(({ loadShape }) => loadShape)).toEqual(shaped.loadShapes);
    expect(variant.loadShapes.map(({ counts: { planned, ok } }) => [planned, ok])).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
    expect(variant.loadShapes.map(({ metrics }) => metrics.e2eMs.median)).toEqual([35, 55, 175]);
    expect(variant.loadShapes.map(({ wallMs }) => wallMs)).toEqual([1040, 1060, 1180]);
    expect(variant.loadShapes.map(({ goodput }) => goodput)).toEqual([null, null, null]);
  });

  test('but one at a time are in no series, and in no metric of the variant', () => {
    expect(counts).toMatchObject({ planned: 8, ok: 8 });
    expect(series[0]?.counts).toMatchObject({ planned: 3, ok: 3 });
    expect(series[0]?.metrics.e2eMs).toMatchObject({ n: 2, median: 35 });
    expect(variant.metrics.e2eMs.n).toBe(2);
    expect(variant.diagnostics.transportMs.n).toBe(2);
  });

  test('are held against the objectives', () => {
    const samples = shaped.requests.map((it) => answer(it, late(it)));
    const { variants } = summariseSamples(shaped, samples, checksHashes, { e2eMs: 170 });
    expect(variants['a-00000000']?.loadShapes.map(({ goodput }) => [goodput?.met, goodput?.of])).toEqual([
      [2, 2],
      [2, 2],
      [1, 2],
    ]);
  });
});
