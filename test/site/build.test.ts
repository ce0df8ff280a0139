import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltSite, buildSite } from '../../site/build.ts';
import { keepRuns } from '../../site/src/data/keep-runs.ts';
import { listFilesBelow } from '../../site/src/data/write-files.ts';
import { runPath, samplesPath } from '../../src/core/history/layout.ts';
import { findBrokenLinks } from './broken-links.ts';
import { facts, type MadeRun, makeRun, writeHistory, writeRun } from './make-run.ts';
import { makeNightlyRuns } from './nightly-runs.ts';

/** As the first version of Herdmark left it, on a machine of its own. */
const oldRun = new URL('../schema/fixtures/run-1.0', import.meta.url).pathname;
const oldId = '20261124t115352z-da928d';
const runs = makeNightlyRuns().sort((a, b) => (a.run.startedAt < b.run.startedAt ? -1 : 1));
const newest = runs.at(-1) as MadeRun;
const now = new Date('2026-11-25T12:00:00Z');

let root: string;
let site: string;
let built: BuiltSite;
const at = (...path: string[]) => join(root, ...path);
const warnings: string[] = [];
const log = { info: () => undefined, warn: (line: string) => warnings.push(line) };

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'herdmark-site-'));
  site = at('site');
  for (const run of runs) await writeRun(at('runs'), run);
  await cp(oldRun, at('runs/old'), { recursive: true });
  built = await buildSite({ runsDir: at('runs'), outDir: site, now, log });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const readJson = async (path: string) => JSON.parse(await readFile(join(site, path), 'utf8'));

test('there is a page for every model and prompt, and one of each kind', async () => {
  const pages = (await listFilesBelow(site)).filter((it) => it.endsWith('.html'));
  const ofModels = ['caller-1b', 'embedder-30m', 'herdmark-tiny-v1', 'moving-latest', 'steady-135m'];
  const ofPrompts = [
    'abilities/near',
    'abilities/weather',
    'facts/capital',
    'facts/contact',
    'two/capital',
    'two/count',
  ];
  const ofKinds = ['changes', 'compare', 'methodology', 'models', 'prompts', 'run', 'runs'];
  expect(pages).toEqual(
    [
      ...['404.html', 'index.html'],
      ...ofKinds.map((it) => `${it}/index.html`),
      ...ofModels.map((it) => `models/${it}/index.html`),
      ...ofPrompts.map((it) => `prompts/${it}/index.html`),
    ].sort(),
  );
  expect(built).toMatchObject({ pages: pages.length, runs: runs.length + 1, skipped: 0 });
  expect(warnings).toEqual([]);
});

test('every link leads somewhere', async () => {
  expect(await findBrokenLinks(site, '/')).toEqual([]);
});

test('everything can be downloaded, and the index says what there is', async () => {
  const index = await readJson('data/index.json');
  expect(index).toMatchObject({
    generator: 'herdmark',
    builtAt: now.toISOString(),
    runs: runs.length + 1,
    skipped: [],
  });
  expect(index.lines.map(({ slug, nights }: { slug: string; nights: number }) => [slug, nights])).toEqual([
    ['moving-latest-aaaaaa', 6],
    ['steady-135m-aaaaaa', 5],
    ['caller-1b-cccccc', 1],
    ['embedder-30m-cccccc', 1],
    ['steady-135m-bbbbbb', 1],
    [expect.stringMatching(/^herdmark-tiny-v1-[0-9a-f]{6}$/), 1],
  ]);
  const files = await listFilesBelow(site);
  for (const id of [...runs.map(({ run }) => run.id), oldId]) {
    expect(files).toContain(`data/${runPath(id)}`);
    expect(files).toContain(`data/${samplesPath(id)}`);
  }
  expect(files).toEqual(expect.arrayContaining(['data/changes.atom', 'data/schema/run.json']));
  for (const { slug, prompts } of index.lines) {
    const names = ['nights', ...index.trends, ...prompts.map((it: string) => `prompts/${it}`)];
    expect(files).toEqual(expect.arrayContaining(names.map((it) => `data/lines/${slug}/${it}.json`)));
  }
});

test('a line is there as columns, oldest night first', async () => {
  const nights = await readJson('data/lines/moving-latest-aaaaaa/nights.json');
  expect(nights).toMatchObject({
    ...{ machine: 'aaaaaaaaaaaa', model: 'moving:latest', options: 'seed 7, temperature 0' },
    ...{
      digest: [0, 0, 0, 1, 1, 1],
      status: ['complete', 'complete', 'complete', 'complete', 'partial', 'partial'],
    },
    marks: [{ night: 3, kind: 'digest' }],
  });
  expect(nights.at[0]).toBe(Date.parse('2026-11-01T01:30:00Z'));
  expect(nights.digests).toHaveLength(2);
  const trend = await readJson('data/lines/moving-latest-aaaaaa/ttftMs.json');
  expect(trend.median).toEqual([48, 48, 48, 60, 60, 60]);
});

test('every night is a row, newest first', async () => {
  const rows = await readJson('data/runs.json');
  expect(rows.id).toHaveLength(runs.length + 1);
  expect(rows.at).toEqual([...rows.at].sort((a, b) => b - a));
  expect(rows.id[0]).toBe(oldId);
  expect(rows.variants[0].map((it: number) => rows.models[it])).toEqual(['herdmark-tiny:v1']);
});

test('nothing is asked of another host, and no page has or lets in a script or style that is not a file of its own', async () => {
  const pages = (await listFilesBelow(site)).filter((it) => it.endsWith('.html'));
  for (const page of pages) {
    const html = await readFile(join(site, page), 'utf8');
    const policy = /http-equiv="content-security-policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    expect([page, policy]).toEqual([
      page,
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'",
    ]);
    expect([page, html.match(/<style|<script(?![^>]* src=)|<[^>]+ (?:style|on\w+)=/g)]).toEqual([page, null]);
  }
});

describe('a site of a history, one night after another', () => {
  let out: string;
  let before: Map<string, { text: string; mtimeMs: number }>;
  const build = () => buildSite({ historyDir: at('history'), outDir: out, cacheDir: at('cache'), now, log });
  const stale = [
    'models/gone/index.html',
    'data/lines/gone/nights.json',
    'data/runs/1999/01/19990101t000000z-000000.json.gz',
  ];

  beforeAll(async () => {
    out = at('grown');
    await cp(oldRun, at('old/run'), { recursive: true });
    await keepRuns(at('old'), at('history'), log);
    await writeHistory(
      at('history'),
      runs.filter((it) => it !== newest),
    );
    await build();
    before = await snapshot(out);
    for (const path of stale) {
      await mkdir(dirname(join(out, path)), { recursive: true });
      await writeFile(join(out, path), '');
    }
    await writeHistory(at('history'), [newest]);
    await build();
  });

  test('is, byte for byte, the one of the folder of runs, built at once', async () => {
    const [grown, whole] = [await snapshot(out), await snapshot(site)];
    expect([...grown.keys()]).toEqual([...whole.keys()]);
    for (const [path, { text }] of whole) expect([path, grown.get(path)?.text]).toEqual([path, text]);
  });

  test('is left alone where nothing changed, and only there', async () => {
    const after = await snapshot(out);
    for (const [path, { text, mtimeMs }] of before) {
      const now = after.get(path);
      if (now !== undefined && now.text === text) expect([path, now.mtimeMs]).toEqual([path, mtimeMs]);
    }
    const line = 'data/lines/steady-135m-bbbbbb/ttftMs.json';
    expect(after.get(line)).toEqual(before.get(line));
    expect(after.get('data/runs.json')).not.toEqual(before.get('data/runs.json'));
  });

  test('loses what is no longer part of it, with the folders that are empty then', async () => {
    expect(await readdir(join(out, 'models'))).not.toContain('gone');
    expect(await readdir(join(out, 'data/lines'))).not.toContain('gone');
    expect(await readdir(join(out, 'data/runs'))).toEqual(['2026']);
  });

  test('shares its documents with the history', async () => {
    const path = runPath(newest.run.id);
    const [kept, shown] = [await stat(at('history', path)), await stat(join(out, 'data', path))];
    expect(shown.ino).toBe(kept.ino);
  });
});

test('what cannot be read is named, and not offered', async () => {
  const [first, second] = runs as [MadeRun, MadeRun];
  await writeHistory(at('some'), [first, second]);
  await truncate(at('some', runPath(second.run.id)), 20);
  await writeFile(at('some/README.md'), 'not of the site');
  const out = at('partly');
  const some = await buildSite({ historyDir: at('some'), outDir: out, base: 'repo', now, log });
  expect(some).toMatchObject({ runs: 1, skipped: 1 });
  const html = await readFile(join(out, 'runs/index.html'), 'utf8');
  expect(html).toContain(second.run.id);
  const files = await listFilesBelow(join(out, 'data'));
  expect(files).toContain(runPath(first.run.id));
  expect(files).not.toContain(runPath(second.run.id));
  expect(files).not.toContain('README.md');
  expect(await findBrokenLinks(out, '/repo/')).toEqual([]);
});

test('names that look like files of the site lie beside them', async () => {
  const of = (id: string, prompt: string) => ({
    ...facts,
    id,
    prompts: facts.prompts.map((it, at) => (at === 0 ? { ...it, id: prompt } : it)),
  });
  const sets = [
    ...[of('a.b', 'c'), of('a', 'b.c'), of('index.html', 'index.html')],
    ...[of('index', '404'), of('404.html', 'data'), of('data', 'con')],
  ];
  const odd = ['index.html', '__proto__', '..', 'Index.HTML', '404.html', 'index.html.2', 'con', 'data'];
  const made = sets.map((prompts, day) =>
    makeRun({
      startedAt: `2026-11-0${day + 1}T01:30:00Z`,
      models: odd.map((name) => ({
        ...{ name, weights: name, ttftMs: [9] },
        answers: { [prompts.prompts[0]?.id ?? '']: ['x'] },
      })),
      prompts,
    }),
  );
  await writeHistory(at('odd'), made);
  const out = at('odd-site');
  const { skipped } = await buildSite({ historyDir: at('odd'), outDir: out, now, log });
  expect(skipped).toBe(1);
  expect(warnings.at(-1)).toContain('its prompt set is called index.html');
  expect((await readdir(join(out, 'models'))).sort()).toEqual(
    [
      ...['404.html', 'con', 'data', 'index.html', 'index.html.2', 'index.html.2.2', 'index.html.3'],
      ...['model', 'proto'],
    ].sort(),
  );
  const below = async (folder: string) =>
    (await listFilesBelow(join(out, folder))).filter((it) => !it.includes('contact'));
  const names = ['404.html/data', 'a.b/c', 'a/b.c', 'data/con', 'index/404'];
  expect(await below('prompts')).toEqual([...names.map((it) => `${it}/index.html`), 'index.html'].sort());
  expect(await below('data/lines/proto-aaaaaa/prompts')).toEqual(names.map((it) => `${it}.json`));
  expect(await findBrokenLinks(out, '/')).toEqual([]);
});

async function snapshot(folder: string): Promise<Map<string, { text: string; mtimeMs: number }>> {
  const files = await listFilesBelow(folder);
  const read = files.map(async (path) => {
    const text = await readFile(join(folder, path), 'latin1');
    return [path, { text, mtimeMs: (await stat(join(folder, path))).mtimeMs }] as const;
  });
  return new Map(await Promise.all(read));
}
