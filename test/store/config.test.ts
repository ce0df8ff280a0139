import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/store/load-config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-config-'));
});

async function write(text: string): Promise<string> {
  const path = join(folder, 'herdmark.yml');
  await writeFile(path, text);
  return path;
}

describe('a config', () => {
  test('of one line takes the defaults', async () => {
    expect(await loadConfig(await write('models: [qwen3:8b]'))).toEqual({
      models: [{ name: 'qwen3:8b' }],
      ...{ prompts: 'core', loads: 3, rounds: 4, warmup: 1, pull: false, server: {} },
      options: { temperature: 0, seed: 7 },
      deadlines: { load: 600, firstToken: 300, stall: 60, total: 900 },
    });
  });

  test('gives way to what the command line says', async () => {
    const path = await write('models: [qwen3:8b]\nrounds: 8');
    expect(await loadConfig(path, { models: ['gemma3'], rounds: undefined, loads: 1 })).toMatchObject({
      ...{ models: [{ name: 'gemma3' }], rounds: 8, loads: 1 },
    });
  });

  test('need not name a model where the command line does', async () => {
    expect(await loadConfig(await write('rounds: 2'), { models: ['gemma3'] })).toMatchObject({ rounds: 2 });
    expect(await loadConfig(null, { models: ['gemma3'] })).toMatchObject({ models: [{ name: 'gemma3' }] });
  });

  test('with nothing to measure is refused', async () => {
    await expect(loadConfig(null)).rejects.toThrow(
      'No model is named: give --model NAME, or a config file with models: [NAME].',
    );
  });

  test.each([
    ['models: []', ':1:9: models: name at least one model, e.g. models: [qwen3:8b]'],
    ['models: [qwen3]\nround: 3', ':2:1: round: unknown key "round": check the spelling, or take it out'],
    ['models: [qwen3]\nrounds: many', ':2:9: rounds: expected number (found "many")'],
    ['models: [qwen3]\noptions:\n  temprature: 0', ':3:3: options.temprature: unknown key "temprature"'],
    [
      'models: ["a b"]',
      ':1:10: models[0]: an Ollama model name, e.g. "qwen3:8b" or "hf.co/org/repo:Q4_K_M" (found "a b")',
    ],
    ['models: [qwen3]\nserver: {PATH: x}', ':2:10: server.PATH: a server setting, e.g. OLLAMA_NUM_PARALLEL'],
    [
      'models: [qwen3',
      ':1:15: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('%j is refused with line and fix', async (text, expected) => {
    const path = await write(text);
    await expect(loadConfig(path)).rejects.toThrow(`${path}${expected}`);
  });

  test('override that is wrong is refused by its name', async () => {
    await expect(loadConfig(null, { models: ['gemma3'], rounds: 0 })).rejects.toThrow('rounds: Too small');
  });
});
