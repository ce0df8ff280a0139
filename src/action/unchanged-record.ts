import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentSchemaVersion, nothingChangedDocument } from '../schema/documents.ts';
import type { NothingChanged } from '../schema/nothing-changed.ts';
import { readDocument } from '../schema/version.ts';
import { findRunId } from '../store/artifacts.ts';
import type { Artifact, GithubArtifacts } from '../store/collect-github.ts';
import { UnfitArtifact } from '../store/collect-unfit.ts';
import { unpackRun } from '../store/collect-zip.ts';

/** Ends the name of an artifact that says that no model was changed: who collects runs does not take it for one. */
export const unchangedSuffix = '-unchanged';

/** One of the names that a run's archive may have, so that it is unpacked as one. */
const file = 'inputs/nothing-changed.json';
const limits = { archiveBytes: 65_536, entries: 10, fileBytes: 65_536, totalBytes: 65_536 };

export function isUnchangedRecord(artifactName: string): boolean {
  return (
    artifactName.endsWith(unchangedSuffix) &&
    findRunId(artifactName.slice(0, -unchangedSuffix.length)) !== null
  );
}

/** Writes the record into a folder of its own, which is named as a run's would be. */
export async function writeUnchangedRecord(
  runId: string,
  record: Omit<NothingChanged, 'schemaVersion'>,
  tempDir: string | undefined,
): Promise<string> {
  const folder = join(await mkdtemp(join(tempDir ?? tmpdir(), 'herdmark-unchanged-')), runId);
  await mkdir(join(folder, 'inputs'), { recursive: true });
  await writeFile(join(folder, file), JSON.stringify({ schemaVersion: currentSchemaVersion, ...record }));
  return folder;
}

/**
 * Downloads a record, as the hostile data that it is.
 * @throws {UnfitArtifact | UnreadableDocument} saying why it stays out.
 */
export async function takeUnchangedRecord(
  github: Pick<GithubArtifacts, 'download'>,
  artifact: Artifact,
  workflowRun: number,
  tempDir: string,
): Promise<NothingChanged> {
  if (artifact.expired) throw new UnfitArtifact('it has expired');
  const work = await mkdtemp(join(tempDir, '.incoming-'));
  try {
    const archive = join(work, 'artifact.zip');
    await github.download(artifact, archive, limits.archiveBytes);
    await unpackRun(archive, work, limits);
    const record = readDocument(nothingChangedDocument, await readRecord(join(work, file)));
    if (record.workflowRun !== String(workflowRun)) {
      throw new UnfitArtifact('it is not of this workflow run');
    }
    return record;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function readRecord(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new UnfitArtifact(`it has no ${file} that can be read`, { cause });
  }
}
