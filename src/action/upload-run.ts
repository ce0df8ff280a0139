import { basename } from 'node:path';
import { setOutput } from '@actions/core';
import { nameArtifact, uploadArtifact } from '../store/artifacts.ts';
import type { GithubContext } from './github-context.ts';
import { actionLog } from './log.ts';
import type { State } from './state.ts';

/** Uploads a run's folder and sets the outputs that lead to it. */
export async function uploadRun(
  folder: string,
  { prefix, retentionDays, tried }: NonNullable<State['upload']>,
  { job, runUrl }: Pick<GithubContext, 'job' | 'runUrl'>,
): Promise<void> {
  // A first try may have taken the name before it broke off, and a name can be taken once.
  const name = `${nameArtifact(prefix, job, basename(folder))}${tried ? '-retry' : ''}`;
  const { id } = await uploadArtifact({ name, folder, retentionDays });
  setOutput('artifact-id', id);
  if (runUrl !== null) setOutput('artifact-url', `${runUrl}/artifacts/${id}`);
  actionLog.info(`The run was uploaded as artifact ${name}.`);
}
