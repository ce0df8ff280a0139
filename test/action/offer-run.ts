import { createHash } from 'node:crypto';
import { currentSchemaVersion } from '../../src/schema/documents.ts';
import type { Run } from '../../src/schema/run.ts';
import { digest, makeRun, makeVariant } from '../blank-run.ts';
import type { BlobHost } from './blob-host.ts';
import type { ListedArtifact } from './github-api.ts';
import { makeZip, type ZipEntry } from './make-zip.ts';
import type { PullRequestApi } from './pull-request-api.ts';

/** The workflow run that measured, and the commit that it measured. */
export const measuring = 4242;
export const headSha = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
export const runIds = [
  '20261124t013000z-00000a',
  '20261124t013000z-00000b',
  '20261124t013000z-00000c',
] as const;

const comparison = {
  pairs: [{ base: 'a-0123abcd', head: 'b-0123abcd' }],
  resident: true,
  looks: [3],
  added: [],
  removed: [],
};
const promptSet = {
  ...{ id: 'core', version: 1, title: 'Core' },
  prompts: [
    {
      ...{ id: 'name', title: 'A name', category: 'extract', prompt: 'Name one colour.', maxTokens: 8 },
      checks: [{ type: 'length', unit: 'words', max: 20 }],
    },
  ],
};
const json = (name: string, value: unknown): ZipEntry => ({ name, content: JSON.stringify(value) });

/** What a benchmark with `against` uploads, but that it measured nothing. */
export function packRun(changes: Partial<Run> & { id: string }): ZipEntry[] {
  const run = makeRun({
    campaign: { id: `${measuring}-1`, workflowRun: String(measuring), attempt: 1 },
    plan: { ...makeRun().plan, comparison },
    variants: [makeVariant('a', 0, 0, 0), makeVariant('b', 0, 0, 0)],
    ...changes,
  });
  return [
    json('summary.json', run),
    json('plan.json', {
      schemaVersion: currentSchemaVersion,
      promptSet: { id: 'core', version: 1, hash: digest('a') },
      ...{ loads: 1, rounds: 1, warmup: 1, warmupMax: 8, seed: 1, variants: [], requests: [] },
      ...{ cache: 'defeat', loadShapes: [{ kind: 'closed', concurrency: 1 }], comparison },
    }),
    { name: 'samples.ndjson' },
    json('inputs/prompt-set.json', promptSet),
  ];
}

/** Puts an artifact into the workflow run that measured, each newer than the one before. */
export function offerArtifact(
  api: PullRequestApi,
  blobs: BlobHost,
  entries: readonly ZipEntry[] | Buffer,
  name: string,
  changes: Partial<ListedArtifact> = {},
): void {
  const number = api.artifacts.length + 1;
  const zip = Buffer.isBuffer(entries) ? entries : makeZip(entries);
  api.artifacts.push({
    ...{ id: number, name, size_in_bytes: zip.length, expired: false },
    digest: `sha256:${createHash('sha256').update(zip).digest('hex')}`,
    created_at: new Date(Date.UTC(2026, 10, 24, 2, 0, number)).toISOString(),
    workflow_run: { id: measuring },
    blobUrl: blobs.serve(`${number}.zip`, zip),
    ...changes,
  });
}

/** The pull request of a fork, and the workflow run that measured its head. */
export function openForkPullRequest(api: PullRequestApi): void {
  const repository = { id: 77, owner: 'mallory' };
  const branch = 'new model/v2';
  api.runs.push({
    ...{ id: measuring, event: 'pull_request', head_sha: headSha, head_branch: branch },
    head_repository: { id: repository.id, owner: { login: repository.owner } },
  });
  api.pullRequests.push({
    ...{ number: 12, state: 'open' },
    head: { ref: branch, sha: headSha, repo: repository },
  });
}
