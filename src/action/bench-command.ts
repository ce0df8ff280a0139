import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notice, setFailed, setOutput, summary } from '@actions/core';
import { progressLines } from '../bench/progress.ts';
import type { BenchResult } from '../bench.ts';
import type { NothingChanged } from '../bench-against.ts';
import { benchHere, type HereRequest } from '../bench-here.ts';
import { createRunId } from '../core/run-id.ts';
import { clock } from '../open-ollama.ts';
import type { Config } from '../schema/config.ts';
import { explainNoArtifacts } from '../store/artifacts.ts';
import { type BenchInputs, loadBenchInputs } from '../store/load-bench-inputs.ts';
import { type ConfigOverrides, loadConfig } from '../store/load-config.ts';
import { findStateFolder } from '../store/state-folder.ts';
import { takeUnsent } from '../store/unsent-runs.ts';
import { explainFailure } from './fail-on.ts';
import { type Env, type GithubContext, readGithubContext } from './github-context.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { actionLog, toLogText } from './log.ts';
import { keepState, type State } from './state.ts';
import { unchangedSuffix, writeUnchangedRecord } from './unchanged-record.ts';
import { createUploader } from './upload-run.ts';

/** `command: bench`: preflight, benchmark, summary, upload, and whether the job fails. */
export async function benchCommand(env: Env): Promise<void> {
  const inputs = readInputs();
  const context = await readGithubContext(env);
  const { config, promptSet, configLines, base } = await loadSides(inputs);
  const outDir = await mkdtemp(join(env.RUNNER_TEMP ?? tmpdir(), 'herdmark-'));
  const state: State = {
    outDir,
    host: config.host ?? null,
    unload: [],
    upload: canUpload(inputs, env)
      ? { prefix: inputs.artifactName, retentionDays: inputs.retentionDays, tried: [], done: [] }
      : null,
  };

  const noArtifacts = inputs.upload === 'true' ? explainNoArtifacts(env) : null;
  const { source, campaign, runner } = context;
  const here: HereRequest = {
    ...{ config, promptSet, configLines, outDir, source, campaign, runner },
    log: actionLog,
    progress: progressLines(actionLog, clock),
    obstacles: noArtifacts === null ? [] : [noArtifacts],
    beforeLoading: (models) => keepState({ ...state, unload: [...models] }),
  };
  const result = base === null ? await benchHere(here) : await benchSides(here, base);
  if (result instanceof Error) return sayUnchanged(result, env, state, context);
  const { run, runPath, summaryPath, summaryMarkdown, leftovers } = result;
  // A load that was cut off may still come to its end in the server: the post step looks again.
  if (run.status !== 'cancelled') keepState(state);
  setOutput('run-path', runPath);
  setOutput('summary-path', summaryPath);
  await summary.addRaw(summaryMarkdown).write();

  // A cancelled job is killed within seconds, but its post step has minutes.
  if (run.status !== 'cancelled') {
    const unsent = state.upload === null ? [] : await takeUnsent(findStateFolder(), outDir);
    // This run last: the outputs are to lead to it.
    await tryUploads([...unsent, ...leftovers, runPath], state, context);
  }
  const failure = explainFailure(run, inputs.failOn);
  if (failure !== null) setFailed(toLogText(failure));
}

/** What to measure and, where that is asked for, what to hold it against. */
interface Sides extends BenchInputs {
  base: Config | 'kept' | null;
}

/**
 * Of a comparison only what is measured comes from head's config: models, options and prompts. A pull request may not
 * say where the server is, what is pulled, or for how long it is measured.
 */
async function loadSides(inputs: Inputs): Promise<Sides> {
  const within = inputs.against === null ? null : '.';
  const head = await loadBenchInputs(inputs.config, toOverrides(inputs), within);
  if (inputs.against === null || inputs.against === 'kept') return { ...head, base: inputs.against };
  const base = await loadConfig(inputs.against);
  const { models, options, prompts } = head.config;
  const host = inputs.host === null ? {} : { host: inputs.host };
  return { ...head, config: { ...base, models, options, prompts, ...host }, base };
}

/** That no model was changed is no failure of the pull request: it may change a budget, or a word. */
async function benchSides(here: HereRequest, base: Config | 'kept'): Promise<BenchResult | NothingChanged> {
  // Loaded only where it is needed: a benchmark is to start at once.
  const { benchAgainst, NothingChanged } = await import('../bench-against.ts');
  try {
    const { notes, ...result } = await benchAgainst(here, base);
    for (const note of notes) actionLog.info(note);
    return result;
  } catch (error) {
    if (!(error instanceof NothingChanged)) throw error;
    return error;
  }
}

/** Whoever compares is told that there is nothing to compare: without a word from here, it could only find nothing. */
async function sayUnchanged(
  { message, added, removed }: NothingChanged,
  env: Env,
  state: State,
  context: GithubContext,
): Promise<void> {
  notice(toLogText(message));
  const { campaign } = context;
  if (state.upload === null || campaign === null) return;
  const { workflowRun } = campaign;
  const runId = createRunId(new Date(), randomBytes(3).toString('hex'));
  const folder = await writeUnchangedRecord(runId, { workflowRun, added, removed }, env.RUNNER_TEMP);
  try {
    await createUploader(state, context)(folder, unchangedSuffix);
  } catch (error) {
    actionLog.warn(`That no model was changed could not be uploaded: ${String(error)}`);
  }
}

async function tryUploads(folders: readonly string[], state: State, context: GithubContext): Promise<void> {
  const upload = createUploader(state, context);
  for (const folder of folders) {
    try {
      await upload(folder);
    } catch (error) {
      actionLog.warn(`The upload failed, and the post step will try again: ${String(error)}`);
    }
  }
}

/** What the workflow says instead of the config. */
function toOverrides({ models, prompts, host, loads, rounds }: Inputs): ConfigOverrides {
  return {
    models: models.length > 0 ? models : undefined,
    prompts: prompts ?? undefined,
    host: host ?? undefined,
    loads: loads ?? undefined,
    rounds: rounds ?? undefined,
  };
}

function canUpload({ upload }: Inputs, env: Env): boolean {
  if (upload === 'false') return false;
  const obstacle = explainNoArtifacts(env);
  if (obstacle !== null && upload === 'auto') actionLog.warn(`Nothing will be uploaded: ${obstacle}`);
  return obstacle === null;
}
