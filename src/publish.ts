import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type ArtifactRequest, requireRepositoryName } from './collect.ts';
import type { Log } from './core/log.ts';
import { formatQuantity } from './core/render/format.ts';
import {
  leaveOut,
  type Publication,
  type PublishReport,
  putWaiting,
  reportOn,
  stageRun,
  startPublication,
} from './publish/publication.ts';
import type { HistoryRun } from './schema/history.ts';
import type { Run } from './schema/run.ts';
import { type Artifact, openGithubArtifacts } from './store/collect-github.ts';
import type { WorkflowRun } from './store/collect-trust.ts';
import { findRuns } from './store/github/find-runs.ts';
import { takeRun } from './store/github/take-run.ts';
import { type GitAccess, openGitBranch } from './store/history/git-branch.ts';
import { requireHistoryFolder } from './store/history/history-folder.ts';
import { type HistoryTarget, openBranchTarget, openFolderTarget } from './store/history/targets.ts';
import { InputError } from './store/input-error.ts';
import { isRunFolder } from './store/read-earlier-runs.ts';

export interface PublishRequest {
  /** Whose artifacts to take; null: nobody's. */
  artifacts: ArtifactRequest | null;
  /** Run folders, or folders of them. */
  from: readonly string[];
  /** The branch that is the history; null: the folder is. */
  branch: GitAccess | null;
  /** Where the history is left, checked out; null: nowhere. One of this and the branch is needed. It holds nothing else. */
  historyFolder: string | null;
  /** Runs that started before keep no samples in the history; null: all do. */
  keepSamplesFrom: Date | null;
  /** Takes and validates, and puts nothing into the history. */
  dryRun: boolean;
  log: Log;
}

/**
 * Puts runs into a history, each once. What cannot be taken is named, and the others go on; where GitHub refuses
 * half-way, what was taken until then is put in before.
 * @throws {InputError} where GitHub or the remote refuses, or the folder of the history holds other things.
 */
export async function publishRuns(request: PublishRequest): Promise<PublishReport> {
  const { artifacts, from, historyFolder, keepSamplesFrom, dryRun, log } = request;
  if (artifacts !== null) requireRepositoryName(artifacts.repository);
  if (historyFolder !== null) await requireHistoryFolder(historyFolder);
  const target = await openTarget(request);
  const work = await mkdtemp(join(tmpdir(), 'herdmark-publish-'));
  const startedAt = new Date().toISOString();
  const publication = startPublication({ target, staging: join(work, 'staging'), startedAt, dryRun, log });
  try {
    try {
      for (const folder of from) await takeFolder(publication, folder);
      if (artifacts !== null) await takeArtifacts(publication, artifacts, join(work, 'incoming'));
    } finally {
      await putWaiting(publication);
    }
    if (keepSamplesFrom !== null && !dryRun) {
      const pruned = await target.prune(keepSamplesFrom);
      if (pruned.length > 0) log.info(`Removed the samples of ${formatQuantity(pruned.length, 'older run')}`);
    }
    if (historyFolder !== null && !dryRun) await target.checkOut(historyFolder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return reportOn(publication);
}

async function openTarget({ branch, historyFolder }: PublishRequest): Promise<HistoryTarget> {
  if (branch !== null) return openBranchTarget(await openGitBranch(branch));
  if (historyFolder !== null) return openFolderTarget(historyFolder);
  throw new InputError(
    'no-history',
    'Where is the history? Give --repo owner/name, --remote <url>, or --history <folder>.',
  );
}

async function takeFolder(publication: Publication, folder: string): Promise<void> {
  for (const path of await listRunFolders(folder)) {
    await stageRun(publication, basename(path), async () => ({ folder: path, origin: null }));
  }
}

/** @param incoming A folder to be made, for what is downloaded. */
async function takeArtifacts(
  publication: Publication,
  request: ArtifactRequest,
  incoming: string,
): Promise<void> {
  const { since, workflows } = request;
  const { target, names, present } = publication;
  const github = openGithubArtifacts(request);
  const branch = request.branch ?? (await github.defaultBranch());
  await mkdir(incoming);
  const isKnown = (id: string) => target.known.has(id) || names.has(id);
  for await (const found of findRuns(github, { since, workflows, branch, isKnown })) {
    const { artifact, runId: id } = found;
    if (found.kind === 'mistrusted') leaveOut(publication, artifact.name, found.reason);
    else if (found.kind === 'trusted') {
      const { workflowRun } = found;
      await stageRun(publication, artifact.name, async () => {
        const run = await takeRun(github, artifact, id, incoming);
        return { folder: join(incoming, id), origin: describeOrigin(request, artifact, workflowRun, run) };
      });
      await rm(join(incoming, id), { recursive: true, force: true });
    } else if (!names.has(id)) present.add(id);
  }
}

/** The API tells the latest attempt only; an artifact may be of an earlier one, of which just the run itself tells. */
function describeOrigin(
  { repository }: ArtifactRequest,
  { id: artifact, created_at: uploadedAt }: Artifact,
  { id, run_attempt: latest }: WorkflowRun,
  { campaign }: Run,
): HistoryRun['origin'] {
  const attempts = [campaign?.attempt, latest].filter((it) => typeof it === 'number');
  return {
    ...{ repository, workflowRun: String(id), artifact, uploadedAt },
    attempt: attempts.length === 0 ? 1 : Math.min(...attempts),
  };
}

/** @throws {InputError} where the folder cannot be read. */
async function listRunFolders(folder: string): Promise<string[]> {
  if (isRunFolder(folder)) return [folder];
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new InputError('no-runs', `${folder}: there is no such folder of runs.`, { cause });
  });
  const paths = names.sort().map((name) => join(folder, name));
  return paths.filter(isRunFolder);
}
