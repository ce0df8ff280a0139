import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runPath, samplesPath } from '../../src/core/history/layout.ts';
import type { PublishReport } from '../../src/publish/publication.ts';
import type { Run } from '../../src/schema/run.ts';
import { openHistory } from '../../src/store/history/open-history.ts';
import {
  git,
  herdmark,
  makeFolder,
  makeRemote,
  makeRunFolder,
  nameRun,
  readRemote,
} from '../store/history-fixture.ts';
import { type BlobHost, startBlobHost } from './blob-host.ts';
import {
  type GithubApi,
  goodToken,
  type ListedArtifact,
  makeWorkflowRun,
  startGithubApi,
} from './github-api.ts';
import { makeZip, type ZipEntry } from './make-zip.ts';

let api: GithubApi;
let blobs: BlobHost;
let remote: string;
let state: string;
beforeEach(async () => {
  api = await startGithubApi();
  blobs = await startBlobHost();
  remote = await makeRemote();
  state = await makeFolder();
});
afterEach(async () => {
  await api.close();
  await blobs.close();
});

const [first, second, third] = [nameRun(0), nameRun(1), nameRun(2)];
const remoteOption = '--remote';
const createdAt = '2026-11-24T02:00:00Z';
const none = { taken: [], present: [], leftOut: [], misdated: [], commit: null };

async function zipRun(id: string, changes: Partial<Run> = {}): Promise<ZipEntry[]> {
  const folder = await makeRunFolder(await makeFolder(), id, changes);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  return Promise.all(
    files.map(async (path) => ({ name: relative(folder, path), content: await readFile(path, 'utf8') })),
  );
}

/** Puts an artifact before those that are there, as the API lists the newest first. */
function offer(name: string, entries: readonly ZipEntry[], changes: Partial<ListedArtifact> = {}): void {
  const id = api.artifacts.length + 1;
  const zip = makeZip(entries);
  api.artifacts.unshift({
    ...{
      id,
      name: `herdmark-bench-${name}`,
      size_in_bytes: zip.length,
      expired: false,
      created_at: createdAt,
    },
    digest: `sha256:${createHash('sha256').update(zip).digest('hex')}`,
    workflow_run: { id: 4242 },
    blobUrl: blobs.serve(`${id}.zip`, zip),
    ...changes,
  });
}

async function publish(...options: string[]) {
  const common = ['--repo', api.repository, '--remote', remote, '--api-url', api.url, '--days', '100000'];
  return run('publish', '--json', ...common, ...options);
}

async function run(...args: string[]) {
  const result = await herdmark(args, { HERDMARK_STATE: state, GITHUB_TOKEN: goodToken });
  const report: PublishReport | null = result.output === '' ? null : JSON.parse(result.output);
  return { ...result, report };
}

test('what a workflow uploaded is in the history once, and asking again takes two requests', async () => {
  offer(first, await zipRun(first, { campaign: { id: '4242-1', workflowRun: '4242', attempt: 1 } }));
  offer(second, await zipRun(second));
  const folder = join(await makeFolder(), 'history');
  const { report, said } = await publish('--history', folder);
  expect(report).toEqual({
    ...{ taken: [first, second], present: [], leftOut: [], misdated: [] },
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
  expect(said).toContain('Took 2 runs; 0 were already there; left out 0.');
  expect(readRemote(remote).paths).toEqual(
    expect.arrayContaining(['README.md', ...[first, second].flatMap((id) => [runPath(id), samplesPath(id)])]),
  );
  const history = await openHistory(folder);
  expect((await history.readRun(first)).origin).toEqual({
    ...{ repository: api.repository, workflowRun: '4242', attempt: 1, artifact: 1 },
    uploadedAt: createdAt,
  });

  api.asked.length = 0;
  const again = await publish('--history', folder);
  expect(again.report).toEqual({ ...report, taken: [], present: [first, second] });
  expect(readRemote(remote).commits).toBe(1);
  const root = `/repos/${api.repository}`;
  expect(api.asked).toEqual([root, `${root}/actions/artifacts`]);
});

test('a run whose clock was wrong is kept, and said to be no night', async () => {
  const ahead = '20990101t013000z-00000a';
  offer(ahead, await zipRun(ahead, { startedAt: '2099-01-01T01:30:00.000Z' }));
  const { report, said } = await publish();
  expect(report).toMatchObject({
    taken: [ahead],
    misdated: [
      {
        ...{ id: ahead, name: `herdmark-bench-${ahead}` },
        reason: expect.stringMatching(/2099-01-01 01:30 UTC, and GitHub had it at 2026-11-24 02:00 UTC/),
      },
    ],
  });
  expect(said).toContain(`herdmark-bench-${ahead}: it says that it started at 2099-01-01`);
  const verified = await run('history', 'verify', '--remote', remote);
  expect(verified).toMatchObject({ status: 0, said: expect.stringMatching(/2099.*Set the clock/) });
  expect(verified.said).toContain('The history is whole: 1 run');
  const shown = await herdmark(['history', 'show', '--remote', remote], { HERDMARK_STATE: state });
  expect(shown.output).toMatch(new RegExp(`^The history has no night yet\\.\n${ahead}: it says`));
});

test('a workflow that a dead machine holds open is no reason to wait', async () => {
  api.runs = [Object.assign(makeWorkflowRun(), { status: 'in_progress', conclusion: null })];
  offer(first, await zipRun(first));
  expect((await publish()).report?.taken).toEqual([first]);
});

test('what is not to be trusted stays out and is named, and the others go on', async () => {
  const other = { path: '.github/workflows/other.yml' };
  api.runs.push(
    makeWorkflowRun({ id: 1, event: 'pull_request' }),
    makeWorkflowRun({ id: 2, ...other }),
    makeWorkflowRun({ id: 3, head_repository: { id: 99 } }),
  );
  const zip = await zipRun(first);
  const without = (name: string) => zip.filter((entry) => entry.name !== name);
  const [pull, workflow, fork, branch] = [nameRun(3), nameRun(4), nameRun(5), nameRun(6)];
  const [forkByList, damaged, link, proposed] = [nameRun(7), nameRun(8), nameRun(9), nameRun(10)];
  offer(pull, zip, { workflow_run: { id: 1 } });
  offer(workflow, zip, { workflow_run: { id: 2 } });
  offer(fork, zip, { workflow_run: { id: 3 } });
  offer(branch, zip, { workflow_run: { id: 9, head_branch: 'topic' } });
  const ofFork = { id: 9, repository_id: 1, head_repository_id: 2, head_branch: 'main' };
  offer(forkByList, zip, { workflow_run: ofFork });
  offer(damaged, without('plan.json'));
  offer(link, [...without('plan.json'), { name: 'plan.json', mode: 0o120777, content: '/etc/passwd' }]);
  const source = { event: 'pull_request', repository: null, workflowPath: null, ref: null, sha: null };
  offer(proposed, await zipRun(proposed, { source: { ...source, pullRequest: 7 } }));
  offer(second, await zipRun(second));
  offer('20261124t013000z-00000x', zip);

  const { report, said, status } = await publish();
  expect(status).toBe(0);
  expect(report?.taken).toEqual([second]);
  expect(Object.fromEntries(report?.leftOut.map(({ id, reason }) => [id, reason]) ?? [])).toEqual({
    [pull]: 'its workflow was started by pull_request',
    [workflow]: expect.stringContaining('other.yml is not among'),
    [fork]: 'it comes from a fork',
    [branch]: 'it comes from branch topic, not main',
    [forkByList]: 'it comes from a fork',
    [damaged]: 'It has no plan.json.',
    [link]: '"plan.json" is no plain file',
    [proposed]: 'it was measured for a pull request',
  });
  expect(said).toContain(`herdmark-bench-${forkByList}, herdmark-bench-${fork}: it comes from a fork`);
  // Those that the list rules out are not asked about.
  expect(api.asked.filter((path) => path.endsWith('/runs/9'))).toEqual([]);
  expect(readRemote(remote).paths.filter((path) => path.startsWith('runs/'))).toEqual([runPath(second)]);
});

test('pages beyond the days are not looked at', async () => {
  for (let n = 0; n < 250; n++) offer(`coverage-${n}`, [], { created_at: '2020-01-01T00:00:00Z' });
  offer(first, await zipRun(first), { created_at: new Date().toISOString() });
  const { report } = await publish('--days', '7');
  expect(report?.taken).toEqual([first]);
  expect(api.asked.filter((path) => path.endsWith('/artifacts'))).toHaveLength(2);
});

test('where GitHub refuses half-way, what was taken until then is in the history', async () => {
  offer(first, await zipRun(first));
  offer(second, await zipRun(second));
  api.refusals.set('/actions/artifacts/1/zip', 401);
  const { status, said } = await publish();
  expect(status).toBe(1);
  expect(said).toMatch(/GitHub answered 401/);
  expect(readRemote(remote).paths).toContain(runPath(second));
});

test('runs of a folder need no GitHub; a dry run changes nothing', async () => {
  const from = await makeFolder();
  await makeRunFolder(from, first);
  const options = ['publish', '--json', '--from', from, '--remote', remote];
  const dry = await run(...options, '--dry-run');
  expect(dry.report).toEqual({ ...none, taken: [first] });
  expect(() => readRemote(remote)).toThrow();
  expect((await run(...options)).report?.taken).toEqual([first]);
  expect((await run(...options)).report).toMatchObject({ taken: [], present: [first] });
  expect(readRemote(remote).commits).toBe(1);
  expect(api.asked).toEqual([]);
});

test('a run that came as an artifact is the same when it comes from a folder; another one is a conflict', async () => {
  offer(first, await zipRun(first));
  await publish();
  const from = await makeFolder();
  await makeRunFolder(from, first);
  const options = ['publish', '--json', '--remote', remote, '--from'];
  expect((await run(...options, from)).report).toMatchObject({ present: [first], leftOut: [] });
  const other = await makeFolder();
  await makeRunFolder(other, first, { machine: { id: 'ffffffffffff', label: 'another' } });
  await makeRunFolder(other, third);
  const { report } = await run(...options, other);
  expect(report).toMatchObject({
    taken: [third],
    leftOut: [{ id: first, name: first, reason: 'the history has another run of the same id, which stays' }],
  });
});

test('without a remote the folder is the history', async () => {
  const [from, folder] = [await makeFolder(), join(await makeFolder(), 'history')];
  await makeRunFolder(from, first);
  const options = ['publish', '--json', '--from', from, '--history', folder];
  expect((await run(...options)).report).toEqual({ ...none, taken: [first] });
  expect((await run(...options)).report).toMatchObject({ taken: [], present: [first] });
  expect((await readdir(folder)).sort()).toEqual(['README.md', 'inputs', 'outputs', 'runs', 'samples']);
  expect((await herdmark(['history', 'verify', '--history', folder], {})).said).toMatch(/is whole: 1 run /);
});

test('in a job too, a folder is the history where no remote is named', async () => {
  const [from, folder] = [await makeFolder(), join(await makeFolder(), 'history')];
  await makeRunFolder(from, first);
  const env = { HERDMARK_STATE: state, GITHUB_REPOSITORY: 'a/b', GITHUB_SERVER_URL: 'http://127.0.0.1:1' };
  const { status } = await herdmark(['publish', '--from', from, '--history', folder], env);
  expect(status).toBe(0);
  expect((await openHistory(folder)).runIds()).toEqual([first]);
});

test.each(['', remoteOption])('a folder of other things is not made a history (%s)', async (option) => {
  const [from, folder] = [await makeFolder(), await makeFolder()];
  await makeRunFolder(from, first);
  await writeFile(join(folder, 'README.md'), 'mine');
  const options = option === '' ? [] : [option, remote];
  const { status, said } = await run('publish', '--from', from, '--history', folder, ...options);
  expect([status, said]).toEqual([1, expect.stringMatching(/holds other things than a history/)]);
  expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe('mine');
});

test.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
  ['no repository', [], {}, /Which runs\? Give --repo/],
  ['no token', ['--repo', 'a/b'], {}, /set GITHUB_TOKEN/],
  ['no history', ['--from', '.'], {}, /Where is the history\?/],
  [
    'a wrong repository',
    ['--repo', 'a/..', '--history', 'x', '--remote', '.'],
    { GITHUB_TOKEN: 'x' },
    /is no/,
  ],
  ['a folder that is not there', ['--from', 'none', '--history', 'x'], {}, /no such folder of runs/],
])('%s is said with its fix', async (_, options, env, reason) => {
  const cwd = process.cwd();
  process.chdir(await makeFolder());
  const { status, said } = await herdmark(['publish', ...options], { HERDMARK_STATE: state, ...env });
  process.chdir(cwd);
  expect([status, said]).toEqual([1, expect.stringMatching(reason)]);
});

test('a branch is verified, pruned and exported where it is', async () => {
  offer(first, await zipRun(first));
  await publish();
  const place = ['--remote', remote];
  expect((await run('history', 'verify', ...place)).said).toMatch(/is whole: 1 run /);
  const prune = ['history', 'prune', '--keep-samples-days', '1', ...place];
  expect((await run(...prune, '--dry-run')).said).toMatch(/Would remove the samples of 1 run /);
  expect(readRemote(remote).commits).toBe(1);
  expect((await run(...prune)).said).toMatch(/Removed the samples of 1 run /);
  expect((await run(...prune)).said).toMatch(/Removed the samples of 0 runs /);
  expect(readRemote(remote).commits).toBe(2);
  expect(readRemote(remote).paths).not.toContain(samplesPath(first));
  expect((await publish()).report).toMatchObject({ taken: [], present: [first] });
  expect((await run('history', 'verify', ...place)).status).toBe(0);
  const out = await makeFolder();
  const exported = await herdmark(['history', 'export', '--out', out, ...place], { HERDMARK_STATE: state });
  expect(exported.said).toMatch(/Wrote 1 row of runs, .*[\d,]+ rows of series, 0 rows of samples/);
  const shown = await herdmark(['history', 'show', ...place], { HERDMARK_STATE: state });
  expect(shown.output).toMatch(/^machine .*\n.+\n\n1 run, \d+ distinct answers\n$/);
});

test('a publisher that is told to keeps no samples of older runs, and leaves none to the site', async () => {
  const keep = ['--keep-samples-days', '1'];
  expect((await publish(...keep)).status).toBe(0);
  offer(first, await zipRun(first));
  const folder = await makeFolder();
  const { report, said } = await publish(...keep, '--history', folder);
  expect(report).toMatchObject({ taken: [first] });
  expect(said).toContain('Removed the samples of 1 older run');
  expect(report?.commit).toBe(git(`--git-dir=${remote}`, 'rev-parse', 'herdmark-history'));
  expect(readRemote(remote).paths).toContain(runPath(first));
  expect(readRemote(remote).paths).not.toContain(samplesPath(first));
  expect(await readdir(folder)).not.toContain('samples');
  expect((await publish(...keep)).report?.commit).toBe(report?.commit);
  expect(readRemote(remote).commits).toBe(2);
});
