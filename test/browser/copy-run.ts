import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Text } from '../../src/store/hash-text.ts';

/** What of a copy is otherwise than of the run that it is made of. */
export interface CopyChanges {
  id: string;
  startedAt: string;
  /** All times, by so much. */
  slower?: number;
  /** Ollama's version. */
  server?: string;
  /** By prompt: another answer in every load, and whether its checks pass. */
  answers?: Record<string, { text: string; pass: boolean }>;
  /** A second model that did the same, so much slower. */
  twin?: { key: string; name: string; slower: number };
}

// biome-ignore lint/suspicious/noExplicitAny: documents of an old schema, which only a reader knows
type Json = any;

/** Copies a run's folder into a folder of runs, as if it had been measured on another night. */
export async function copyRun(from: string, runsDir: string, changes: CopyChanges): Promise<string> {
  const { id, startedAt, slower = 1, server, answers = {}, twin } = changes;
  const folder = join(runsDir, id);
  await cp(from, folder, { recursive: true });
  await edit(join(folder, 'summary.json'), (run) => {
    Object.assign(run, { id, startedAt, finishedAt: startedAt });
    if (server !== undefined) run.environment.server.version = server;
  });
  await edit(join(folder, 'samples.ndjson'), (sample) => {
    slowDown(sample, slower);
    const answer = answers[sample.prompt];
    if (sample.phase !== 'bare' || answer === undefined) return;
    sample.output = sha256Text(answer.text);
    for (const check of sample.checks) check.pass = answer.pass;
  });
  for (const variant of await readdir(join(folder, 'outputs'))) {
    for (const [prompt, { text, pass }] of Object.entries(answers)) {
      await edit(join(folder, 'outputs', variant, `${prompt}.json`), (output) => {
        for (const answer of output.answers) {
          Object.assign(answer, { text, hash: sha256Text(text) });
          for (const check of answer.checks) check.pass = pass;
        }
      });
    }
  }
  if (twin !== undefined) await addTwin(folder, twin);
  return folder;
}

async function addTwin(
  folder: string,
  { key, name, slower }: NonNullable<CopyChanges['twin']>,
): Promise<void> {
  let known = '';
  await edit(join(folder, 'summary.json'), (run) => {
    known = run.variants[0].key;
    run.variants.push({ ...run.variants[0], key, name });
    run.series.push(...run.series.map((it: Json) => ({ ...it, variant: key })));
  });
  const lines = (await readFile(join(folder, 'samples.ndjson'), 'utf8')).trim().split('\n');
  const twins = lines.map((line) => {
    const sample = JSON.parse(line.replaceAll(known, key));
    return JSON.stringify(slowDown({ ...sample, order: sample.order + lines.length }, slower));
  });
  await writeFile(join(folder, 'samples.ndjson'), [...lines, ...twins, ''].join('\n'));
  await cp(join(folder, 'outputs', known), join(folder, 'outputs', key), { recursive: true });
  for (const file of await readdir(join(folder, 'outputs', key))) {
    await edit(join(folder, 'outputs', key, file), (output) =>
      Object.assign(output, { variant: key, model: name }),
    );
  }
}

/** JSON, or several lines of it. */
async function edit(path: string, change: (document: Json) => void): Promise<void> {
  const isLines = path.endsWith('.ndjson');
  const text = await readFile(path, 'utf8');
  const documents = (isLines ? text.trim().split('\n') : [text]).map((it) => JSON.parse(it));
  for (const document of documents) change(document);
  await writeFile(path, documents.map((it) => `${JSON.stringify(it)}\n`).join(''));
}

function slowDown(sample: Json, slower: number): Json {
  for (const [name, value] of Object.entries<Json>(sample.client ?? {})) {
    sample.client[name] = scale(value, slower);
  }
  for (const name of ['totalNs', 'loadNs', 'promptEvalNs', 'evalNs']) {
    if (typeof sample.server?.[name] === 'number') {
      sample.server[name] = Math.round(sample.server[name] * slower);
    }
  }
  return sample;
}

function scale(value: Json, slower: number): Json {
  if (Array.isArray(value)) return value.map((it) => scale(it, slower));
  return typeof value === 'number' ? value * slower : value;
}
