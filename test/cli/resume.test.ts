import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outputDocument, planDocument, runDocument } from '../../src/schema/documents.ts';
import { type Sample, sample as sampleSchema } from '../../src/schema/sample.ts';
import { readDocument } from '../../src/schema/version.ts';
import { type ScriptedServer, startScriptedServer } from '../bench/scripted-server.ts';

const entry = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));
const config = `models: [tiny:v1]
prompts: mine.yaml
loads: 2
rounds: 3
warmupMax: 1
calibrate: false
telemetry: false
busy: fail
`;
const prompts = `id: mine
version: 1
title: Mine
prompts:
  - { id: one, title: One, category: c, prompt: Say one., checks: [{ type: facts, present: [one] }] }
  - { id: two, title: Two, category: c, prompt: Say two., checks: [{ type: facts, present: [two] }] }
`;

let folder: string;
let server: ScriptedServer;
/** Called when so many requests for an answer have come in, before the last is answered. */
let onAsked: (count: number) => void;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-resume-'));
  await writeFile(join(folder, 'herdmark.yml'), config);
  await writeFile(join(folder, 'mine.yaml'), prompts);
  onAsked = () => undefined;
  server = await startScriptedServer((prompt) => {
    onAsked(server.asked.length);
    return prompt.includes('one') ? ['One', '.'] : ['Two', '.'];
  });
});
afterEach(() => server.close());

interface Bench {
  process: ChildProcess;
  stderr: Promise<string>;
}

function startBench(...args: string[]): Bench {
  const child = spawn(process.execPath, [entry, 'bench', ...args], {
    cwd: folder,
    env: { ...process.env, OLLAMA_HOST: server.url, HERDMARK_STATE: join(folder, 'state') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return { process: child, stderr: text(child.stderr) };
}

/** Kills the benchmark, as a machine that lost its power would, while its n-th request for an answer is under way. */
async function killAt(request: number, ...args: string[]): Promise<void> {
  server.delayMs = 50;
  const bench = startBench(...args);
  await new Promise<void>((resolve) => {
    onAsked = (count) => {
      if (count === request) bench.process.kill('SIGKILL');
    };
    bench.process.once('exit', () => resolve());
  });
  await bench.stderr;
  server.delayMs = 0;
  onAsked = () => undefined;
}

const list = (name: string) => readdir(join(folder, name)).catch(() => []);

async function readRun(id: string) {
  const read = async (name: string) => readFile(join(folder, '.herdmark/runs', id, name), 'utf8');
  const lines = (await read('samples.ndjson')).trimEnd().split('\n');
  return {
    run: readDocument(runDocument, JSON.parse(await read('summary.json'))),
    plan: readDocument(planDocument, JSON.parse(await read('plan.json'))),
    samples: lines.map((line): Sample => sampleSchema.parse(JSON.parse(line))),
    output: readDocument(outputDocument, JSON.parse(await read('outputs/tiny-v1-aaaaaaaa/one.json'))),
  };
}

describe('a run that was killed', () => {
  test('goes on where it stopped: only the request under way is lost', async () => {
    // Warm-up, two bare prompts, and of the first round the second prompt.
    await killAt(5);
    expect(await list('.herdmark/runs')).toEqual([]);
    const [id = ''] = await list('state/runs');

    const asked = server.asked.length;
    const again = startBench();
    expect(await again.stderr).toMatch(
      /Going on with the run of .* which was killed\.[\s\S]*18 requests, of which 5 are done/,
    );
    expect(await list('state/runs')).toEqual([]);
    expect(await list('.herdmark/runs')).toEqual([id]);

    const { run, plan, samples, output } = await readRun(id);
    expect(run.flags.map(({ code }) => code)).toEqual(['resumed']);
    expect(run.counts).toEqual({ planned: 18, ok: 17, failed: 1, invalid: 0 });
    expect(run.failures).toEqual([
      {
        sample: 'tiny-v1-aaaaaaaa/load0/timed/0/two/0',
        code: 'interrupted',
        message: 'The run was killed while this request was under way.',
      },
    ]);
    expect(samples.map(({ id: sample }) => sample)).toEqual(plan.requests.map(({ id: request }) => request));
    expect(output.answers.map(({ block, text }) => `${block} ${text}`)).toEqual(['0 One.', '1 One.']);
    // The model was in memory still, and ours: its load went on. What was done is not asked again.
    expect(server.asked.length - asked).toBe(4 + 1 + 2 + 6);
    expect([...server.loaded]).toEqual([]);
  });

  test('loads its model again where the server has let it go', async () => {
    await killAt(5);
    server.loaded.clear();
    const asked = server.asked.length;
    await startBench().stderr;
    const [id = ''] = await list('.herdmark/runs');
    expect((await readRun(id)).run.counts).toEqual({ planned: 18, ok: 17, failed: 1, invalid: 0 });
    // With one more warm-up.
    expect(server.asked.length - asked).toBe(1 + 4 + 1 + 2 + 6);
  });

  test('is no part of a run with another plan', async () => {
    await killAt(5);
    await startBench('--rounds', '2').stderr;
    // Its model was in memory still, and is ours to unload.
    const [other = ''] = await list('.herdmark/runs');
    expect((await readRun(other)).run).toMatchObject({ status: 'complete', flags: [], counts: { ok: 14 } });
    expect(await list('state/runs')).toHaveLength(1);
  });

  test('is reported as it is once it is too old to go on with', async () => {
    await killAt(5);
    server.loaded.clear();
    const [id = ''] = await list('state/runs');
    const journal = join(folder, 'state/runs', id, 'journal.ndjson');
    const hoursAgo = new Date((await stat(journal)).mtimeMs - 7 * 3_600_000);
    await utimes(journal, hoursAgo, hoursAgo);

    expect(await startBench().stderr).toContain('was killed, and is reported now as far as it came');
    expect(await list('.herdmark/runs')).toHaveLength(2);
    const { run } = await readRun(id);
    expect(run).toMatchObject({
      status: 'partial',
      flags: [{ code: 'interrupted' }],
      counts: { planned: 18, ok: 4, failed: 1 },
    });
  });
});
