import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OllamaError } from '../ollama/errors.ts';
import { sameModel } from '../ollama/model-name.ts';
import { openOllama } from '../open-ollama.ts';
import { readUnfinishedRuns } from '../store/journal.ts';
import { findStateFolder, runsUnderWay } from '../store/state-folder.ts';
import { keepUnsent } from '../store/unsent-runs.ts';
import { type Env, type GithubContext, readGithubContext } from './github-context.ts';
import { actionLog } from './log.ts';
import { recallState, type State } from './state.ts';
import { createUploader, killedSuffix } from './upload-run.ts';

/** In seconds: a job that was cancelled should not wait long for a server that is stuck. */
const deadlines = { load: 60, firstToken: 30, stall: 30, total: 60 };

/** The post step: does what main could not, because it failed or was killed. */
export async function finish(env: Env): Promise<void> {
  const state = recallState();
  if (state === null) return;
  if (state.unload.length > 0) await unloadLeftovers(state);
  if (state.upload === null) return;
  const context = await readGithubContext(env);
  const upload = createUploader(state, context);
  for (const runId of await readdir(state.outDir)) await uploadOrKeep(join(state.outDir, runId), upload);
  if (state.unload.length > 0) await uploadKilled(upload, context);
}

/** What cannot be uploaded now goes with the next run from this machine; the job fails all the same. */
async function uploadOrKeep(folder: string, upload: ReturnType<typeof createUploader>): Promise<void> {
  try {
    await upload(folder);
  } catch (error) {
    await keepUnsent(findStateFolder(), folder, basename(folder));
    actionLog.info('The run is kept on this machine, and will be uploaded with the next one.');
    throw error;
  }
}

/**
 * The run of this job, if its process was killed: as far as it came, under a name that says so. It stays where it is,
 * and the next run from this machine goes on with it or reports it; from a machine that is thrown away it was all.
 */
async function uploadKilled(
  upload: ReturnType<typeof createUploader>,
  { campaign }: GithubContext,
): Promise<void> {
  const unfinished = await readUnfinishedRuns(runsUnderWay(findStateFolder()), { prune: false });
  const own = unfinished.find(({ facts }) => campaign !== null && facts.campaign?.id === campaign.id);
  if (own !== undefined) await upload(own.path, killedSuffix);
}

async function unloadLeftovers({ host, unload }: State): Promise<void> {
  await using ollama = openOllama(host, deadlines);
  try {
    for (const { name } of await ollama.client.ps()) {
      if (!unload.some((ours) => sameModel(ours, name))) continue;
      await ollama.client.unload(name);
      actionLog.info(`Unloaded ${name}, which the run had left in memory.`);
    }
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    actionLog.warn(`What the run left in the server's memory could not be unloaded: ${error.message}`);
  }
}
