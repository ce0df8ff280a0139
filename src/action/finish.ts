import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OllamaError } from '../ollama/errors.ts';
import { sameModel } from '../ollama/model-name.ts';
import { openOllama } from '../open-ollama.ts';
import { type Env, readGithubContext } from './github-context.ts';
import { actionLog } from './log.ts';
import { recallState, type State } from './state.ts';
import { uploadRun } from './upload-run.ts';

/** In seconds: a job that was cancelled should not wait long for a server that is stuck. */
const deadlines = { load: 60, firstToken: 30, stall: 30, total: 60 };

/** The post step: does what main could not, because it failed or was killed. */
export async function finish(env: Env): Promise<void> {
  const state = recallState();
  if (state === null) return;
  if (state.unload.length > 0) await unloadLeftovers(state);
  if (state.upload === null) return;
  const context = await readGithubContext(env);
  for (const runId of await readdir(state.outDir)) {
    await uploadRun(join(state.outDir, runId), state.upload, context);
  }
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
