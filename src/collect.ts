import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { formatQuantity } from './core/render/format.ts';
import { UnreadableDocument } from './schema/version.ts';
import { findRunId } from './store/artifacts.ts';
import {
  type Artifact,
  type GithubAccess,
  type GithubArtifacts,
  openGithubArtifacts,
} from './store/collect-github.ts';
import { validateRunFolder } from './store/collect-run.ts';
import { explainMistrust } from './store/collect-trust.ts';
import { UnfitArtifact } from './store/collect-unfit.ts';
import { archiveLimits, unpackRun } from './store/collect-zip.ts';
import { InputError } from './store/input-error.ts';

/** GitHub keeps an artifact for 90 days unless a repository says otherwise; the page of a site says so too. */
export const artifactDays = 90;
export const defaultWorkflows = ['.github/workflows/nightly.yml'];

export interface CollectRequest extends GithubAccess {
  /** Each run is put in here, in a folder of its own that is named by its id. */
  runsDir: string;
  /** Artifacts that were made before are not looked at. */
  since: Date;
  /** Only runs of these workflows are taken. */
  workflows: readonly string[];
  /** null: the repository's default branch. */
  branch: string | null;
}

export interface CollectReport {
  /** Ids of runs. */
  taken: string[];
  present: string[];
  leftOut: { artifact: string; reason: string }[];
}

/**
 * Brings the runs that a repository's workflows uploaded as artifacts into a folder. An artifact is hostile data until
 * its whole content was validated; one that is not what it should be is left out and named, the others are taken.
 * @throws {InputError} where GitHub refuses.
 */
export async function collectRuns(request: CollectRequest): Promise<CollectReport> {
  if (!/^[\w.-]+\/[\w.-]+$/.test(request.repository)) {
    throw new InputError(
      'wrong-repository',
      `"${request.repository}" is no repository: give it as owner/name.`,
    );
  }
  const github = openGithubArtifacts(request);
  const rules = { workflows: request.workflows, branch: request.branch ?? (await github.defaultBranch()) };
  const report: CollectReport = { taken: [], present: [], leftOut: [] };
  await mkdir(request.runsDir, { recursive: true });
  const mistrustOf = remember(async (id: number) => explainMistrust(await github.workflowRun(id), rules));

  for await (const artifact of github.list()) {
    const runId = findRunId(artifact.name);
    if (runId === null || (artifact.created_at !== null && new Date(artifact.created_at) < request.since))
      continue;
    if (existsSync(join(request.runsDir, runId))) {
      report.present.push(runId);
      continue;
    }
    const reason =
      explainUnfit(artifact) ??
      (await mistrustOf(artifact.workflow_run?.id ?? 0)) ??
      (await takeRun(github, artifact, runId, request.runsDir));
    if (reason === null) report.taken.push(runId);
    else report.leftOut.push({ artifact: artifact.name, reason });
  }
  return report;
}

/** What was collected, in lines for a person. */
export function renderCollectReport({ taken, present, leftOut }: CollectReport): string[] {
  const counts = `Took ${formatQuantity(taken.length, 'run')}; ${present.length} were already there; left out ${leftOut.length}.`;
  return [
    counts,
    ...leftOut.map(({ artifact, reason }) => `  ${artifact}: ${reason}`),
    `GitHub deletes artifacts, by default after ${artifactDays} days: runs older than that can no longer be collected.`,
  ];
}

function explainUnfit({ expired, size_in_bytes: size, workflow_run: run }: Artifact): string | null {
  if (expired) return 'it has expired';
  if (run === null) return 'GitHub does not tell which workflow run made it';
  return size > archiveLimits.archiveBytes ? `it weighs ${size} bytes, more than is taken` : null;
}

/** Downloads, unpacks, validates and only then moves a run to its place. Returns why it was left out, or null. */
async function takeRun(
  github: GithubArtifacts,
  artifact: Artifact,
  runId: string,
  runsDir: string,
): Promise<string | null> {
  const work = await mkdtemp(join(runsDir, '.incoming-'));
  try {
    const archive = join(work, 'artifact.zip');
    const folder = join(work, 'run');
    await mkdir(folder);
    await github.download(artifact, archive, archiveLimits.archiveBytes);
    await unpackRun(archive, folder, archiveLimits);
    const run = await validateRunFolder(folder);
    if (run.id !== runId) return `it holds run ${run.id}, which is not what its name says`;
    await rename(folder, join(runsDir, runId));
    return null;
  } catch (error) {
    if (error instanceof UnfitArtifact || error instanceof UnreadableDocument) return error.message;
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Asks once for each id: a matrix uploads many artifacts in one workflow run, and the API counts requests. */
function remember<T>(ask: (id: number) => Promise<T>): (id: number) => Promise<T> {
  const answers = new Map<number, Promise<T>>();
  return (id) => {
    const answer = answers.get(id) ?? ask(id);
    answers.set(id, answer);
    return answer;
  };
}
