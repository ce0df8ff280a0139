import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchPorts, BenchRequest, BenchResult } from './bench.ts';
import { findCalibration } from './calibrate/find-calibration.ts';
import type { Log } from './core/log.ts';
import { sameModel } from './ollama/model-name.ts';
import { clock, type OpenOllama, openOllama } from './open-ollama.ts';
import { findObstacles, refuseObstacles } from './preflight.ts';
import type { Config } from './schema/config.ts';
import { InputError } from './store/input-error.ts';
import { lockMachine } from './store/machine-lock.ts';
import { findStateFolder, runsUnderWay } from './store/state-folder.ts';

export interface HereRequest
  extends Pick<BenchRequest, 'config' | 'promptSet' | 'outDir'>,
    Partial<
      Pick<
        BenchRequest,
        | 'source'
        | 'campaign'
        | 'runner'
        | 'shard'
        | 'comparison'
        | 'isSettled'
        | 'configLines'
        | 'storedLoads'
      >
    >,
    Pick<BenchPorts, 'log' | 'progress'> {
  /** What else stands in the way, as the caller knows it: reported together with what preflight finds. */
  obstacles?: readonly string[];
  /** Called before the first model is loaded, with the models that were not in memory: what is there later is ours. */
  beforeLoading?(models: readonly string[]): void;
}

const outsideActions = {
  source: { event: null, repository: null, workflowPath: null, ref: null, sha: null, pullRequest: null },
  ...{ campaign: null, runner: null, shard: null, comparison: null },
};

/**
 * Benchmarks from this machine, with the real clock, client and hardware, once preflight found nothing in the way and
 * no other benchmark is running here. SIGINT and SIGTERM end the run early and keep what it measured; a second one kills.
 * @throws {InputError} that lists all obstacles.
 */
export async function benchHere(here: HereRequest): Promise<BenchResult> {
  const { log, progress, obstacles = [], beforeLoading, ...request } = here;
  const { config, outDir } = request;
  await using ollama = openOllama(config.host ?? null, config.deadlines);
  const { client, host } = ollama;
  const models = here.comparison?.pairs.flatMap(({ base, head }) => [base, head]) ?? config.models;
  const found = await findObstacles({ models, pull: config.pull, host, outDir }, client);
  refuseObstacles([...found, ...obstacles]);
  using cancel = cancelOnSignal(log);
  const { signal } = cancel;
  const stateFolder = await openStateFolder(log);
  await using _ = stateFolder === null ? null : await waitForLock(stateFolder, config, log, signal);
  const calibration = config.calibrate ? await findCalibration(stateFolder, { log, clock, signal }) : null;
  beforeLoading?.(await findUnloaded(models, ollama));

  // More than half of all code, of which preflight needs none: what stands in the way is told without loading it.
  const { runBenchHere } = await import('./run-bench-here.ts');
  const workDir = stateFolder === null ? null : runsUnderWay(stateFolder);
  const result = await runBenchHere(
    { ...outsideActions, ...request, calibration, signal, workDir },
    { client, log, progress },
    host,
  );
  if (stateFolder !== null) await keepNight(stateFolder, result, config.comparison.rounds, log);
  return result;
}

/** What a night tells of its machine's loads, for the comparisons to come. It is no part of the run, so it fails none. */
async function keepNight(
  stateFolder: string,
  { run, runPath }: BenchResult,
  rounds: number,
  log: Log,
): Promise<void> {
  if (run.plan.comparison !== null) return;
  const [{ addNightVariances }, { readSamples }] = await Promise.all([
    import('./store/load-variances.ts'),
    import('./store/read-samples.ts'),
  ]);
  try {
    await addNightVariances(stateFolder, run, await readSamples(runPath, run.schemaVersion), rounds);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    log.warn(`What this run tells of loads is not kept: ${error.message}`);
  }
}

/** null where it cannot be written: then a run that is killed is lost, and nothing else. */
async function openStateFolder(log: Log): Promise<string | null> {
  const folder = findStateFolder();
  try {
    await mkdir(runsUnderWay(folder), { recursive: true });
    return folder;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    log.warn(
      `${folder} cannot be written (${error.message}): a run that is killed cannot go on later, and other benchmarks on this machine go unnoticed. Set HERDMARK_STATE to a folder that outlives the job.`,
    );
    return null;
  }
}

const betweenTriesMs = 2000;

async function waitForLock(
  stateFolder: string,
  { busy, busyMinutes }: Pick<Config, 'busy' | 'busyMinutes'>,
  log: Log,
  signal: AbortSignal,
): Promise<AsyncDisposable> {
  const untilMs = clock() + (busy === 'wait' ? busyMinutes * 60_000 : 0);
  for (let said = false; ; said = true) {
    try {
      return await lockMachine(stateFolder);
    } catch (error) {
      const isHeld = error instanceof InputError && error.code === 'already-running';
      if (!isHeld || clock() >= untilMs || signal.aborted) throw error;
      if (!said) log.info(`${error.message} Waiting up to ${busyMinutes} min.`);
      await delay(betweenTriesMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function findUnloaded(models: readonly { name: string }[], { client }: OpenOllama): Promise<string[]> {
  const loaded = await client.ps();
  return models.map(({ name }) => name).filter((name) => !loaded.some((it) => sameModel(it.name, name)));
}

function cancelOnSignal(log: Log): Disposable & { signal: AbortSignal } {
  const cancel = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    log.warn(`${signal}: stopping. What was measured is kept; once more to stop at once.`);
    cancel.abort();
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  return {
    signal: cancel.signal,
    [Symbol.dispose]: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
