import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, onTestFinished, test } from 'vitest';
import { emitSchemas } from '../../scripts/emit-schemas.ts';
import { buildSite } from '../../site/build.ts';
import { keepRuns } from '../../site/src/data/keep-runs.ts';
import { listFilesBelow } from '../../site/src/data/write-files.ts';
import { writeHistory } from './make-run.ts';
import { makeNightlyRuns } from './nightly-runs.ts';

/** Which schemas describe a file below data/: one of them has to. The first that fits the path counts. */
const kinds: [path: RegExp, schemas: string[]][] = [
  [/^index\.json$/, ['site-index']],
  [/^runs\.json$/, ['site-runs']],
  [/^changes\.json$/, ['changes']],
  [/^lines\/[^/]+\/nights\.json$/, ['site-nights']],
  [/^lines\/[^/]+\/[^/]+\.json$/, ['site-trend']],
  [/^lines\/[^/]+\/prompts\/[^/]+\/[^/]+\.json$/, ['site-prompt']],
  [/^runs\/.+\.json\.gz$/, ['history-run']],
  [/^samples\/.+\.json\.gz$/, ['history-samples']],
  [/^inputs\//, ['config', 'prompt-set', 'history-questions']],
  [/^outputs\//, ['history-answer']],
];
/** A feed, and the schemas themselves. */
const notDescribed = /^changes\.atom$|^schema\//;

async function compileAll(folder: string) {
  await emitSchemas(folder);
  const ajv = new Ajv2020({ strictTypes: false });
  addFormats.default(ajv);
  const names = await readdir(folder);
  const compile = async (name: string) =>
    [name.slice(0, -5), ajv.compile(JSON.parse(await readFile(join(folder, name), 'utf8')))] as const;
  return new Map(await Promise.all(names.map(compile)));
}

test('every file below data/ is what a schema says', async () => {
  const root = await mkdtemp(join(tmpdir(), 'herdmark-site-schemas-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [history, site] = [join(root, 'history'), join(root, 'site')];
  const log = { info: () => undefined, warn: () => undefined };
  await writeHistory(history, makeNightlyRuns());
  // As it was measured: it has a config.
  await keepRuns(new URL('../schema/fixtures', import.meta.url).pathname, history, log);
  await buildSite({ historyDir: history, outDir: site, now: new Date('2026-11-25T12:00:00Z'), log });
  const schemas = await compileAll(join(root, 'schemas'));

  const used = new Set<string>();
  for (const path of await listFilesBelow(join(site, 'data'))) {
    if (notDescribed.test(path)) continue;
    const names = kinds.find(([of]) => of.test(path))?.[1] ?? [];
    const bytes = await readFile(join(site, 'data', path));
    const document = JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
    const fitting = names.filter((name) => schemas.get(name)?.(document));
    const errors = names.map((name) => schemas.get(name)?.errors);
    expect([path, fitting.length, fitting.length === 1 ? null : errors]).toEqual([path, 1, null]);
    for (const name of fitting) used.add(name);
  }
  expect([...used].sort()).toEqual(kinds.flatMap(([, names]) => names).sort());
}, 60_000);
