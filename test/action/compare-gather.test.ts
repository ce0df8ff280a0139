import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Gathered, gatherRuns } from '../../src/action/compare-gather.ts';
import { openGithubArtifacts } from '../../src/store/collect-github.ts';
import { openGithubApi } from '../../src/store/github/api.ts';
import { listRunArtifacts } from '../../src/store/github/run-artifacts.ts';
import { digest, makeRun, makeVariant } from '../blank-run.ts';
import { type BlobHost, startBlobHost } from './blob-host.ts';
import { goodToken, type ListedArtifact } from './github-api.ts';
import type { ZipEntry } from './make-zip.ts';
import { measuring, offerArtifact, packRun, runIds } from './offer-run.ts';
import { type PullRequestApi, startPullRequestApi } from './pull-request-api.ts';

let api: PullRequestApi;
let blobs: BlobHost;
let runsDir: string;
beforeEach(async () => {
  [api, blobs] = await Promise.all([startPullRequestApi(), startBlobHost()]);
  runsDir = await mkdtemp(join(tmpdir(), 'herdmark-gather-'));
});
afterEach(() => Promise.all([api.close(), blobs.close(), rm(runsDir, { recursive: true })]));

function offer(
  entries: readonly ZipEntry[] | Buffer,
  name: string,
  changes: Partial<ListedArtifact> = {},
): void {
  offerArtifact(api, blobs, entries, name, changes);
}

/** With the folders by their names. */
async function gather(): Promise<Gathered> {
  const { repository, url: apiUrl } = api;
  const access = { repository, apiUrl, token: goodToken, graphqlUrl: `${apiUrl}/graphql` };
  const artifacts = await listRunArtifacts(openGithubApi(access), measuring);
  const found = await gatherRuns(openGithubArtifacts(access), artifacts, measuring, runsDir);
  return { ...found, folders: found.folders.map((it) => basename(it)) };
}

const notAZip = Buffer.from('no zip, but long enough to look for one in it');

it.each<[string, ZipEntry[] | Buffer, Partial<ListedArtifact>, RegExp]>([
  [
    'that leads out of its folder',
    [...packRun({ id: runIds[1] }), { name: '../../x' }],
    {},
    /invalid relative/,
  ],
  ['with a link', [{ name: 'plan.json', mode: 0o120777, content: '/etc/passwd' }], {}, /no plain file/],
  ['that is no zip', notAZip, {}, /its zip is damaged/],
  [
    'of other bytes than were uploaded',
    packRun({ id: runIds[1] }),
    { digest: digest('f') },
    /GitHub announced/,
  ],
  ['that is announced too large', packRun({ id: runIds[1] }), { size_in_bytes: 2 ** 40 }, /than is taken/],
  ['that has expired', packRun({ id: runIds[1] }), { expired: true }, /has expired/],
  ['without a plan', packRun({ id: runIds[1] }).toSpliced(1, 1), {}, /no plan.json/],
  ['of another run than its name says', packRun({ id: runIds[2] }), {}, /not what its name says/],
  ['that measured one side', packRun({ id: runIds[1], plan: makeRun().plan }), {}, /needs the input/],
  [
    'that came to measuring nothing',
    packRun({ id: runIds[1], variants: [] }),
    {},
    /did not come to measuring/,
  ],
  ['without a prompt set', packRun({ id: runIds[1] }).slice(0, 3), {}, /its prompt set cannot be read/],
  ['of a run outside Actions', packRun({ id: runIds[1], campaign: null }), {}, /not measured by this/],
  [
    'of an earlier job of the machine',
    packRun({ id: runIds[1], campaign: { id: '17-1', workflowRun: '17', attempt: 1 } }),
    {},
    /not measured by this workflow run/,
  ],
])('leaves out an artifact %s, says why, and takes the others', async (_, entries, changes, reason) => {
  offer(packRun({ id: runIds[0] }), `herdmark-bench-${runIds[0]}`);
  offer(entries, `@mallory-${runIds[1]}`, changes);
  expect(await gather()).toEqual({
    ...{ folders: [runIds[0]], unchanged: [] },
    leftOut: [{ artifact: `@mallory-${runIds[1]}`, reason: expect.stringMatching(reason) }],
  });
});

it('takes what a job measured last, of every machine and model, and no run twice', async () => {
  const other = { id: 'ba9876543210', label: 'another GPU' };
  const otherModels = ['a', 'b', 'c'].map((name) => makeVariant(name, 0, 0, 0));
  const [id, otherModel] = [runIds[2], '20261124t013000z-00000d'];
  offer(packRun({ id: runIds[0] }), `herdmark-bench-${runIds[0]}`);
  offer(packRun({ id: runIds[1], machine: other }), `herdmark-bench-${runIds[1]}`);
  offer(packRun({ id }), `herdmark-bench-${id}`);
  offer(packRun({ id }), `herdmark-bench-${id}-retry`);
  offer(packRun({ id: otherModel, variants: otherModels }), `herdmark-bench-${otherModel}`);
  offer(packRun({ id: '20261124t013000z-00000e' }), 'herdmark-bench-20261124t013000z-00000e-killed');
  offer(notAZip, 'coverage');
  expect(await gather()).toEqual({
    ...{ folders: [otherModel, id, runIds[1]], unchanged: [] },
    leftOut: [{ artifact: `herdmark-bench-${runIds[0]}`, reason: 'its job was run again' }],
  });
  expect((await readdir(runsDir)).filter((name) => name.startsWith('.'))).toEqual([]);
});

it('takes a run from its second upload where the first was damaged', async () => {
  offer(packRun({ id: runIds[0] }), `herdmark-bench-${runIds[0]}-retry`);
  offer(notAZip, `herdmark-bench-${runIds[0]}`);
  expect(await gather()).toMatchObject({
    folders: [runIds[0]],
    leftOut: [{ artifact: `herdmark-bench-${runIds[0]}` }],
  });
});

it('looks at no more runs than a machine has room for, and at all pages', async () => {
  for (let n = 0; n < 100; n++) offer(notAZip, `coverage-${n}`);
  for (let n = 10; n < 31; n++) offer(notAZip, `herdmark-bench-20261124t0200${n}z-00000a`);
  const { folders, leftOut } = await gather();
  expect(folders).toEqual([]);
  expect(leftOut).toHaveLength(21);
  expect(leftOut.at(-1)).toEqual({
    artifact: 'herdmark-bench-20261124t020010z-00000a',
    reason: 'only the 20 latest are taken',
  });
});

const record = (changes: object = {}): ZipEntry[] => {
  const said = { schemaVersion: '2.2', workflowRun: String(measuring), added: ['gemma3:27b'], removed: [] };
  return [{ name: 'inputs/nothing-changed.json', content: JSON.stringify({ ...said, ...changes }) }];
};

it('takes the word of a benchmark that no model was changed', async () => {
  offer(packRun({ id: runIds[0] }), `herdmark-bench-${runIds[0]}`);
  offer(record({ added: ['a\n\u202e::error::x'] }), `herdmark-small-${runIds[1]}-unchanged`);
  expect(await gather()).toMatchObject({
    folders: [runIds[0]],
    leftOut: [],
    unchanged: [{ added: ['a ::error::x'], removed: [] }],
  });
});

it.each<[string, ZipEntry[] | Buffer, Partial<ListedArtifact>, RegExp]>([
  ['of another workflow run', record({ workflowRun: '17' }), {}, /not of this workflow run/],
  ['without names', record({ added: undefined }), {}, /is damaged/],
  ['of too many names', record({ added: Array(101).fill('a') }), {}, /is damaged/],
  ['that is a run', packRun({ id: runIds[1] }), {}, /has no inputs/],
  ['that is too large', record({ added: ['a'.repeat(70_000)] }), {}, /unpacks to/],
  ['that is no zip', notAZip, {}, /its zip is damaged/],
  ['that has expired', record(), { expired: true }, /has expired/],
])('does not take a word %s', async (_, entries, changes, reason) => {
  offer(entries, `herdmark-bench-${runIds[1]}-unchanged`, changes);
  expect(await gather()).toMatchObject({
    ...{ folders: [], unchanged: [] },
    leftOut: [{ artifact: expect.any(String), reason: expect.stringMatching(reason) }],
  });
});
