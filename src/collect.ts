import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formatQuantity } from './core/render/format.ts';
import { type GithubAccess, openGithubArtifacts } from './store/collect-github.ts';
import { explainLeftOut } from './store/collect-unfit.ts';
import { findRuns } from './store/github/find-runs.ts';
import { takeRun } from './store/github/take-run.ts';
import { InputError } from './store/input-error.ts';

/** GitHub keeps an artifact for 90 days unless a repository says otherwise; the page of a site says so too. */
export const artifactDays = 90;
export const defaultWorkflows = ['.github/workflows/nightly.yml'];

export interface ArtifactRequest extends GithubAccess {
  /** Artifacts that were made before are not looked at. */
  since: Date;
  /** Only runs of these workflows are taken. */
  workflows: readonly string[];
  /** null: the repository's default branch. */
  branch: string | null;
}

export interface CollectRequest extends ArtifactRequest {
  /** Each run is put in here, in a folder of its own that is named by its id. */
  runsDir: string;
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
  requireRepositoryName(request.repository);
  const { since, workflows, runsDir } = request;
  const github = openGithubArtifacts(request);
  const branch = request.branch ?? (await github.defaultBranch());
  const report: CollectReport = { taken: [], present: [], leftOut: [] };
  await mkdir(runsDir, { recursive: true });

  const isKnown = (runId: string) => existsSync(join(runsDir, runId));
  for await (const found of findRuns(github, { since, workflows, branch, isKnown })) {
    const { artifact, runId } = found;
    if (found.kind === 'known') report.present.push(runId);
    else if (found.kind === 'mistrusted') {
      report.leftOut.push({ artifact: artifact.name, reason: found.reason });
    } else {
      const reason = await explainLeftOut(() => takeRun(github, artifact, runId, runsDir));
      if (reason === null) report.taken.push(runId);
      else report.leftOut.push({ artifact: artifact.name, reason });
    }
  }
  return report;
}

/** @throws {InputError} */
export function requireRepositoryName(repository: string): void {
  if (/^[\w.-]+\/[\w.-]+$/.test(repository) && !/(^|\/)\.+(\/|$)/.test(repository)) return;
  throw new InputError('wrong-repository', `"${repository}" is no repository: give it as owner/name.`);
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
