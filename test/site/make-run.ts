import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { countChecks } from '../../src/core/checks/count-checks.ts';
import { type Answer, judgeAnswer } from '../../src/core/checks/judge-answer.ts';
import { type Direction, describeReadings } from '../../src/core/distribution.ts';
import { type EncodedRun, encodeRun } from '../../src/core/history/encode-run.ts';
import { oneAtATime } from '../../src/core/load-shape.ts';
import { formatDigest } from '../../src/core/render/format.ts';
import { slugify } from '../../src/core/slug.ts';
import { currentSchemaVersion, outputDocument, readSample, runDocument } from '../../src/schema/documents.ts';
import type { SavedAnswer, SavedOutput } from '../../src/schema/output.ts';
import type { LoadShape, Plan } from '../../src/schema/plan.ts';
import { type PromptSet, promptSet } from '../../src/schema/prompt-set.ts';
import type { CheckCounts, Distribution, Metrics, Run, ShapeResult, Variant } from '../../src/schema/run.ts';
import type { Sample } from '../../src/schema/sample.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { writeToFolder } from '../../src/store/history/write-folder.ts';
import type { StoredRun } from '../../src/store/read-run-folder.ts';

export const facts: PromptSet = promptSet.parse({
  id: 'facts',
  version: 1,
  title: 'Facts',
  prompts: [
    {
      ...{
        id: 'capital',
        title: 'Name a capital',
        category: 'recall',
        prompt: 'What is the capital of France?',
      },
      checks: [{ type: 'facts', label: 'says Paris', present: ['Paris'] }],
    },
    {
      ...{
        id: 'contact',
        title: 'Extract a contact',
        category: 'extract',
        prompt: 'As JSON: Sam, sam@example.com',
      },
      checks: [{ type: 'json', label: 'is JSON' }],
    },
  ],
});

/** What a model answered: text, tool calls, or how many vectors of which length. */
export type SpecAnswer =
  | string
  | { calls: SavedAnswer['toolCalls'] }
  | { vectors: number; dimensions: number };

export interface ModelSpec {
  name: string;
  /** The digest is made from it: another word is another model under the same tag. */
  weights: string;
  /** One reading for each timed sample; the other metrics follow from them. */
  ttftMs: number[];
  decode?: number[];
  /** By prompt: one answer for each load; a prompt that is left out was not answered. */
  answers?: Record<string, SpecAnswer[]>;
  options?: Variant['options'];
  /** Laid over the variant. */
  more?: Partial<Variant>;
}

const sixReadings = [100, 100, 100, 100, 100, 100];
const noReadings = describeReadings([], 'lower');

export interface RunSpec {
  startedAt: string;
  models: ModelSpec[];
  status?: Run['status'];
  machine?: string;
  server?: string;
  prompts?: PromptSet;
  /** Laid over the run. */
  more?: Partial<Run>;
}

/** A run's folder, with its requests: those of the first load that was judged and timed. */
export interface MadeRun extends StoredRun {
  samples: Sample[];
}

/** A run as the schema has it, with numbers that follow from the spec by the real statistics and the real checks. */
export function makeRun(spec: RunSpec): MadeRun {
  const {
    startedAt,
    status = 'complete',
    machine = 'aaaaaaaaaaaa',
    server = '0.11.0',
    prompts = facts,
    more = {},
  } = spec;
  const id = `${startedAt.replace(/[-:]|\.\d+/g, '').toLowerCase()}-${sha256Text(machine + startedAt).slice(7, 13)}`;
  const models = spec.models.map((model) => describeModel(model, prompts));
  const counts = { planned: 8, ok: 8, failed: 0, invalid: 0 };
  const run: Run = {
    ...{
      schemaVersion: currentSchemaVersion,
      id,
      campaign: null,
      machine: { id: machine, label: `GPU ${machine.slice(0, 4)}` },
    },
    ...{
      shard: null,
      status,
      startedAt,
      finishedAt: startedAt,
      calibration: null,
      knownLoads: null,
      telemetry: null,
      objectives: {},
      counts,
      flags: [],
      failures: [],
    },
    source: { event: null, repository: null, workflowPath: null, ref: null, sha: null, pullRequest: null },
    environment: {
      os: { platform: 'linux', distro: 'Debian', release: '13', arch: 'x64' },
      cpu: { model: 'CPU', physicalCores: 4, logicalCores: 8 },
      ...{ memoryBytes: 32 * 1024 ** 3, virtual: false, gpus: null, runner: null },
      server: { version: server, settings: {} },
      herdmark: { version: '0.1.0', node: '24.0.0' },
    },
    promptSet: {
      ...{
        id: prompts.id,
        version: prompts.version,
        hash: sha256Text(JSON.stringify(prompts)),
        title: prompts.title,
      },
      prompts: prompts.prompts.map(({ id, title, category }) => ({ id, title, category })),
    },
    plan: {
      ...{ hash: sha256Text('plan'), loads: 1, rounds: 4, warmup: 1, warmupMax: 8, requests: 8 },
      ...{ cache: 'defeat', loadShapes: [oneAtATime], comparison: null },
    },
    variants: models.map(({ variant }) => variant),
    series: models.flatMap(({ series }) => series),
    ...more,
  };
  const outputs = models.flatMap((it) => it.outputs);
  const samples = models.flatMap((it) => it.samples).map((it, order) => ({ ...it, order }));
  return {
    samples: samples.map((it) => readSample(it, currentSchemaVersion)),
    ...{ folder: `/runs/${id}`, run: runDocument.schema.parse(run), promptSet: prompts },
    outputs: outputs.map((it) => outputDocument.schema.parse(it)),
    files: [
      'summary.json',
      'samples.ndjson',
      ...outputs.map((it) => `outputs/${it.variant}/${it.prompt}.json`),
    ],
  };
}

/** Writes a run's folder as a benchmark leaves it, and returns the folder. */
export async function writeRun(runsDir: string, made: MadeRun): Promise<string> {
  const { run, promptSet, outputs, samples } = made;
  const folder = join(runsDir, run.id);
  const files: [string, string][] = [
    ['summary.json', JSON.stringify(run)],
    ['samples.ndjson', samples.map((it) => `${JSON.stringify(it)}\n`).join('')],
    ['plan.json', JSON.stringify(planOf(made))],
    ['inputs/prompt-set.json', JSON.stringify(promptSet)],
    ...outputs.map((it): [string, string] => [`outputs/${it.variant}/${it.prompt}.json`, JSON.stringify(it)]),
  ];
  for (const [file, text] of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}

function planOf({ run, samples }: MadeRun): Plan {
  const { loads, rounds, warmup, warmupMax, cache, loadShapes, comparison } = run.plan;
  return {
    ...{ schemaVersion: currentSchemaVersion, promptSet: run.promptSet, seed: null },
    ...{ loads, rounds, warmup, warmupMax, cache, loadShapes, comparison },
    ...{ variants: run.variants, requests: samples.map((it) => ({ ...it, nonce: null })) },
  };
}

/** Puts runs into a history in a folder, as if they had been published. */
export async function writeHistory(folder: string, runs: readonly MadeRun[]): Promise<void> {
  for (const made of runs) await writeToFolder(folder, encodeMade(made));
}

/** What a history keeps of a run. */
export function encodeMade(made: MadeRun): EncodedRun {
  return encodeRun({ ...made, config: null }, { origin: null, hashText: sha256Text });
}

function describeModel(model: ModelSpec, { prompts }: PromptSet) {
  const { name, weights, answers = {}, options = { seed: 7, temperature: 0 }, more } = model;
  const digest = sha256Text(weights);
  const key = `${slugify(name)}${model.options ? '.2' : ''}-${formatDigest(digest)}`;
  const hashes = ({ checks, ...asked }: PromptSet['prompts'][number]) => ({
    requestHash: sha256Text(asked.prompt ?? JSON.stringify(asked)),
    checksHash: sha256Text(JSON.stringify(checks)),
  });
  const outputs: SavedOutput[] = prompts.flatMap((prompt) => {
    const given = answers[prompt.id];
    if (!given) return [];
    return {
      ...{ schemaVersion: currentSchemaVersion, variant: key, model: name, digest, prompt: prompt.id },
      ...hashes(prompt),
      answers: given.map((it, block) => saveAnswer(it, block, prompt.checks)),
    };
  });
  const metrics = describeMetrics(model, prompts[0]?.id);
  const counts = { planned: 8, ok: 8, failed: 0, invalid: 0 };
  const count = (of: SavedOutput[]): CheckCounts =>
    countChecks(of.flatMap((it) => it.answers.map(({ checks }) => checks)));
  const variant: Variant = {
    ...{ key, name, digest, family: 'llama', format: 'gguf', parameterSize: '1.2B', quantization: 'Q4_K_M' },
    ...{ sizeBytes: 10, trainedContext: 2048, contextLength: 2048, templateHash: null, capabilities: [] },
    ...{ options, think: null, memoryBytes: 10, vramBytes: 0, unsupported: [], flags: [], flagged: [] },
    ...{
      loadMs: describeValues([500], 'lower'),
      loadFromDiskMs: noReadings,
      loadFromPageCacheMs: noReadings,
    },
    ...{ counts, metrics, cachedMetrics: null },
    diagnostics: {
      ...{ iclMs: noReadings, longestGapMs: noReadings, residualMs: noReadings, transportMs: noReadings },
    },
    loadShapes: [describeShape(oneAtATime, metrics)],
    energy: { joulesPerOutputToken: null, reason: 'No tool on this machine tells the power of a GPU.' },
    checks: count(outputs),
    ...more,
  };
  const asked = prompts.filter(({ id }) => !variant.unsupported.some(({ prompt }) => prompt === id));
  const series: Run['series'] = asked.map((prompt) => {
    const own = outputs.filter((it) => it.prompt === prompt.id);
    return {
      ...{ variant: key, prompt: prompt.id, ...hashes(prompt) },
      ...{ counts, metrics: variant.metrics, checks: count(own) },
      distinctAnswers: new Set(own.flatMap((it) => it.answers.map(({ hash }) => hash))).size,
    };
  });
  return { variant, series, outputs, samples: series.flatMap((it) => makeSamples(it, model, outputs)) };
}

/** The requests of one prompt: a judged one for each answer, a timed one for each reading. */
function makeSamples(
  { variant, prompt, requestHash, checksHash }: Run['series'][number],
  { ttftMs, decode = sixReadings }: ModelSpec,
  outputs: readonly SavedOutput[],
): Sample[] {
  const common: Omit<Sample, 'id' | 'phase' | 'block' | 'round' | 'client' | 'server' | 'checks' | 'output'> =
    {
      ...{ variant, prompt, kind: 'generate', repeat: 0, order: 0, loadShape: oneAtATime, loadedFrom: null },
      ...{ cacheExpected: 'miss', scheduledMs: null, sentMs: 0, status: 'ok', flags: [], error: null },
      ...{ requestHash, checksHash },
    };
  const time = (ttft: number, rate: number | undefined) => ({
    client: {
      ...{ headersMs: ttft, firstByteMs: ttft, ttftMs: ttft, ttfaMs: ttft, e2eMs: ttft * 10, chunksMs: [] },
      tpotMs: rate === undefined ? null : 1000 / rate,
    },
    server: {
      ...{ totalNs: null, loadNs: null, promptEvalNs: null, promptEvalCount: 30, doneReason: 'stop' },
      ...{ promptEvalCachedCount: null, evalCount: rate === undefined ? null : outputTokens },
      evalNs: rate === undefined ? null : Math.round(((outputTokens - 1) / rate) * 1e9),
    },
  });
  const answers = outputs.find((it) => it.prompt === prompt)?.answers ?? [];
  const bare = answers.map(
    ({ block, hash, checks }): Sample => ({
      ...{ ...common, ...time(ttftMs[0] ?? 10, decode[0]), phase: 'bare', block, round: null },
      ...{ id: `${variant}/load${block}/bare/${prompt}/0`, checks, output: hash },
    }),
  );
  const timed = ttftMs.map(
    (ttft, round): Sample => ({
      ...{ ...common, ...time(ttft, decode[round]), phase: 'timed', block: 0, round },
      ...{ id: `${variant}/load0/timed/${round}/${prompt}/0`, checks: [], output: null },
    }),
  );
  return [...bare, ...timed];
}

const outputTokens = 20;

/** As the benchmark saves it, judged by the real checks. */
function saveAnswer(
  given: SpecAnswer,
  block: number,
  checks: PromptSet['prompts'][number]['checks'],
): SavedAnswer {
  const text = typeof given === 'string' ? given : '';
  const toolCalls = typeof given === 'object' && 'calls' in given ? given.calls : [];
  const embedding = typeof given === 'object' && 'vectors' in given ? given : null;
  const answer: Answer = {
    text,
    toolCalls: toolCalls.map((it) => ({ function: it })),
    ...(embedding === null ? {} : { embeddings: makeVectors(embedding) }),
  };
  return {
    ...{ block, text, thinking: '', toolCalls, embedding },
    hash: sha256Text(typeof given === 'string' ? given : JSON.stringify(given)),
    doneReason: embedding === null ? 'stop' : null,
    outputTokens: embedding === null ? 5 : null,
    checks: judgeAnswer(checks, answer),
  };
}

function makeVectors({ vectors, dimensions }: { vectors: number; dimensions: number }): number[][] {
  return Array.from({ length: vectors }, () => Array<number>(dimensions).fill(1));
}

/** Metrics that follow from TTFT and the decode rate. */
export function describeMetrics(
  { ttftMs, decode = sixReadings }: Pick<ModelSpec, 'ttftMs' | 'decode'>,
  prompt = 'capital',
): Metrics {
  const describe = (values: readonly number[], direction: Direction) =>
    describeValues(values, direction, prompt);
  return {
    ttftMs: describe(ttftMs, 'lower'),
    ttfaMs: describe(ttftMs, 'lower'),
    tpotMs: describe(
      decode.map((it) => 1000 / it),
      'lower',
    ),
    e2eMs: describe(
      ttftMs.map((it) => it * 10),
      'lower',
    ),
    prefillTokensPerSecond: describe([], 'higher'),
    decodeTokensPerSecond: describe(decode, 'higher'),
  };
}

/** What a model did under a load shape: eight requests in two seconds. */
export function describeShape(
  loadShape: LoadShape,
  metrics: Metrics,
  more: Partial<ShapeResult> = {},
): ShapeResult {
  return {
    ...{ loadShape, metrics, counts: { planned: 8, ok: 8, failed: 0, invalid: 0 }, wallMs: 2000 },
    ...{ requestsPerSecond: 4, outputTokensPerSecond: 20, goodput: null, ...more },
  };
}

/** Readings of a prompt; of none where it is null, as of a load. */
export function describeValues(
  values: readonly number[],
  direction: Direction,
  prompt: string | null = null,
): Distribution {
  const readings = values.map((value, index) => ({ sample: `s${index}`, prompt, value }));
  return describeReadings(readings, direction);
}
