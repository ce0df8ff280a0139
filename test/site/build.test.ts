import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltSite, buildSite } from '../../site/build.ts';
import { findBrokenLinks } from './broken-links.ts';
import { writeRun } from './make-run.ts';
import { makeNightlyRuns } from './nightly-runs.ts';

const runs = makeNightlyRuns();
const log = { info: () => undefined, warn: () => undefined };
let root: string;
let outDir: string;
let built: BuiltSite;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'herdmark-site-'));
  outDir = join(root, 'site');
  for (const run of runs) await writeRun(join(root, 'runs'), run);
  await mkdir(join(root, 'runs/damaged'));
  // An earlier site of ours is replaced, with all that was in it.
  await mkdir(join(outDir, 'data'), { recursive: true });
  await writeFile(join(outDir, 'data/index.json'), '{"generator":"herdmark"}');
  await writeFile(join(outDir, 'stale.html'), '');
  built = await buildSite({ runsDir: join(root, 'runs'), outDir, log });
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('there is a page for every run, model and prompt, and one of each kind', async () => {
  const kinds = ['index.html', '404.html', 'models', 'prompts', 'runs', 'numbers'];
  expect(await readdir(outDir)).toEqual(expect.arrayContaining(kinds));
  expect(await readdir(outDir)).not.toContain('stale.html');
  expect(await readdir(join(outDir, 'models'))).toEqual(['index.html', 'moving-latest', 'steady-135m']);
  expect(await readdir(join(outDir, 'prompts/facts'))).toEqual(['capital', 'contact']);
  expect(await readdir(join(outDir, 'runs'))).toHaveLength(runs.length + 1);
  expect(built).toEqual({ pages: 6 + 2 + 2 + runs.length, runs: runs.length, skipped: 1 });
});

test('every link leads somewhere', async () => {
  expect(await findBrokenLinks(outDir, '/')).toEqual([]);
});

test('what the site shows can be downloaded as it was written', async () => {
  const [first] = runs;
  if (!first) throw new Error('there are runs');
  for (const file of first.files) {
    const original = await readFile(join(root, 'runs', first.run.id, file), 'utf8');
    expect(await readFile(join(outDir, 'data', first.run.id, file), 'utf8')).toBe(original);
  }
  const index = JSON.parse(await readFile(join(outDir, 'data/index.json'), 'utf8'));
  expect(index.runs).toHaveLength(runs.length);
  expect(index.skipped).toEqual([{ name: 'damaged', reason: 'It has no summary.json.' }]);
});

test('a folder that could not be read is named on the list of runs', async () => {
  const html = await readFile(join(outDir, 'runs/index.html'), 'utf8');
  expect(html).toMatch(/damaged.*It has no summary\.json\./);
});

test('nothing is asked of another host, and no page lets a script in that is not its own', async () => {
  const html = await readFile(join(outDir, 'index.html'), 'utf8');
  const policy = /http-equiv="content-security-policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self'(?: 'sha256-[^']+')*;/);
  expect(policy).not.toContain('unsafe');
});
