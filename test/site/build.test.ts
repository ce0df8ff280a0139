import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltSite, buildSite } from '../../site/build.ts';
import { findBrokenLinks } from './broken-links.ts';
import { writeRun } from './make-run.ts';
import { makeNightlyRuns } from './nightly-runs.ts';

const runs = makeNightlyRuns();
/** As the first version of Herdmark left it, on a machine of its own. */
const oldRun = new URL('../schema/fixtures/run-1.0', import.meta.url).pathname;
const oldId = '20261124t115352z-da928d';
const log = { info: () => undefined, warn: () => undefined };
let root: string;
let outDir: string;
let built: BuiltSite;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'herdmark-site-'));
  outDir = join(root, 'site');
  for (const run of runs) await writeRun(join(root, 'runs'), run);
  await cp(oldRun, join(root, 'runs/old'), { recursive: true });
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
  const models = ['caller-1b', 'embedder-30m', 'herdmark-tiny-v1', 'moving-latest', 'steady-135m'];
  expect(await readdir(join(outDir, 'models'))).toEqual(expect.arrayContaining(models));
  const prompts = await readdir(join(outDir, 'prompts'), { recursive: true });
  expect(prompts.filter((it) => /^\w+\/\w+$/.test(it) && !it.endsWith('.html')).sort()).toEqual([
    ...['abilities/near', 'abilities/weather', 'facts/capital', 'facts/contact', 'two/capital', 'two/count'],
  ]);
  expect(await readdir(join(outDir, 'runs'))).toEqual(
    expect.arrayContaining([oldId, ...runs.map(({ run }) => run.id)]),
  );
  const pages = 6 + models.length + 6 + runs.length + 1;
  expect(built).toEqual({ pages, runs: runs.length + 1, skipped: 1 });
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
  expect(index.runs).toHaveLength(runs.length + 1);
  expect(index.skipped).toEqual([{ name: 'damaged', reason: 'It has no summary.json.' }]);
});

/** What a page says, without its markup. */
async function readText(page: string): Promise<string> {
  const html = await readFile(join(outDir, page), 'utf8');
  const body = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  return body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

test('a run of schema 1.0 is shown, and what it does not have is not made up', async () => {
  const text = await readText(`runs/${oldId}/index.html`);
  expect(text).toContain('No flag was raised: every answered request counts.');
  expect(text).toContain('This run is of a Herdmark that measured one request at a time only.');
  expect(text).toContain('The machine was not watched in this run.');
  expect(text).toContain('The client’s own error was not measured for this run.');
  expect(text).toContain('unknown: This version of Herdmark did not measure it.');
});

test('a run says what there is to say against its models, and where that is explained', async () => {
  const id = runs.find(({ run }) => run.startedAt === '2026-11-06T01:30:00Z')?.run.id;
  const text = await readText(`runs/${id}/index.html`);
  expect(text).toContain('queued moving:latest 1 sample out of every timing 816 ms of the server’s time');
  expect(text).toContain(
    'warmup-unsettled moving:latest the model, 2 times a remark After 8 requests in load 1',
  );
  expect(text).toContain('output-too-short moving:latest 4 samples out of TPOT and decode 2 output tokens');
  expect(text).toContain(
    '12.5 a second 6 of 8 4.00 req/s 20.0 tok/s 1.60 s 16.0 s 24.0 s 0.500 req/s (1 of 8)',
  );
  expect(text).toContain('sw-power-cap in 12.5 % of the readings');
  expect(text).toMatch(/GPU 1 Utilisation unknown Memory used unknown .* Held down by unknown/);
  const html = await readFile(join(outDir, `runs/${id}/index.html`), 'utf8');
  expect(html).toContain('href="/numbers/#flag-queued"');
  expect(html).not.toContain('#flag-from-tomorrow');
  expect(await readFile(join(outDir, 'numbers/index.html'), 'utf8')).toContain('id="flag-queued"');
});

test('a model’s page has all of its latest run: the cache, the loads, the diagnostics, the machine', async () => {
  const text = await readText('models/moving-latest/index.html');
  for (const row of [
    'TTFT, cached 3 6.00 ms',
    'from disk 1 2.10 s',
    'from the page cache 1 500 ms',
    'Longest gap 3 35.0 ms',
    'Energy per output token 0.412 J',
    'TTFT 0.610 ms 2.10 ms 0.400 ms 1.90 ms',
    'Event-loop delay, p99 3.20 ms',
    '1,204 readings, every 500 ms, at most 1.31 s apart. GPUs by nvidia-smi.',
  ]) {
    expect(text).toContain(row);
  }
});

test('tool calls and embeddings are answers, and a model that cannot give them was not asked', async () => {
  const weather = await readText('prompts/abilities/weather/index.html');
  expect(weather).toContain('Calls a tool');
  expect(weather).toContain('not asked embedder:30m embedder:30m cannot answer a prompt');
  expect(weather).toContain('tool that may be called');
  expect(await readText('prompts/abilities/near/index.html')).toContain('3 vectors of 384 dimensions');
  expect(await readText('models/caller-1b/index.html')).toContain('caller:1b cannot embed texts');
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
