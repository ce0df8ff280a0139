import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Verdict } from '../../src/schema/verdict.ts';
import { ingestRun } from '../../src/store/history/ingest-run.ts';
import { type ScriptedServer, startScriptedServer } from '../bench/scripted-server.ts';
import { makeStateFolder } from '../state-folder.ts';

const entry = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));

let server: ScriptedServer;
let folder: string;
let state: string;
/** Of tiny:v1 alone, then of both. */
let nights: string[];
beforeAll(async () => {
  server = await startScriptedServer(() => ['One', ' two', ' three.']);
  folder = await mkdtemp(join(tmpdir(), 'herdmark-against-'));
  state = await makeStateFolder();
  await writeFile(
    join(folder, 'mine.yaml'),
    'id: mine\nversion: 1\ntitle: Mine\nprompts: [{ id: one, title: One, category: c, prompt: Hi, checks: [{ type: json, not: true }] }]\n',
  );
  await bench('--model', 'tiny:v1', '--out', 'runs');
  const [first = ''] = await readdir(join(folder, 'runs'));
  await bench('--model', 'tiny:v1', '--model', 'tiny:v2', '--out', 'runs');
  // By their ids two runs of one second are in any order.
  const [second = ''] = (await readdir(join(folder, 'runs'))).filter((id) => id !== first);
  nights = [first, second];
  for (const id of nights) await ingestRun(join(folder, 'runs', id), join(folder, 'history'), null);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function bench(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const env = { ...process.env, OLLAMA_HOST: server.url, HERDMARK_STATE: state };
  const short = ['--prompts', 'mine.yaml', '--loads', '1', '--rounds', '1', '--no-telemetry'];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [entry, 'bench', ...short, ...args],
      { cwd: folder, env },
      (_, stdout, stderr) => resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

test.each<[string, string[]]>([
  ['a folder of runs', ['--against', 'runs']],
  ['a history', ['--against', 'history']],
  ['the latest of a history that is given', ['--against', 'latest', '--history', 'history']],
])('what it will be held against in %s is said before it is measured', async (_, args) => {
  const { stderr, stdout } = await bench('--model', 'tiny:v1', '--out', 'mine', '--json', ...args);
  const [first, last] = nights;
  expect(stderr).toMatch(
    new RegExp(`tiny:v1 is held against 2 runs, ${first} to ${last}\\.[\\s\\S]*Measuring: `),
  );
  const verdict: Verdict = JSON.parse(stdout);
  expect(verdict.base.runs).toEqual(nights);
  expect(
    JSON.parse(await readFile(join(folder, 'mine', `${verdict.head.runs[0]}`, 'verdict.json'), 'utf8')),
  ).toEqual(verdict);
});

test('a run that is named is base, and a model that it lacks is held against nothing', async () => {
  const args = ['--model', 'tiny:v1', '--model', 'tiny:v2', '--against', `runs/${nights[0]}`];
  const { stderr, stdout } = await bench(...args, '--out', 'mine', '--json');
  expect(stderr).toContain(`tiny:v1 is held against the run ${nights[0]}.`);
  expect(stderr).toContain(
    'tiny:v2 is in none of the earlier runs: it is measured, and held against nothing.',
  );
  const { models }: Verdict = JSON.parse(stdout);
  expect(models.map(({ head }) => head.name)).toEqual(['tiny:v1']);
});

test.each<[string, string[], string]>([
  [
    'no model of it',
    ['--model', 'a:1', '--model', 'b:1', '--against', 'runs'],
    'No earlier run has a:1, b:1',
  ],
  [
    'another machine',
    ['--model', 'tiny:v1', '--against', 'elsewhere'],
    'It has runs of a machine (0123456789ab).',
  ],
  ['no such run', ['--model', 'tiny:v1', '--against', 'history/1999'], '1999: history has no such run.'],
  [
    'another server',
    ['--model', 'tiny:v1', '--against', 'history', '--host', 'SERVER'],
    'Not the same Ollama: ',
  ],
  [
    'nothing to take from the history',
    ['--model', 'tiny:v1', '--history', 'history'],
    'add --against latest',
  ],
])('with %s it is refused before anything is measured', async (name, args, message) => {
  await using updated = name === 'another server' ? await startUpdated() : null;
  if (name === 'another machine') await moveRuns();
  const { status, stderr } = await bench(...args.map((it) => it.replace('SERVER', updated?.url ?? '')));
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('Measuring');
  expect(status).toBe(1);
});

async function startUpdated(): Promise<{ url: string } & AsyncDisposable> {
  const updated = await startScriptedServer(() => ['One']);
  updated.version = '99.0.0';
  return { url: updated.url, [Symbol.asyncDispose]: () => updated.close() };
}

/** The same runs, as if another machine had measured them. */
async function moveRuns(): Promise<void> {
  await cp(join(folder, 'runs'), join(folder, 'elsewhere'), { recursive: true });
  for (const id of nights) {
    const path = join(folder, 'elsewhere', id, 'summary.json');
    const summary = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(
      path,
      JSON.stringify({ ...summary, machine: { id: '0123456789ab', label: 'a machine' } }),
    );
  }
}
