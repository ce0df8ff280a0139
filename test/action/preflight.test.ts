import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OllamaError } from '../../src/ollama/errors.ts';
import { findObstacles, refuseObstacles } from '../../src/preflight.ts';

function find(
  models: string[],
  tags: () => Promise<string[]>,
  { outDir = join(tmpdir(), 'not/there'), pull = false } = {},
) {
  const client = { tags: async () => (await tags()).map((name) => ({ name })) };
  const asked = models.map((name) => ({ name }));
  return findObstacles({ models: asked, pull, host: 'http://gpu:11434', outDir }, client);
}

it('finds none where the server has the models and the disk has room', async () => {
  expect(await find(['qwen3:8b', 'tiny'], async () => ['QWEN3:8b', 'tiny:latest'])).toEqual([]);
});

it('names each model that is missing, and what the server has', async () => {
  expect(await find(['qwen3:8b', 'a:1', 'b'], async () => ['qwen3:8b'])).toEqual([
    'Model "a:1" is not on http://gpu:11434. Fetch it with `ollama pull a:1`, set `pull: true` in the config, or mend its name. The server has: qwen3:8b.',
    expect.stringContaining('Model "b" is not on'),
  ]);
  expect((await find(['a'], async () => []))[0]).toContain('The server has no models.');
  const many = Array.from({ length: 12 }, (_, n) => `m:${n}`);
  expect((await find(['a'], async () => many))[0]).toMatch(/m:8, m:9, and 2 more\.$/);
});

it('leaves missing models to a run that may pull them', async () => {
  expect(await find(['a'], async () => [], { pull: true })).toEqual([]);
});

it('explains the ways to reach a server only where it is out of reach', async () => {
  const failWith = (code: 'unreachable' | 'server-error') => async () => {
    throw new OllamaError(code, 'It said no.');
  };
  expect(await find(['a'], failWith('unreachable'))).toEqual([
    expect.stringMatching(
      /^It said no\.\n.*http:\/\/gpu:11434:\n.*ollama serve.*\n.*docker run.*\n.*OLLAMA_HOST=0\.0\.0\.0/,
    ),
  ]);
  expect(await find(['a'], failWith('server-error'))).toEqual(['It said no.']);
});

// A file system that never has room.
it.runIf(process.platform === 'linux')('finds a full disk, along with what else is wrong', async () => {
  expect(await find(['a'], async () => [], { outDir: '/proc/no/such/folder' })).toEqual([
    expect.stringContaining('Model "a" is not on'),
    '/proc/no/such/folder has 0 B left, and a run needs up to 256 MiB: make room, or choose another folder.',
  ]);
});

it('refuses with all obstacles at once', () => {
  expect(() => refuseObstacles([])).not.toThrow();
  expect(() => refuseObstacles(['No room.'])).toThrow('The benchmark cannot start.\nNo room.');
  expect(() => refuseObstacles(['No room.', 'No server.'])).toThrow(
    'The benchmark cannot start.\n1. No room.\n2. No server.',
  );
});
