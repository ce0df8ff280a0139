import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CollectReport, collectRuns, renderCollectReport } from '../../src/collect.ts';
import { currentSchemaVersion } from '../../src/schema/documents.ts';
import { openGithubArtifacts } from '../../src/store/collect-github.ts';
import { digest, makeRun } from '../blank-run.ts';
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
let runsDir: string;
beforeEach(async () => {
  api = await startGithubApi();
  blobs = await startBlobHost();
  runsDir = await mkdtemp(join(tmpdir(), 'herdmark-collect-'));
});
afterEach(async () => {
  await api.close();
  await blobs.close();
  await rm(runsDir, { recursive: true });
});

const id = '20261124t013000z-4f09ab';
const name = `herdmark-bench-${id}`;
const plan = {
  schemaVersion: currentSchemaVersion,
  promptSet: { id: 'core', version: 1, hash: digest('a') },
  ...{ loads: 1, rounds: 1, warmup: 1, warmupMax: 8, seed: null, variants: [], requests: [] },
  ...{ cache: 'defeat', loadShapes: [{ kind: 'closed', concurrency: 1 }], comparison: null },
};
const json = (name: string, value: unknown): ZipEntry => ({ name, content: JSON.stringify(value) });
const good = [json('summary.json', makeRun()), json('plan.json', plan), { name: 'samples.ndjson' }];
const without = (name: string) => good.filter((entry) => entry.name !== name);

function offer(zip: Buffer, changes: Partial<ListedArtifact> = {}): void {
  const number = api.artifacts.length + 1;
  api.artifacts.push({
    id: number,
    name,
    size_in_bytes: zip.length,
    digest: `sha256:${createHash('sha256').update(zip).digest('hex')}`,
    expired: false,
    created_at: '2026-11-24T02:00:00Z',
    workflow_run: { id: 4242 },
    blobUrl: blobs.serve(`${number}.zip`, zip),
    ...changes,
  });
}

function collect(changes: Partial<Parameters<typeof collectRuns>[0]> = {}): Promise<CollectReport> {
  return collectRuns({
    repository: api.repository,
    token: goodToken,
    apiUrl: api.url,
    runsDir,
    since: new Date('2026-09-01T00:00:00Z'),
    workflows: ['.github/workflows/nightly.yml'],
    branch: null,
    ...changes,
  });
}

it('takes a run once, and tells the blob host nothing', async () => {
  offer(makeZip(good));
  expect(await collect()).toEqual({ taken: [id], present: [], leftOut: [] });
  expect(await readdir(runsDir)).toEqual([id]);
  expect((await readdir(join(runsDir, id))).sort()).toEqual(['plan.json', 'samples.ndjson', 'summary.json']);
  expect(await collect()).toEqual({ taken: [], present: [id], leftOut: [] });
  expect(blobs.headers.map(({ authorization }) => authorization)).toEqual([undefined]);
});

it('asks about a workflow run once, however many artifacts it has', async () => {
  const ids = ['20261124t013000z-000001', '20261124t013000z-000002'];
  for (const id of ids) {
    offer(makeZip([json('summary.json', makeRun({ id })), ...without('summary.json')]), {
      name: `shard-${id}-retry`,
    });
  }
  expect((await collect()).taken).toEqual(ids);
  expect(api.asked.filter((path) => path.includes('/runs/'))).toHaveLength(1);
});

it('looks at every page', async () => {
  for (let n = 0; n < 100; n++) offer(Buffer.alloc(0), { name: `coverage-${n}` });
  offer(makeZip(good));
  expect((await collect()).taken).toEqual([id]);
});

it.each<[string, Buffer, Partial<ListedArtifact>, RegExp]>([
  ['an artifact that has expired', makeZip(good), { expired: true }, /expired/],
  ['a zip that is announced too large', makeZip(good), { size_in_bytes: 2 ** 40 }, /weighs/],
  ['other bytes than were uploaded', makeZip(good), { digest: digest('f') }, /but GitHub announced/],
  ['a run of another workflow', makeZip(good), { workflow_run: { id: 7 } }, /workflow .* is not among/],
  ['a run whose workflow run was deleted', makeZip(good), { workflow_run: { id: 8 } }, /no longer has/],
  ['a way out of the folder', makeZip([...good, { name: '../x' }]), {}, /invalid relative path/],
  [
    'a link',
    makeZip([...without('plan.json'), { name: 'plan.json', mode: 0o120777, content: '/etc/passwd' }]),
    {},
    /no plain file/,
  ],
  ['no run report', makeZip(without('summary.json')), {}, /no summary.json/],
  ['a report that is not JSON', makeZip([{ name: 'summary.json', content: '<html>' }]), {}, /not JSON/],
  ['no plan', makeZip(without('plan.json')), {}, /no plan.json/],
  [
    'a report that is damaged',
    makeZip([json('summary.json', { ...makeRun(), counts: 'many' }), ...without('summary.json')]),
    {},
    /damaged/,
  ],
  [
    'a report of a later major',
    makeZip([json('summary.json', { ...makeRun(), schemaVersion: '9.0' })]),
    {},
    /update Herdmark/,
  ],
  [
    'another run than its name says',
    makeZip([json('summary.json', makeRun({ id: '20261124t013000z-ffffff' })), ...without('summary.json')]),
    {},
    /not what its name says/,
  ],
  [
    'an answer that is not of the run',
    makeZip([...good, json('outputs/tiny-0123abcd/bullets.json', {})]),
    {},
    /no answer of this run/,
  ],
  [
    'a sample that is none',
    makeZip([...without('samples.ndjson'), { name: 'samples.ndjson', content: '{}\n' }]),
    {},
    /does not belong/,
  ],
])('leaves out %s, and says so', async (_, zip, changes, reason) => {
  api.runs.push(makeWorkflowRun({ id: 7, path: '.github/workflows/other.yml' }));
  offer(zip, changes);
  expect(await collect()).toEqual({
    taken: [],
    present: [],
    leftOut: [{ artifact: name, reason: expect.stringMatching(reason) }],
  });
  expect(await readdir(runsDir)).toEqual([]);
});

it('stops a download that is larger than it was announced', async () => {
  offer(makeZip(good), { size_in_bytes: 1 });
  const github = openGithubArtifacts({ repository: api.repository, token: goodToken, apiUrl: api.url });
  const artifact = (await github.list()[Symbol.asyncIterator]().next()).value;
  const download = (maxBytes: number) =>
    github.download(artifact ?? expect.unreachable(), join(runsDir, `${maxBytes}.zip`), maxBytes);
  await expect(download(100)).rejects.toThrow('it is larger than the 100 bytes that are taken');
  await expect(download(10_000)).resolves.toBeUndefined();
});

it('does not look at what is no run, or too old', async () => {
  offer(makeZip(good), { name: 'coverage' });
  offer(makeZip(good), { created_at: '2026-08-01T00:00:00Z' });
  expect(await collect()).toEqual({ taken: [], present: [], leftOut: [] });
});

it('says what to do where GitHub refuses', async () => {
  await expect(collect({ token: null })).rejects.toThrow(/404 for acme\/llm-bench.*GITHUB_TOKEN/);
  await expect(collect({ repository: 'acme/../x' })).rejects.toThrow(
    'is no repository: give it as owner/name',
  );
});

it('reports in plain lines', () => {
  const leftOut = [{ artifact: name, reason: 'it comes from a fork' }];
  expect(renderCollectReport({ taken: [id], present: [id, id], leftOut })).toEqual([
    'Took 1 run; 2 were already there; left out 1.',
    `  ${name}: it comes from a fork`,
    'GitHub deletes artifacts, by default after 90 days: runs older than that can no longer be collected.',
  ]);
});
