import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runDocument } from '../../src/schema/documents.ts';
import { readDocument } from '../../src/schema/version.ts';
import { type ScriptedServer, startScriptedServer } from '../bench/scripted-server.ts';
import { makeStateFolder } from '../state-folder.ts';

const entry = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));

let server: ScriptedServer;
let folder: string;
let state: string;
beforeAll(async () => {
  state = await makeStateFolder();
  server = await startScriptedServer(() => ['One', ' two', ' three.']);
  folder = await mkdtemp(join(tmpdir(), 'herdmark-cli-'));
  await mkdir(join(folder, 'no-runs'));
  await writeFile(join(folder, 'wrong.yml'), 'models: [a]\nround: 3\n');
  await writeFile(
    join(folder, 'mine.yaml'),
    'id: mine\nversion: 1\ntitle: Mine\nprompts: [{ id: one, title: One, category: c, prompt: Hi, checks: [{ type: json, not: true }] }]\n',
  );
});
afterAll(() => server.close());

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command as a person does, in a folder of its own. */
function herdmark(...args: string[]): Promise<Outcome> {
  const env = {
    ...process.env,
    ...{ OLLAMA_HOST: server.url, HERDMARK_STATE: state, GITHUB_TOKEN: '', GITHUB_REPOSITORY: undefined },
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [entry, ...args], { cwd: folder, env }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

const short = ['--model', 'tiny:v1', '--prompts', 'mine.yaml', '--loads', '1', '--rounds', '1'];

describe('herdmark bench', () => {
  test('measures, prints a table, and says where the run is', async () => {
    const { status, stdout, stderr } = await herdmark('bench', ...short);
    expect(stderr).toMatch(
      /Measuring: 3 requests\.[\s\S]*The run is in \.herdmark\/runs\/\d{8}t\d{6}z-[0-9a-f]{6}/,
    );
    expect(stdout).toMatch(
      /model +TTFT +TPOT[\s\S]*tiny:v1[\s\S]*complete: 3 of 3 requests ok, 0 failed, 0 invalid/,
    );
    expect(status).toBe(0);
  });

  test('prints the run report alone on standard output with --json', async () => {
    const { stdout } = await herdmark('bench', ...short, '--json');
    expect(readDocument(runDocument, JSON.parse(stdout))).toMatchObject({
      status: 'complete',
      variants: [{ name: 'tiny:v1' }],
      calibration: { requests: 40 },
    });
  });

  test('takes load shapes and cache modes as options', async () => {
    const options = ['--concurrency', '1,2', '--request-rates', '50', '--cache', 'allow', '--no-telemetry'];
    const { stdout } = await herdmark('bench', ...short, ...options, '--json');
    expect(readDocument(runDocument, JSON.parse(stdout))).toMatchObject({
      telemetry: null,
      plan: {
        cache: 'allow',
        loadShapes: [{ concurrency: 1 }, { concurrency: 2 }, { requestsPerSecond: 50 }],
      },
    });
  });
});

test.each<[string, string[], string]>([
  ['nothing to measure', ['bench'], 'No model is named: give --model NAME'],
  ['a model that is not there', ['bench', '--model', 'other'], 'Fetch it with `ollama pull other`'],
  [
    'a server that is not there',
    ['bench', '--model', 'a', '--host', '127.0.0.1:1'],
    'start it with `ollama serve`',
  ],
  ['a host that is none', ['bench', '--model', 'a', '--host', 'a b'], 'it is not an address'],
  ['a wrong config', ['bench', '--config', 'wrong.yml'], 'wrong.yml:2:1: round: unknown key "round"'],
  ['a config that is not there', ['bench', '--config', 'none.yml'], 'none.yml: there is no such config'],
  ['a wrong number', ['bench', '--rounds', '0'], 'a whole number of at least 1 is needed'],
  ['a wrong list', ['bench', '--concurrency', '1,two'], 'a whole number of at least 1 is needed'],
  ['a wrong rate', ['bench', '--request-rates', '0'], 'a number above zero is needed'],
  ['a word that is none', ['bench', '--cache', 'off'], 'Allowed choices are defeat, allow, measure'],
  ['an output that cannot be written', ['bench', ...short, '--out', 'wrong.yml/x'], 'choose another folder'],
  ['runs that are not there', ['site', '--runs', 'nowhere'], 'Name it with --runs'],
  ['a folder without runs', ['site', '--runs', 'no-runs'], 'there are no runs to show'],
  ['runs and a history', ['site', '--runs', 'no-runs', '--history', 'no-runs'], 'so leave one out'],
  ['an address that is none', ['site', '--url', 'bench'], '--url: "bench" is no address of a site'],
  ['a repository that is not named', ['collect'], 'Give --repo owner/name'],
  ['an unknown command', ['frob'], "unknown command 'frob'"],
])('%s is refused with what to do', async (_, args, fix) => {
  const { status, stderr } = await herdmark(...args);
  expect(stderr).toContain(fix);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(status).toBe(1);
});

test('what it prints is no command to the runner of a job', async () => {
  const { stderr } = await herdmark('bench', '--config', '##[error]x\n::error::y');
  expect(stderr).toContain('there is no such config');
  expect(stderr).not.toMatch(/##\[|^\s*::/m);
});

test.each(['bench', 'site', 'collect', 'engine', 'demo'])(
  'herdmark %s --help shows an example',
  async (command) => {
    expect((await herdmark(command, '--help')).stdout).toMatch(/Examples?:\n +\S/);
  },
);
