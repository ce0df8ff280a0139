import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../../schema/run.ts';
import type { Artifact, GithubArtifacts } from '../collect-github.ts';
import { validateRunFolder } from '../collect-run.ts';
import { UnfitArtifact } from '../collect-unfit.ts';
import { archiveLimits, unpackRun } from '../collect-zip.ts';

/**
 * Downloads an artifact as the hostile data that it is, unpacks it within limits, validates all of it, and only then
 * moves it to `runsDir`, into a folder that is named by its run's id.
 * @throws {UnfitArtifact | UnreadableDocument} saying why it stays out.
 */
export async function takeRun(
  github: Pick<GithubArtifacts, 'download'>,
  artifact: Artifact,
  runId: string,
  runsDir: string,
): Promise<Run> {
  const { expired, size_in_bytes: size } = artifact;
  if (expired) throw new UnfitArtifact('it has expired');
  if (size > archiveLimits.archiveBytes) {
    throw new UnfitArtifact(`it weighs ${size} bytes, more than is taken`);
  }
  const work = await mkdtemp(join(runsDir, '.incoming-'));
  try {
    const archive = join(work, 'artifact.zip');
    const folder = join(work, 'run');
    await mkdir(folder);
    await github.download(artifact, archive, archiveLimits.archiveBytes);
    await unpackRun(archive, folder, archiveLimits);
    const run = await validateRunFolder(folder);
    if (run.id !== runId) {
      throw new UnfitArtifact(`it holds run ${run.id}, which is not what its name says`);
    }
    await rename(folder, join(runsDir, runId));
    return run;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
