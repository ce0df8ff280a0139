import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { countChecks } from '../../src/core/checks/count-checks.ts';
import { type Answer, judgeAnswer } from '../../src/core/checks/judge-answer.ts';
import { type Direction, describeReadings } from '../../src/core/distribution.ts';
import { oneAtATime } from '../../src/core/load-shape.ts';
import { formatDigest } from '../../src/core/render/format.ts';
import { slugify } from '../../src/core/slug.ts';
import { currentSchemaVersion, outputDocument, runDocument } from '../../src/schema/documents.ts';
import type { SavedAnswer, SavedOutput } from '../../src/schema/output.ts';
import type { LoadShape } from '../../src/schema/plan.ts';
import { type PromptSet, promptSet } from '../../src/schema/prompt-set.ts';
import type { CheckCounts, Distribution, Metrics, Run, ShapeResult, Variant } from '../../src/schema/run.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
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

/** A run as the schema has it, with numbers that follow from the spec by the real statistics and the real checks. */
export function makeRun(spec: RunSpec): StoredRun {
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
  return {
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
export async function writeRun(runsDir: string, { run, promptSet, outputs }: StoredRun): Promise<string> {
  const folder = join(runsDir, run.id);
  const files: [string, string][] = [
    ['summary.json', JSON.stringify(run)],
    ['samples.ndjson', ''],
    ['inputs/prompt-set.json', JSON.stringify(promptSet)],
    ...outputs.map((it): [string, string] => [`outputs/${it.variant}/${it.prompt}.json`, JSON.stringify(it)]),
  ];
  for (const [file, text] of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
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
  return { variant, series, outputs };
}

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
  { ttftMs, decode = [100, 100, 100, 100, 100, 100] }: Pick<ModelSpec, 'ttftMs' | 'decode'>,
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
