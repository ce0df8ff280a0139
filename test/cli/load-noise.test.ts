import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareFolders } from '../../src/compare-folders.ts';
import { planDocument } from '../../src/schema/documents.ts';
import { readRunFolder } from '../../src/store/read-run-folder.ts';
import { type ScriptedServer, startScriptedServer } from '../bench/scripted-server.ts';
import { makeStateFolder } from '../state-folder.ts';

const entry = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));

let server: ScriptedServer;
let folder: string;
beforeAll(async () => {
  server = await startScriptedServer(() => ['One', ' two', ' three.']);
  folder = await mkdtemp(join(tmpdir(), 'herdmark-noise-'));
  await writeFile(
    join(folder, 'mine.yaml'),
    'id: mine\nversion: 1\ntitle: Mine\nprompts: [{ id: one, title: One, category: c, prompt: Hi, checks: [{ type: json, not: true }] }]\n',
  );
  const ask = (...models: string[]) =>
    `prompts: mine.yaml\nmodels: [${models.join(', ')}]\ncomparison: { loads: 2, maxLoads: 2 }\n`;
  await writeFile(join(folder, 'night.yml'), ask('tiny:v1', 'tiny:v2'));
  await writeFile(join(folder, 'before.yml'), ask('tiny:v1'));
  await writeFile(join(folder, 'after.yml'), ask('tiny:v2'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function herdmark(state: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, OLLAMA_HOST: server.url, HERDMARK_STATE: state };
  const { stdout } = await promisify(execFile)(process.execPath, [entry, ...args], { cwd: folder, env });
  return stdout;
}

test('a night tells of loads, a comparison carries that, and its verdict is the same on any machine', async () => {
  const state = await makeStateFolder();
  await herdmark(state, 'bench', '--config', 'night.yml', '--no-telemetry');
  const options = ['--against', 'before.yml', '--no-telemetry', '--out', 'compared', '--json'];
  const verdict = await herdmark(state, 'bench', '--config', 'after.yml', ...options);

  const [id = expect.unreachable()] = await readdir(join(folder, 'compared'));
  const copy = join(folder, 'elsewhere', id);
  await cp(join(folder, 'compared', id), copy, { recursive: true });
  const { knownLoads } = (await readRunFolder(copy)).run;
  expect(
    knownLoads?.map(({ metric, degreesOfFreedom, nightly }) => [metric, degreesOfFreedom, nightly]),
  ).toEqual(expect.arrayContaining([['ttftMs', 2, true]]));

  // The state here has learnt from that comparison meanwhile; another machine knows nothing.
  for (const known of [state, await makeStateFolder()]) {
    expect(await herdmark(known, 'compare', copy, '--json')).toBe(verdict);
  }
  const { verdicts } = await compareFolders([copy]);
  expect(`${JSON.stringify(verdicts[0])}\n`).toBe(verdict);
});

test('a comparison that is repeated draws anew who is asked first', async () => {
  const state = await makeStateFolder();
  const options = ['--against', 'before.yml', '--no-telemetry', '--out', 'repeated'];
  for (const _ of [1, 2]) await herdmark(state, 'bench', '--config', 'after.yml', ...options);
  const runs = await readdir(join(folder, 'repeated'));
  const plans = await Promise.all(
    runs.map((id) => readFile(join(folder, 'repeated', id, 'plan.json'), 'utf8')),
  );
  const seeds = plans.map((text) => planDocument.schema.parse(JSON.parse(text)).seed);
  expect(new Set(seeds).size).toBe(2);
});
