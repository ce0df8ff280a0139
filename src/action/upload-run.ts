import { basename } from 'node:path';
import { setOutput } from '@actions/core';
import { nameArtifact, uploadArtifact } from '../store/artifacts.ts';
import type { GithubContext } from './github-context.ts';
import { actionLog } from './log.ts';
import { keepState, type State } from './state.ts';

/** Ends the name of an artifact that holds a run as far as it came: who collects runs does not take it for one. */
export const killedSuffix = '-killed';

/**
 * Uploads run folders, each once, sets the outputs that lead to it, and keeps as state what was tried and what is done.
 * Nothing is uploaded where the state says so.
 */
export function createUploader(
  state: State,
  { job, runUrl }: Pick<GithubContext, 'job' | 'runUrl'>,
): (folder: string, suffix?: string) => Promise<void> {
  let { upload } = state;
  const keep = (changed: NonNullable<State['upload']>) => {
    upload = changed;
    keepState({ ...state, upload });
  };
  return async (folder, suffix = '') => {
    const runId = basename(folder);
    if (upload === null || upload.done.includes(runId)) return;
    // A first try may have taken the name before it broke off, and a name can be taken once.
    const retry = upload.tried.includes(runId) ? '-retry' : '';
    keep({ ...upload, tried: [...upload.tried, runId] });
    const name = `${nameArtifact(upload.prefix, job, runId)}${suffix}${retry}`;
    const { id } = await uploadArtifact({ name, folder, retentionDays: upload.retentionDays });
    setOutput('artifact-id', id);
    if (runUrl !== null) setOutput('artifact-url', `${runUrl}/artifacts/${id}`);
    actionLog.info(`The run was uploaded as artifact ${name}.`);
    keep({ ...upload, done: [...upload.done, runId] });
  };
}
