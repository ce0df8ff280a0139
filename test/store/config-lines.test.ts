import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { configLinesFile, findConfigLines, readConfigLines } from '../../src/store/config-lines.ts';

let folder: string;
const here = process.cwd();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-lines-'));
  process.chdir(folder);
});
afterEach(() => process.chdir(here));

const write = (text: string) => writeFile('herdmark.yml', text);

test('each model has the line on which it is asked for', async () => {
  await write('loads: 3\nmodels:\n  - qwen3:8b\n  - name: gemma3:4b\n    options: { num_ctx: 8192 }\n');
  expect(await findConfigLines('herdmark.yml')).toEqual({
    file: 'herdmark.yml',
    models: { 'qwen3:8b': 3, 'gemma3:4b': 4 },
  });
});

test.each([
  ['outside the workspace', '../other/herdmark.yml'],
  ['an absolute path', '/etc/herdmark.yml'],
])('a file %s is not marked', async (_, path) => {
  expect(await findConfigLines(path)).toBeNull();
});

test('what a run holds is taken only if it is fit to be marked', async () => {
  await mkdir(join(folder, 'inputs'));
  const keep = (value: unknown) => writeFile(join(folder, configLinesFile), JSON.stringify(value));
  expect(await readConfigLines(folder)).toBeNull();
  await keep({ file: 'herdmark.yml', models: { a: 1 } });
  expect(await readConfigLines(folder)).toEqual({ file: 'herdmark.yml', models: { a: 1 } });
  await keep({ file: '../../secret', models: { a: 1 } });
  expect(await readConfigLines(folder)).toBeNull();
  await keep({ file: 'herdmark.yml', models: { a: -1 } });
  expect(await readConfigLines(folder)).toBeNull();
});
