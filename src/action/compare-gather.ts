import { join } from 'node:path';
import type { NothingChanged } from '../schema/nothing-changed.ts';
import type { Run } from '../schema/run.ts';
import { UnreadableDocument } from '../schema/version.ts';
import { findRunId } from '../store/artifacts.ts';
import type { Artifact, GithubArtifacts } from '../store/collect-github.ts';
import { UnfitArtifact } from '../store/collect-unfit.ts';
import { takeRun } from '../store/github/take-run.ts';
import { readRunFolder } from '../store/read-run-folder.ts';
import { isUnchangedRecord, takeUnchangedRecord } from './unchanged-record.ts';

export interface Gathered {
  /** One for each run that can be compared. */
  folders: string[];
  /** Both are text from the artifacts. */
  leftOut: { artifact: string; reason: string }[];
  /** Of each benchmark that found no model changed, the models that came and went all the same. */
  unchanged: Pick<NothingChanged, 'added' | 'removed'>[];
}

/** Each may unpack to half a GiB, and a hosted runner has about 14 to spare. */
export const mostRuns = 20;

/**
 * Brings the runs that a workflow run uploaded into a folder. What is no run, or none of this workflow run that
 * measured two sides, is left out and named. Where a job was run again, its later run replaces the earlier one.
 * @param artifacts the newest first.
 */
export async function gatherRuns(
  github: Pick<GithubArtifacts, 'download'>,
  artifacts: readonly Artifact[],
  workflowRun: number,
  runsDir: string,
): Promise<Gathered> {
  const gathered: Gathered = { folders: [], leftOut: [], unchanged: [] };
  const taken = new Set<string>();
  const leaveOut = (artifact: Artifact, reason: string) =>
    gathered.leftOut.push({ artifact: artifact.name, reason });

  let looked = 0;
  for (const artifact of artifacts.filter(({ name }) => isUnchangedRecord(name)).slice(0, mostRuns)) {
    try {
      gathered.unchanged.push(await takeUnchangedRecord(github, artifact, workflowRun, runsDir));
    } catch (error) {
      if (!isUnfit(error)) throw error;
      leaveOut(artifact, error.message);
    }
  }
  for (const artifact of artifacts) {
    const runId = findRunId(artifact.name);
    if (runId === null || taken.has(runId)) continue;
    if (++looked > mostRuns) {
      leaveOut(artifact, `only the ${mostRuns} latest are taken`);
      continue;
    }
    try {
      const run = await takeRun(github, artifact, runId, runsDir);
      taken.add(runId);
      const place = nameMeasurement(artifact.name, runId, run);
      const reason = explainUnrelated(run, workflowRun) ?? (await explainUnread(join(runsDir, runId), run));
      if (reason !== null) leaveOut(artifact, reason);
      else if (taken.has(place)) leaveOut(artifact, 'its job was run again');
      else gathered.folders.push(join(runsDir, runId));
      if (reason === null) taken.add(place);
    } catch (error) {
      if (!isUnfit(error)) throw error;
      leaveOut(artifact, error.message);
    }
  }
  return gathered;
}

function isUnfit(error: unknown): error is UnfitArtifact | UnreadableDocument {
  return error instanceof UnfitArtifact || error instanceof UnreadableDocument;
}

/** A machine that was down sends what it could not send before with its next job. */
function explainUnrelated({ campaign, plan }: Run, workflowRun: number): string | null {
  if (campaign?.workflowRun !== String(workflowRun)) return 'it was not measured by this workflow run';
  return plan.comparison === null
    ? 'it did not measure two sides in turn: the benchmark needs the input `against`'
    : null;
}

/** One machine whose run came to nothing must not keep the others from being compared. */
async function explainUnread(folder: string, { plan, variants }: Run): Promise<string | null> {
  const measured = new Set(variants.map(({ key }) => key));
  if (!plan.comparison?.pairs.some(({ base, head }) => measured.has(base) && measured.has(head))) {
    return 'it did not come to measuring two sides';
  }
  const { promptSet } = await readRunFolder(folder);
  return promptSet === null ? 'its prompt set cannot be read' : null;
}

/** The same for what a job measured when it was run again, and for nothing else: a matrix has many jobs of one name. */
function nameMeasurement(artifactName: string, runId: string, { machine, variants }: Run): string {
  const job = artifactName.slice(0, artifactName.indexOf(runId));
  return [job, machine.id, ...variants.map(({ key }) => key)].join(' ');
}
