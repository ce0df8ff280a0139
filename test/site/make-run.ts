import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { countChecks } from '../../src/core/checks/count-checks.ts';
import { judgeAnswer } from '../../src/core/checks/judge-answer.ts';
import { type Direction, describeReadings } from '../../src/core/distribution.ts';
import { formatDigest } from '../../src/core/render/format.ts';
import { slugify } from '../../src/core/slug.ts';
import { outputDocument, runDocument } from '../../src/schema/documents.ts';
import type { SavedOutput } from '../../src/schema/output.ts';
import { type PromptSet, promptSet } from '../../src/schema/prompt-set.ts';
import type { CheckCounts, Distribution, Metrics, Run } from '../../src/schema/run.ts';
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

export interface ModelSpec {
  name: string;
  /** The digest is made from it: another word is another model under the same tag. */
  weights: string;
  /** One reading for each timed sample; the other metrics follow from them. */
  ttftMs: number[];
  decode?: number[];
  /** By prompt: one answer for each load; a prompt that is left out was not answered. */
  answers?: Record<string, string[]>;
  options?: Run['variants'][number]['options'];
}

export interface RunSpec {
  startedAt: string;
  models: ModelSpec[];
  status?: Run['status'];
  machine?: string;
  server?: string;
  prompts?: PromptSet;
}

/** A run as the schema has it, with numbers that follow from the spec by the real statistics and the real checks. */
export function makeRun(spec: RunSpec): StoredRun {
  const {
    startedAt,
    status = 'complete',
    machine = 'aaaaaaaaaaaa',
    server = '0.11.0',
    prompts = facts,
  } = spec;
  const id = `${startedAt.replace(/[-:]|\.\d+/g, '').toLowerCase()}-${sha256Text(machine + startedAt).slice(7, 13)}`;
  const models = spec.models.map((model) => describeModel(model, prompts));
  const counts = { planned: 8, ok: 8, failed: 0, invalid: 0 };
  const run: Run = {
    ...{
      schemaVersion: '1.0',
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
      ...{ hash: sha256Text('plan'), loads: 1, rounds: 4, warmup: 1, requests: 8 },
      loadShape: { kind: 'closed', concurrency: 1 },
    },
    variants: models.map(({ variant }) => variant),
    series: models.flatMap(({ series }) => series),
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
  const { name, weights, answers = {}, options = { seed: 7, temperature: 0 } } = model;
  const digest = sha256Text(weights);
  const key = `${slugify(name)}${model.options ? '.2' : ''}-${formatDigest(digest)}`;
  const outputs: SavedOutput[] = prompts.flatMap(({ id, checks, prompt = '' }) => {
    const given = answers[id];
    if (!given) return [];
    return {
      ...{ schemaVersion: '1.0', variant: key, model: name, digest, prompt: id },
      ...{ requestHash: sha256Text(prompt), checksHash: sha256Text(JSON.stringify(checks)) },
      answers: given.map((text, block) => ({
        ...{ block, text, thinking: '', hash: sha256Text(text), doneReason: 'stop', outputTokens: 5 },
        checks: judgeAnswer(checks, text),
      })),
    };
  });
  const metrics = describeMetrics(model);
  const counts = { planned: 8, ok: 8, failed: 0, invalid: 0 };
  const count = (of: SavedOutput[]): CheckCounts =>
    countChecks(of.flatMap((it) => it.answers.map(({ checks }) => checks)));
  const variant: Run['variants'][number] = {
    ...{ key, name, digest, family: 'llama', format: 'gguf', parameterSize: '1.2B', quantization: 'Q4_K_M' },
    ...{
      sizeBytes: 10,
      trainedContext: 2048,
      contextLength: 2048,
      templateHash: null,
      capabilities: [],
      options,
    },
    ...{ think: null, memoryBytes: 10, vramBytes: 0, loadMs: describe([500], 'lower'), counts, metrics },
    checks: count(outputs),
  };
  const series: Run['series'] = prompts.map(({ id, checks, prompt = '' }) => {
    const own = outputs.filter((it) => it.prompt === id);
    return {
      ...{
        variant: key,
        prompt: id,
        requestHash: sha256Text(prompt),
        checksHash: sha256Text(JSON.stringify(checks)),
      },
      ...{ counts, metrics, checks: count(own), distinctAnswers: new Set(answers[id]).size },
    };
  });
  return { variant, series, outputs };
}

function describeMetrics({ ttftMs, decode = [100, 100, 100, 100, 100, 100] }: ModelSpec): Metrics {
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

function describe(values: readonly number[], direction: Direction): Distribution {
  const readings = values.map((value, index) => ({ sample: `s${index}`, prompt: 'capital', value }));
  return describeReadings(readings, direction);
}
