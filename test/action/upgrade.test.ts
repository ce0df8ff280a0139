import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type EngineProcess, startEngineProcess } from '../../src/cli/engine-process.ts';
import { type ArtifactService, startArtifactService } from './artifact-service.ts';
import { goodToken } from './github-api.ts';
import { measuring, openForkPullRequest } from './offer-run.ts';
import { type PullRequestApi, startPullRequestApi } from './pull-request-api.ts';
import { startGithubJob } from './start-github-job.ts';

let engine: EngineProcess;
let service: ArtifactService;
let api: PullRequestApi;
beforeAll(async () => {
  [engine, service] = await Promise.all([startEngineProcess(), startArtifactService()]);
});
afterAll(() => Promise.all([engine.stop(), service.close()]));
beforeEach(async () => {
  api = await startPullRequestApi();
});
afterEach(async () => {
  await api.close();
  service.artifacts.length = 0;
});

/** What was uploaded is what the API lists. */
function listUploaded(): void {
  for (const stored of service.artifacts) {
    api.artifacts.push({
      ...{ id: stored.id, name: stored.name, digest: stored.digest, size_in_bytes: stored.size },
      ...{ expired: false, created_at: new Date().toISOString(), workflow_run: { id: measuring } },
      blobUrl: service.signUrl(stored),
    });
  }
}

const prompts = `
id: tiny
version: 1
title: One short prompt
prompts:
  - { id: name, title: A name, category: extract, prompt: 'Name one colour.', maxTokens: 8, checks: [{ type: length, unit: words, max: 20 }] }
`;
const ask = (model: string) =>
  `prompts: tiny.yaml\ncomparison: { loads: 2, rounds: 1, maxLoads: 2 }\nmodels:\n  - ${model}\n`;

it('a pull request that changes a model is told what changed', async () => {
  const github = { api, service };
  const bench = await startGithubJob(github, measuring, {}, { GITHUB_JOB: 'bench', OLLAMA_HOST: engine.url });
  await mkdir(join(bench.workspace, 'base'));
  await writeFile(join(bench.workspace, 'tiny.yaml'), prompts);
  await writeFile(join(bench.workspace, 'herdmark.yml'), ask('herdmark-tiny:v2'));
  await writeFile(join(bench.workspace, 'base/herdmark.yml'), ask('herdmark-tiny:v1'));
  const measured = await bench.run('index', { config: 'herdmark.yml', against: 'base/herdmark.yml' });
  expect(measured).toMatchObject({ status: 0, log: expect.not.stringContaining('::error') });

  openForkPullRequest(api);
  listUploaded();
  const ended = { workflow_run: { id: measuring } };
  const compare = await startGithubJob(github, 5151, ended, { GITHUB_JOB: 'compare' });
  const { status, log, outputs, summary } = await compare.run('index', {
    command: 'compare',
    token: goodToken,
  });
  expect({ status, log }).toEqual({ status: 0, log: expect.not.stringContaining('Left out') });

  expect(outputs.verdict).toMatch(/^(?:regressed|improved|unchanged|inconclusive)$/);
  const [comment] = api.comments;
  for (const text of [comment?.body, summary]) {
    expect(text).toContain('herdmark-tiny:v1');
    expect(text).toContain('herdmark-tiny:v2');
    expect(text).toContain(`(${outputs['report-url']})`);
  }
  const report = service.artifacts.find(({ name }) => name.endsWith('.html'));
  const page = await (await fetch(service.signUrl(report ?? expect.unreachable()))).text();
  expect(page).toMatch(/^<!doctype html>/i);
  expect(page).toContain('herdmark-tiny:v2');
  // On the line of herdmark.yml that asks for the model.
  expect(api.checks).toMatchObject([
    {
      output: {
        annotations: [
          { path: 'herdmark.yml', start_line: 4, message: expect.stringMatching(/^herdmark-tiny:v2/) },
        ],
      },
    },
  ]);
  expect((await compare.run('post')).status).toBe(0);
});

it('a pull request that only adds a model is told that it changes none', async () => {
  const github = { api, service };
  const bench = await startGithubJob(github, measuring, {}, { GITHUB_JOB: 'bench', OLLAMA_HOST: engine.url });
  await mkdir(join(bench.workspace, 'base'));
  await writeFile(join(bench.workspace, 'tiny.yaml'), prompts);
  await writeFile(join(bench.workspace, 'herdmark.yml'), `${ask('herdmark-tiny:v1')}  - herdmark-tiny:v2\n`);
  await writeFile(join(bench.workspace, 'base/herdmark.yml'), ask('herdmark-tiny:v1'));
  const found = await bench.run('index', { config: 'herdmark.yml', against: 'base/herdmark.yml' });
  expect(found).toMatchObject({
    status: 0,
    log: expect.stringMatching(/^::notice::No model was changed: /m),
  });
  expect((await bench.run('post')).status).toBe(0);
  expect(service.artifacts.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^herdmark-bench-\d{8}t\d{6}z-[0-9a-f]{6}-unchanged$/),
  ]);

  openForkPullRequest(api);
  listUploaded();
  const ended = { workflow_run: { id: measuring } };
  const compare = await startGithubJob(github, 5151, ended, { GITHUB_JOB: 'compare' });
  const { status, log, outputs } = await compare.run('index', { command: 'compare', token: goodToken });
  expect({ status, log }).toEqual({ status: 0, log: expect.not.stringContaining('Left out') });
  expect(outputs.verdict).toBe('');
  expect(api.comments[0]?.body).toContain(
    '**No model was changed, so there was nothing to compare.**\n\n`herdmark-tiny:v2` is new: there is nothing to hold it against.',
  );
});
