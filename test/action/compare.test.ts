import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CampaignComparison } from '../../src/compare-folders.ts';
import { type ArtifactService, startArtifactService } from './artifact-service.ts';
import { type BlobHost, startBlobHost } from './blob-host.ts';
import { headSha, measuring, offerArtifact, openForkPullRequest, packRun, runIds } from './offer-run.ts';
import { bot, type PullRequestApi, startPullRequestApi } from './pull-request-api.ts';
import type { Finished } from './run-action.ts';
import { runCompare } from './run-compare.ts';
import { startGithubJob } from './start-github-job.ts';

let api: PullRequestApi;
let blobs: BlobHost;
let service: ArtifactService;
beforeAll(async () => {
  service = await startArtifactService();
});
afterAll(() => service.close());
beforeEach(async () => {
  [api, blobs] = await Promise.all([startPullRequestApi(), startBlobHost()]);
  openForkPullRequest(api);
  offerArtifact(api, blobs, packRun({ id: runIds[0] }), `herdmark-bench-${runIds[0]}`);
});
afterEach(async () => {
  await Promise.all([api.close(), blobs.close()]);
  service.artifacts.length = 0;
  service.refusals.length = 0;
});

const marker = '<!-- herdmark:compare -->';

interface Given {
  /** Its own. */
  workflowRun?: number;
  /** Of the event; by default of the end of the workflow that measured. */
  event?: object;
  env?: Record<string, string>;
  inputs?: Record<string, string>;
  /** What is found, where it matters. */
  found?: Partial<CampaignComparison>;
}

/** The job that compares. */
async function compare({ workflowRun = 5151, event, env, inputs, found }: Given = {}): Promise<Finished> {
  const job = await startGithubJob(
    { api, service },
    workflowRun,
    event ?? { workflow_run: { id: measuring } },
    { GITHUB_JOB: 'compare', MADE_UP_RESULT: JSON.stringify(found ?? {}), ...env },
  );
  return runCompare(job, inputs);
}

it('compares what the workflow of a fork’s pull request uploaded, and comments there', async () => {
  const { status, log, outputs, summary } = await compare();
  expect({ status, log }).toEqual({ status: 0, log: expect.not.stringContaining('::warning') });

  const [report] = service.artifacts;
  expect(report).toMatchObject({ name: 'herdmark-compare-4242-5151-1.html', finalized: true });
  const reportUrl = `https://github.com/acme/llm-bench/actions/runs/5151/artifacts/${report?.id}`;
  expect(outputs).toEqual({
    verdict: 'unchanged',
    'report-path': expect.stringMatching(/\/herdmark-compare-4242-5151-1\.html$/),
    'report-url': reportUrl,
    'comment-url': 'https://github.com/acme/llm-bench/pull/12#issuecomment-9000',
  });
  const uploaded = await fetch(service.signUrl(report ?? expect.unreachable()));
  expect(uploaded.headers.get('content-type')).toBe('text/html');
  expect(await uploaded.text()).toContain(runIds[0]);

  expect(api.comments).toEqual([
    {
      ...{ id: 9000, pullRequest: 12, login: bot },
      body: [
        marker,
        `### Compared\n\n${runIds[0]}\n`,
        `Commit \`a1b2c3d4e5f6\` · [Report with all answers that changed](${reportUrl}) · [Workflow run](https://github.com/acme/llm-bench/actions/runs/4242)\n`,
      ].join('\n'),
    },
  ]);
  expect(summary).toContain(`### Compared in full\n\n${runIds[0]}`);
  expect(summary).toContain(reportUrl);
  // The token goes to the API alone.
  expect(blobs.headers.map(({ authorization }) => authorization)).toEqual([undefined]);
});

it('updates its own comment wherever it stands, and nobody else’s', async () => {
  for (let n = 1; n <= 150; n++) {
    api.comments.push({ id: n, pullRequest: 12, login: 'alice', body: `Comment ${n}` });
  }
  const copied = { id: 3, pullRequest: 12, login: 'mallory', body: `${marker}\nAll is well!` };
  const quoted = { id: 4, pullRequest: 12, login: bot, body: `> ${marker}\n\nAnother workflow.` };
  api.comments.splice(2, 2, copied, quoted);
  api.comments.splice(120, 1, { id: 121, pullRequest: 12, login: bot, body: `${marker}\nBefore.` });
  api.comments.push({ id: 151, pullRequest: 12, login: bot, body: `${marker}\nOf two at once.` });
  const elsewhere = { id: 152, pullRequest: 13, login: bot, body: `${marker}\nOf another.` };
  api.comments.push(elsewhere);

  const { outputs } = await compare();
  expect(outputs['comment-url']).toBe('https://github.com/acme/llm-bench/pull/12#issuecomment-121');
  const updated = { id: 121, pullRequest: 12, login: bot, body: expect.stringContaining(runIds[0]) };
  const marked = api.comments.filter(({ body }) => body.includes(marker));
  expect(marked).toEqual([copied, quoted, updated, elsewhere]);
  expect(api.comments).toHaveLength(151);
});

it('says it once, however often it compares', async () => {
  await compare();
  await compare({ found: { markdown: 'And now this.' } });
  expect(api.comments.map(({ body }) => body)).toEqual([expect.stringContaining('And now this.')]);
});

it('compares, but does not comment where the pull request was pushed to since', async () => {
  const pull = api.pullRequests[0] ?? expect.unreachable();
  pull.head.sha = 'b'.repeat(40);
  const { status, log, outputs } = await compare();
  expect({ status, log }).toEqual({
    status: 0,
    log: expect.stringContaining(
      `There is no pull request to comment on: no open pull request has ${headSha}`,
    ),
  });
  expect(outputs).toHaveProperty('report-url');
  expect(api.comments).toEqual([]);
  expect(await compare({ inputs: { comment: 'true' } })).toMatchObject({
    status: 1,
    log: expect.stringContaining('::error::There is no pull request to comment on'),
  });
});

it('leaves out an artifact that is not what it should be, says why, and compares the others', async () => {
  const hostile = [...packRun({ id: runIds[1] }), { name: '../../::error::x' }];
  offerArtifact(api, blobs, hostile, `@mallory-${runIds[1]}`);
  const { status, log, summary } = await compare();
  expect({ status, log }).toEqual({
    status: 0,
    log: expect.stringMatching(/^Left out @mallory.*invalid relative/m),
  });
  for (const text of [summary, api.comments[0]?.body]) {
    expect(text).toContain(`\n${runIds[0]}\n`);
    // In code GitHub names nobody.
    expect(text).toContain(`- \`@mallory-${runIds[1]}\`: its zip is damaged`);
  }
});

it('writes nothing where it is asked not to', async () => {
  const { outputs } = await compare({ inputs: { comment: 'false', check: 'false', upload: 'false' } });
  expect(outputs).toEqual({ verdict: 'unchanged', 'report-path': expect.any(String) });
  expect(await readFile(outputs['report-path'] ?? '', 'utf8')).toContain('<title>Report');
  expect(api.asked.filter((it) => !it.startsWith('GET'))).toEqual([]);
  expect(service.artifacts).toEqual([]);
});

it('goes on where the token may not comment, unless it has to', async () => {
  const refusal = { asked: 'POST /issues/12/comments', status: 403, message: 'Not by\n::error::this token' };
  api.refusals.push(refusal, refusal);
  const { status, log } = await compare();
  expect(status).toBe(0);
  expect(log).toMatch(/^::warning::GitHub answered 403 to POST .*\/comments \(Not by ::error::this token\)/m);
  expect((await compare({ inputs: { comment: 'true' } })).status).toBe(1);
});

it('waits as long as GitHub asks it to before it comments', async () => {
  const headers = { 'retry-after': '1' };
  api.refusals.push({
    asked: 'POST /issues/12/comments',
    status: 403,
    headers,
    message: 'Secondary rate limit',
  });
  expect((await compare()).status).toBe(0);
  expect(api.comments).toHaveLength(1);
});

it('never writes twice what GitHub may have written', async () => {
  api.refusals.push({ asked: 'POST /issues/12/comments', status: 502 });
  expect(await compare()).toMatchObject({
    status: 0,
    log: expect.stringContaining('::warning::GitHub answered 502'),
  });
  expect(api.asked.filter((it) => it === 'POST /issues/12/comments')).toHaveLength(1);
});

it.each<[string, object, number]>([
  ['the pull request of its event', { pull_request: { number: 12, head: { sha: headSha } } }, 1],
  ['none that was pushed to since', { pull_request: { number: 12, head: { sha: 'c'.repeat(40) } } }, 0],
  ['none where it was started by none', {}, 0],
])('within the workflow that measured comments on %s', async (_, event, comments) => {
  // The event says it all.
  api.runs.length = 0;
  const { status } = await compare({ event, workflowRun: measuring });
  expect(status).toBe(0);
  expect(api.comments).toHaveLength(comments);
});

it('compares the workflow run that it is told to', async () => {
  const { outputs } = await compare({ event: {}, inputs: { 'workflow-run': String(measuring) } });
  expect(outputs).toHaveProperty('comment-url');
});

it('says so where nothing was measured, which is no failure: a pull request may change no model', async () => {
  api.artifacts.length = 0;
  expect(await compare()).toMatchObject({
    status: 0,
    log: expect.not.stringContaining('::error'),
    outputs: { verdict: 'not comparable' },
    summary: expect.stringContaining('**Nothing was compared.**'),
  });
  expect(api.comments[0]?.body).toContain('**Nothing was compared.**');
  expect(service.artifacts).toEqual([]);
  expect(api.checks).toEqual([]);
});

it('says that no model was changed, with a check that keeps nobody from merging', async () => {
  api.artifacts.length = 0;
  const said = { schemaVersion: '2.2', workflowRun: String(measuring), added: ['gemma3:27b'], removed: [] };
  const entries = [{ name: 'inputs/nothing-changed.json', content: JSON.stringify(said) }];
  offerArtifact(api, blobs, entries, `herdmark-bench-${runIds[0]}-unchanged`);
  const { status, outputs, summary } = await compare({ inputs: { 'fail-on': 'regression' } });
  expect({ status, outputs }).toEqual({
    ...{ status: 0, outputs: { verdict: '', 'comment-url': expect.any(String) } },
  });
  for (const text of [summary, api.comments[0]?.body]) {
    expect(text).toContain('**No model was changed, so there was nothing to compare.**');
    expect(text).toContain('`gemma3:27b` is new: there is nothing to hold it against.');
  }
  expect(api.checks).toMatchObject([
    { conclusion: 'success', output: { title: 'No model was changed', annotations: [] } },
  ]);
});

it('fails over a regression where it is asked to, and points at the line in its log without a check', async () => {
  api.refusals.push({ asked: 'POST /check-runs', status: 403, message: 'Resource not accessible' });
  const at = { file: '.github/herdmark.yml', line: 3 };
  const errors = Array.from({ length: 12 }, (_, n) => ({
    ...{ ...at, level: 'error' as const },
    message: `TTFT ${n}\n::stop::x`,
  }));
  const annotations = [...errors, { ...at, level: 'notice' as const, message: 'TPOT is better' }];
  const found = { words: { improved: 2, regressed: 1, unchanged: 1 }, annotations };
  const { status, log, outputs } = await compare({ found, inputs: { 'fail-on': 'regression' } });
  expect(status).toBe(1);
  expect(outputs.verdict).toBe('regressed');
  expect(log).toContain('::error::One verdict is `regressed`: the summary says which.');
  expect(log).toMatch(/^GitHub answered 403 to POST .*\/check-runs .*`checks: write` for a check\.$/m);
  const lines = log.split('\n').filter((it) => it.includes('file=.github/herdmark.yml,line=3'));
  expect(lines).toHaveLength(11);
  expect(lines[0]).toBe('::error file=.github/herdmark.yml,line=3::TTFT 0 ::stop::x');
  expect(lines.at(-1)).toBe('::notice file=.github/herdmark.yml,line=3::TPOT is better');
});

it.each([
  ['regression', { regressed: 1, improved: 2 }, 'failure'],
  ['error', { regressed: 1 }, 'neutral'],
  ['regression', { inconclusive: 1, unchanged: 3 }, 'neutral'],
  ['regression', { unchanged: 3, improved: 1 }, 'success'],
])('with fail-on: %s a check of %o at the commit is a %s', async (failOn, words, conclusion) => {
  const at = { file: '.github/herdmark.yml', line: 3 };
  const annotations = Array.from({ length: 60 }, (_, n) => ({
    ...{ ...at, level: n === 0 ? ('error' as const) : ('notice' as const) },
    message: `TTFT ${n}\n::stop::x`,
  }));
  const { log, outputs } = await compare({ found: { words, annotations }, inputs: { 'fail-on': failOn } });
  const marked = { path: at.file, start_line: 3, end_line: 3 };
  expect(api.checks).toEqual([
    {
      ...{ name: 'Herdmark', head_sha: headSha, status: 'completed', conclusion },
      details_url: outputs['report-url'],
      output: {
        title: expect.any(String),
        summary: expect.stringContaining(`### Compared\n\n${runIds[0]}`),
        annotations: expect.toSatisfy((marks: object[]) => marks.length === 50),
      },
    },
  ]);
  expect(api.checks[0]).toMatchObject({
    output: {
      annotations: expect.arrayContaining([
        { ...marked, annotation_level: 'failure', message: 'TTFT 0 ::stop::x' },
        { ...marked, annotation_level: 'notice', message: 'TTFT 1 ::stop::x' },
      ]),
    },
  });
  // The log of this workflow run is not where a reviewer looks.
  expect(log).not.toContain('file=.github');
});

it.each<[string, Given, number]>([
  [
    'within the workflow that measured',
    { event: { pull_request: { number: 12, head: { sha: headSha } } }, workflowRun: measuring },
    0,
  ],
  [
    'there where it is asked for',
    {
      event: { pull_request: { number: 12, head: { sha: headSha } } },
      workflowRun: measuring,
      inputs: { check: 'true' },
    },
    1,
  ],
])('makes a check %s', async (_, given, checks) => {
  expect((await compare(given)).status).toBe(0);
  expect(api.checks).toHaveLength(checks);
});

it('fails without a check that has to be there', async () => {
  const refusal = { asked: 'POST /check-runs', status: 403, message: 'Resource not accessible' };
  api.refusals.push(refusal);
  expect((await compare()).status).toBe(0);
  api.refusals.push(refusal);
  expect(await compare({ inputs: { check: 'true' } })).toMatchObject({
    status: 1,
    log: expect.stringContaining('::error::GitHub answered 403 to POST'),
  });
});

it('goes on without a report that cannot be uploaded, unless it has to be', async () => {
  service.refusals.push({ status: 403, msg: 'no room' }, { status: 403, msg: 'no room' });
  const { status, log, outputs } = await compare();
  expect(status).toBe(0);
  expect(log).toMatch(/^::warning::The report could not be uploaded: .*no room/m);
  expect(outputs).not.toHaveProperty('report-url');
  expect(api.comments[0]?.body).not.toContain('Report with');
  expect((await compare({ inputs: { upload: 'true' } })).status).toBe(1);
});

it('does without artifacts on GitHub Enterprise Server', async () => {
  const env = { GITHUB_SERVER_URL: 'https://git.acme.example' };
  expect(await compare({ env })).toMatchObject({
    status: 0,
    log: expect.stringContaining('::warning::The report will not be uploaded: git.acme.example is'),
  });
  expect((await compare({ env, inputs: { upload: 'true' } })).status).toBe(1);
});
