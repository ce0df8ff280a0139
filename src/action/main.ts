import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFailed, setOutput, summary } from '@actions/core';
import { progressLines } from '../bench/progress.ts';
import { benchHere } from '../bench-here.ts';
import { sameModel } from '../ollama/model-name.ts';
import { findObstacles, refuseObstacles } from '../preflight.ts';
import type { Config } from '../schema/config.ts';
import { explainNoArtifacts } from '../store/artifacts.ts';
import { loadConfig } from '../store/load-config.ts';
import { type LoadedPromptSet, loadPromptSet } from '../store/load-prompt-set.ts';
import { explainFailure } from './fail-on.ts';
import { type Env, type GithubContext, readGithubContext } from './github-context.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { actionLog, toLogText } from './log.ts';
import { openClient } from './open-client.ts';
import { keepState, type State } from './state.ts';
import { uploadRun } from './upload-run.ts';

/** The main step: preflight, benchmark, summary, upload, and whether the job fails. */
export async function main(env: Env): Promise<void> {
  const inputs = readInputs();
  const context = await readGithubContext(env);
  const { config, promptSet } = await loadWhatToMeasure(inputs);
  const outDir = await mkdtemp(join(env.RUNNER_TEMP ?? tmpdir(), 'herdmark-'));
  const state: State = {
    outDir,
    host: config.host ?? null,
    unload: await preflight(config, outDir, inputs.upload === 'true' ? explainNoArtifacts(env) : null),
    upload: canUpload(inputs, env)
      ? { prefix: inputs.artifactName, retentionDays: inputs.retentionDays, tried: false }
      : null,
  };

  keepState(state);
  const progress = progressLines(actionLog, () => performance.now());
  const { source, campaign, runner } = context;
  const { run, runPath, summaryPath, summaryMarkdown } = await benchHere({
    ...{ config, promptSet, outDir, source, campaign, runner, progress },
    log: actionLog,
  });
  const measured: State = { ...state, unload: [] };
  keepState(measured);
  setOutput('run-path', runPath);
  setOutput('summary-path', summaryPath);
  await summary.addRaw(summaryMarkdown).write();

  // A cancelled job is killed within seconds, but its post step has minutes.
  if (run.status !== 'cancelled') await tryUpload(measured, runPath, context);
  const failure = explainFailure(run, inputs.failOn);
  if (failure !== null) setFailed(toLogText(failure));
}

async function tryUpload(state: State, runPath: string, context: GithubContext): Promise<void> {
  const { upload } = state;
  if (upload === null) return;
  keepState({ ...state, upload: { ...upload, tried: true } });
  try {
    await uploadRun(runPath, upload, context);
    keepState({ ...state, upload: null });
  } catch (error) {
    actionLog.warn(`The upload failed, and the post step will try again: ${String(error)}`);
  }
}

const defaultConfig = 'herdmark.yml';

async function loadWhatToMeasure(inputs: Inputs): Promise<{ config: Config; promptSet: LoadedPromptSet }> {
  const path = inputs.config ?? (existsSync(defaultConfig) ? defaultConfig : null);
  const config = await loadConfig(path, {
    models: inputs.models.length > 0 ? inputs.models : undefined,
    prompts: inputs.prompts ?? undefined,
    host: inputs.host ?? undefined,
    loads: inputs.loads ?? undefined,
    rounds: inputs.rounds ?? undefined,
  });
  const folder = path === null || inputs.prompts !== null ? '.' : dirname(path);
  return { config, promptSet: await loadPromptSet(config.prompts, folder) };
}

/** @returns the models that are not in the server's memory yet, so that whatever is found there later is ours. */
async function preflight(config: Config, outDir: string, artifactObstacle: string | null): Promise<string[]> {
  await using ollama = openClient(config.host ?? null);
  const obstacles = await findObstacles({ config, host: ollama.host, outDir }, ollama.client);
  refuseObstacles([...obstacles, ...(artifactObstacle === null ? [] : [artifactObstacle])]);
  const loaded = await ollama.client.ps();
  return config.models
    .map(({ name }) => name)
    .filter((name) => !loaded.some((it) => sameModel(it.name, name)));
}

function canUpload({ upload }: Inputs, env: Env): boolean {
  if (upload === 'false') return false;
  const obstacle = explainNoArtifacts(env);
  if (obstacle !== null && upload === 'auto') actionLog.warn(`Nothing will be uploaded: ${obstacle}`);
  return obstacle === null;
}
