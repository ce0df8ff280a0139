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
      ...{ prompts: 'core', loads: 3, rounds: 4, warmup: 1, warmupMax: 8, pull: false, server: {} },
      ...{ comparison: { loads: 6, rounds: 2, maxLoads: 12 }, keep: 3 },
      ...{ cache: 'defeat', concurrency: [1], requestRates: [], objectives: {} },
      ...{ busy: 'wait', busyMinutes: 10, telemetry: true, calibrate: true },
      options: { temperature: 0, seed: 7 },
      deadlines: { load: 600, firstToken: 300, stall: 60, total: 900 },
    });
  });

  test('of every kind of measurement is taken as it is written', async () => {
    const written = {
      ...{ cache: 'measure', concurrency: [1, 4, 16], requestRates: [0.5, 2], warmup: 2, warmupMax: 20 },
      ...{ objectives: { ttftMs: 200, e2eMs: 5000 }, busy: 'fail', busyMinutes: 0.5, budgetMinutes: 90 },
      ...{ telemetry: false, calibrate: false },
    };
    const path = await write(JSON.stringify({ models: ['qwen3:8b'], ...written }));
    expect(await loadConfig(path)).toMatchObject(written);
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
    ['models: [qwen3]\ncache: off', ':2:8: cache: '],
    ['models: [qwen3]\nconcurrency: [4, 0]', ':2:18: concurrency[1]: '],
    ['models: [qwen3]\nconcurrency: [1.5]', ':2:15: concurrency[0]: '],
    ['models: [qwen3]\nrequestRates: [0]', ':2:16: requestRates[0]: '],
    ['models: [qwen3]\nobjectives: {ttft: 200}', ':2:14: objectives.ttft: unknown key "ttft"'],
    ['models: [qwen3]\nbusy: kill', ':2:7: busy: '],
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
    await expect(loadConfig(null, { models: ['gemma3'], concurrency: [0] })).rejects.toThrow(
      'concurrency.0: Too small',
    );
  });
});
