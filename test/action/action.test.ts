import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type EngineProcess, startEngineProcess } from '../../src/cli/engine-process.ts';
import { runPath } from '../../src/core/history/layout.ts';
import { runDocument } from '../../src/schema/documents.ts';
import type { Run } from '../../src/schema/run.ts';
import { readDocument } from '../../src/schema/version.ts';
import { openHistory } from '../../src/store/history/open-history.ts';
import { type ArtifactService, startArtifactService } from './artifact-service.ts';
import { goodToken, startGithubApi } from './github-api.ts';
import { type Job, type Step, startJob } from './run-action.ts';
import { runSiteAction } from './run-site-action.ts';

let engine: EngineProcess;
let service: ArtifactService;
beforeAll(async () => {
  [engine, service] = await Promise.all([startEngineProcess(), startArtifactService()]);
});
afterAll(() => Promise.all([engine.stop(), service.close()]));
afterEach(() => {
  service.calls.length = 0;
  service.refusals.length = 0;
  service.damages.length = 0;
});

const prompts = `
id: tiny
version: 1
title: Two short prompts
prompts:
  - { id: name, title: A name, category: extract, prompt: 'Name one colour.', maxTokens: 8, checks: [{ type: length, unit: words, max: 20 }] }
  - { id: talk, title: A talk, category: chat, messages: [{ role: user, content: 'Say hello.' }], maxTokens: 8, checks: [{ type: regex, pattern: '^never this$' }] }
`;
const config = 'models: [herdmark-tiny:v2]\nprompts: tiny.yaml\nloads: 1\nrounds: 2\n';

async function startBenchJob(env: Record<string, string> = {}): Promise<Job> {
  // Nobody checks the signature but GitHub: the client only reads which run and job it speaks for.
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'none' })}.${part({ scp: 'Actions.Results:run-1:job-1' })}.`;
  const job = await startJob({
    ACTIONS_RUNTIME_TOKEN: token,
    ACTIONS_RESULTS_URL: service.url,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/llm-bench',
    GITHUB_WORKFLOW_REF: 'acme/llm-bench/.github/workflows/nightly.yml@refs/heads/main',
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: '0123456789012345678901234567890123456789',
    GITHUB_RUN_ID: '4242',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_JOB: 'bench',
    RUNNER_NAME: 'gpu-1',
    RUNNER_ENVIRONMENT: 'self-hosted',
    OLLAMA_HOST: engine.url,
    ...env,
  });
  await writeFile(join(job.workspace, 'herdmark.yml'), config);
  await writeFile(join(job.workspace, 'tiny.yaml'), prompts);
  return job;
}

async function readRun(folder: string): Promise<Run> {
  return readDocument(runDocument, JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')));
}

it('measures, reports, uploads; and the site is published from the artifact', async () => {
  // A machine that nothing was measured on before, so that the client's own error is.
  const job = await startBenchJob({ HERDMARK_STATE: '' });
  const main = await job.run('index');
  expect(main).toMatchObject({ status: 0, log: expect.not.stringContaining('::error') });

  const run = await readRun(main.outputs['run-path'] ?? '');
  expect(main.outputs['summary-path']).toBe(join(main.outputs['run-path'] ?? '', 'summary.json'));
  expect(run).toMatchObject({
    status: 'complete',
    campaign: { id: '4242-2', workflowRun: '4242', attempt: 2 },
    source: { event: 'schedule', workflowPath: '.github/workflows/nightly.yml', pullRequest: null },
    counts: { failed: 0 },
    calibration: { requests: 40 },
  });
  expect(main.summary).toContain('herdmark-tiny');

  const [artifact] = service.artifacts;
  expect(artifact).toMatchObject({
    name: `herdmark-bench-${run.id}`,
    run: 'run-1',
    job: 'job-1',
    finalized: true,
  });
  expect(main.outputs).toMatchObject({
    'artifact-id': String(artifact?.id),
    'artifact-url': `https://github.com/acme/llm-bench/actions/runs/4242/artifacts/${artifact?.id}`,
  });

  service.calls.length = 0;
  expect(await job.run('post')).toMatchObject({ status: 0, log: '' });
  expect(service.calls).toEqual([]);

  const api = await startGithubApi();
  for (const stored of service.artifacts) {
    api.artifacts.push({
      ...{ id: stored.id, name: stored.name, digest: stored.digest, size_in_bytes: stored.size },
      ...{ expired: false, created_at: new Date().toISOString(), workflow_run: { id: 4242 } },
      blobUrl: service.signUrl(stored),
    });
  }
  const remote = join(job.workspace, 'history.git');
  await promisify(execFile)('git', ['init', '--quiet', '--bare', remote]);
  await writeFile(join(job.workspace, 'summary.md'), '');
  const publish = () =>
    runSiteAction(
      job.workspace,
      { repository: api.repository, token: goodToken, remote, base: '/llm-bench' },
      { GITHUB_API_URL: api.url, GITHUB_STEP_SUMMARY: join(job.workspace, 'summary.md'), HERDMARK_STATE: '' },
    );
  const first = await publish();
  expect(first).toContain('Took 1 run');
  const again = await publish();
  await api.close();
  expect(again).toContain('Took 0 runs');

  const history = await openHistory(join(job.workspace, '.herdmark/history'));
  expect(history.runIds()).toEqual([run.id]);
  const kept = await history.readRun(run.id);
  expect(kept.origin).toMatchObject({ repository: api.repository, workflowRun: '4242' });
  expect(kept.run.counts).toEqual(run.counts);
  const site = join(job.workspace, '.herdmark/site');
  expect(await readFile(join(site, 'index.html'), 'utf8')).toContain('herdmark-tiny:v2');
  expect(await readdir(join(site, 'data', dirname(runPath(run.id))))).toEqual([`${run.id}.json.gz`]);
  expect(await readFile(join(job.workspace, 'summary.md'), 'utf8')).toContain('still learning');
});

it('fails over answers where it is asked to', async () => {
  const job = await startBenchJob();
  const { status, log } = await job.run('index', {
    'fail-on': 'checks',
    upload: 'false',
    models: 'herdmark-tiny:v1',
  });
  expect({ status, log }).toEqual({
    status: 1,
    log: expect.stringContaining('::error::Answers did not pass their checks: herdmark-tiny:v1'),
  });
  expect(service.calls).toEqual([]);
});

it('leaves to the post step what main could not upload', async () => {
  const job = await startBenchJob();
  service.refusals.push({ status: 403, msg: '::error::no ##[error] room' });
  const main = await job.run('index');
  expect(main).toMatchObject({ status: 0, log: expect.stringContaining('the post step will try again') });
  expect(main.outputs).not.toHaveProperty('artifact-id');

  const post = await job.run('post');
  expect(post.status).toBe(0);
  expect(service.artifacts.at(-1)).toMatchObject({ name: expect.stringMatching(/-retry$/), finalized: true });
  expect(post.outputs).toHaveProperty('artifact-id');
});

it('uploads once more what arrived damaged', async () => {
  const job = await startBenchJob();
  service.damages.push(`sha256:${'0'.repeat(64)}`);
  expect((await job.run('index')).log).toMatch(
    /::warning::The upload failed.* arrived as sha256:0{64}, but was sent as/,
  );
  expect((await job.run('post')).outputs).toHaveProperty('artifact-id', String(service.artifacts.at(-1)?.id));
});

it('fails the job where the post step cannot upload either, and the run goes with the next', async () => {
  const job = await startBenchJob();
  service.refusals.push({ status: 403, msg: 'no room' }, { status: 403, msg: 'no room' });
  const main = await job.run('index');
  expect(main.status).toBe(0);
  expect(await job.run('post')).toMatchObject({ status: 1, log: expect.stringContaining('no room') });

  service.artifacts.length = 0;
  const { HERDMARK_STATE = '' } = job.env;
  const next = await (await startBenchJob({ HERDMARK_STATE })).run('index');
  expect(service.artifacts.map(({ name }) => name)).toEqual(
    [main, next].map(({ outputs }) => `herdmark-bench-${basename(outputs['run-path'] ?? '')}`),
  );
  expect(next.outputs['artifact-id']).toBe(String(service.artifacts.at(-1)?.id));
});

describe('a job that ends in the middle', () => {
  const longConfig = config.replace('rounds: 2', 'rounds: 200');

  async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) await delay(20);
  }

  /** Starts a run that takes long, and comes back when it has measured something. */
  async function startLongRun(): Promise<{ job: Job; step: Step; folder: string }> {
    const job = await startBenchJob();
    await writeFile(join(job.workspace, 'herdmark.yml'), longConfig);
    const step = await job.start('index');
    while (step.process.exitCode === null) {
      const folder = await findMeasuring(job.env.HERDMARK_STATE ?? '');
      if (folder !== null) return { job, step, folder };
      await delay(20);
    }
    throw new Error(`The run ended before it measured anything:\n${(await step.finished).log}`);
  }

  async function findMeasuring(state: string): Promise<string | null> {
    const samples = (await readdir(state, { recursive: true })).find((path) =>
      path.endsWith('samples.ndjson'),
    );
    if (samples === undefined) return null;
    const text = await readFile(join(state, samples), 'utf8');
    return text.includes('"phase":"timed"') ? join(state, samples, '..') : null;
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s keeps and reports what was measured', async (signal) => {
    const { job, step } = await startLongRun();
    step.process.kill(signal);
    const main = await step.finished;
    expect(main).toMatchObject({ status: 1, log: expect.stringContaining('::error::The run was cancelled') });
    const run = await readRun(main.outputs['run-path'] ?? '');
    expect(run.status).toBe('cancelled');
    expect(run.counts.ok).toBeGreaterThan(0);
    expect(main.summary).toContain('herdmark-tiny');
    expect(service.calls).toEqual([]);

    expect((await job.run('post')).status).toBe(0);
    expect(service.artifacts.at(-1)).toMatchObject({ name: `herdmark-bench-${run.id}`, finalized: true });
  });

  it('by SIGKILL uploads what there is, unloads, and is gone on with by the next job', async () => {
    const { job, step, folder } = await startLongRun();
    step.process.kill('SIGKILL');
    await step.finished;
    expect(existsSync(join(folder, 'summary.json'))).toBe(false);

    const post = await job.run('post');
    expect(post).toMatchObject({ status: 0, log: expect.stringContaining('Unloaded herdmark-tiny:v2') });
    const runId = basename(folder);
    expect(service.artifacts.at(-1)).toMatchObject({
      name: `herdmark-bench-${runId}-killed`,
      finalized: true,
    });

    const { HERDMARK_STATE = '' } = job.env;
    const next = await startBenchJob({ HERDMARK_STATE });
    await writeFile(join(next.workspace, 'herdmark.yml'), longConfig);
    const step2 = await next.start('index');
    // It goes on in the same folder.
    const samples = join(folder, 'samples.ndjson');
    const { size } = await stat(samples);
    await waitFor(async () => (await stat(samples)).size > size);
    step2.process.kill('SIGINT');
    const { outputs, log } = await step2.finished;
    expect(log).toContain('Going on with the run of');
    const run = await readRun(outputs['run-path'] ?? '');
    expect(run).toMatchObject({
      id: runId,
      status: 'cancelled',
      flags: [{ code: 'cancelled' }, { code: 'resumed' }],
    });
    // The kill may have come between two requests: then none was under way.
    expect(run.counts.failed).toBeLessThanOrEqual(1);
    expect(run.failures.map(({ code }) => code)).toEqual(Array(run.counts.failed).fill('interrupted'));
  });
});

describe('a job that cannot start', () => {
  const noServer = 'http://127.0.0.1:9';
  it.each<[string, Record<string, string>, string, RegExp[]]>([
    ['no server', { host: noServer }, config, [/cannot be reached/, /OLLAMA_HOST=0\.0\.0\.0/, /docker run/]],
    [
      'an unknown model',
      { models: 'nobody/has:this' },
      config,
      [/Model "nobody\/has:this" is not on/, /herdmark-tiny:v1/],
    ],
    ['a wrong config', {}, 'models: [a]\nrunds: 3\n', [/herdmark\.yml:2:1: runds: unknown key/]],
    ['a config that is no YAML', {}, 'models: [a\n', [/herdmark\.yml:2:1: /]],
    ['a config that is not there', { config: 'no.yml' }, config, [/no\.yml: there is no such config/]],
    ['no model', {}, 'loads: 1\n', [/models/]],
    ['an unknown prompt set', { prompts: 'nothing' }, config, [/"nothing" is no built-in prompt set/]],
    [
      'wrong inputs',
      { rounds: 'many', upload: 'perhaps' },
      config,
      [/Input rounds: "many"/, /Input upload: "perhaps"/],
    ],
  ])('for %s says what to do', async (_, inputs, config, expected) => {
    const job = await startBenchJob();
    await writeFile(join(job.workspace, 'herdmark.yml'), config);
    const { status, log, outputs } = await job.run('index', inputs);
    expect(status).toBe(1);
    for (const pattern of expected) expect(log).toMatch(pattern);
    expect(log).not.toMatch(/^\s+at /m);
    expect(outputs).toEqual({});
    expect(await job.run('post')).toMatchObject({ status: 0, log: '' });
  });

  it('tells all obstacles at once', async () => {
    const job = await startBenchJob({ ACTIONS_RUNTIME_TOKEN: '' });
    const { status, log } = await job.run('index', { host: noServer, upload: 'true' });
    expect(status).toBe(1);
    expect(log).toMatch(/1\. .*cannot be reached.*2\. ACTIONS_RUNTIME_TOKEN not set/);
  });
});

it.each([
  ['without the variables of the platform', { ACTIONS_RESULTS_URL: '' }, 'ACTIONS_RESULTS_URL not set'],
  [
    'on a GitHub Enterprise Server',
    { GITHUB_SERVER_URL: 'https://git.acme.example' },
    'git.acme.example is a GitHub Enterprise Server',
  ],
])('%s measures and does not upload, and says so', async (_, env, warning) => {
  const job = await startBenchJob(env);
  const { status, log, outputs } = await job.run('index');
  expect({ status, log }).toEqual({
    status: 0,
    log: expect.stringContaining(`::warning::Nothing will be uploaded: ${warning}`),
  });
  expect((await readRun(outputs['run-path'] ?? '')).status).toBe('complete');
  expect(await job.run('post')).toMatchObject({ status: 0, log: '' });
  expect(service.calls).toEqual([]);
});
