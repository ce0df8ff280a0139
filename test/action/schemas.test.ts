import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, it, onTestFinished } from 'vitest';
import { emitSchemas } from '../../scripts/emit-schemas.ts';
import { makeRun, makeVariant } from '../blank-run.ts';

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
    ['config', 'output', 'plan', 'prompt-set', 'run', 'sample'].map((name) => `${name}.json`),
  );
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
  expect(takes({ models: ['qwen3:8b'], runds: 3 })).toBe(false);
});
