import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

it('the bundle names no folder of the machine that built it, and leaves the engine out', async () => {
  for (const file of await readdir(join(root, 'dist'))) {
    const text = await readFile(join(root, 'dist', file), 'utf8');
    expect(text.includes(root), file).toBe(false);
    expect(text.includes('node_modules/node-llama-cpp'), file).toBe(false);
  }
});

it('the artifact client is loaded only when it is needed', async () => {
  for (const entry of ['index.js', 'post.js']) {
    const text = await readFile(join(root, 'dist', entry), 'utf8');
    expect(text).not.toMatch(/^import .*"\.\/artifact\.js"/m);
    expect(text).not.toContain('node_modules/@azure/');
  }
  expect(await readFile(join(root, 'dist/artifact.js'), 'utf8')).toContain('node_modules/@azure/');
});

it('what is wrong is told, and the server asked, without loading what a benchmark needs', async () => {
  const files = ['index.js'];
  for (const file of files) {
    const text = await readFile(join(root, 'dist', file), 'utf8');
    expect(text, file).not.toMatch(
      /node_modules\/(?:systeminformation|ajv|mdast-[\w-]+|@actions\/http-client)\//,
    );
    const imported = [...text.matchAll(/^import .*"\.\/([\w-]+\.js)"/gm)].map(([, name]) => name ?? '');
    files.push(...imported.filter((name) => !files.includes(name)));
  }
  expect(files.length).toBeGreaterThan(1);
});
