import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type BenchPorts, type BenchRequest, type BenchResult, runBench } from './bench.ts';
import { findCalibration } from './calibrate/find-calibration.ts';
import type { Log } from './core/log.ts';
import { readDiskBytes } from './host/disk-reads.ts';
import { measureIdle } from './host/idle.ts';
import { inspectMachine } from './host/inspect-machine.ts';
import { startTelemetry } from './host/telemetry.ts';
import { sameModel } from './ollama/model-name.ts';
import { clock, type OpenOllama, openOllama } from './open-ollama.ts';
import { findObstacles, refuseObstacles } from './preflight.ts';
import type { Config } from './schema/config.ts';
import { InputError } from './store/input-error.ts';
import { lockMachine } from './store/machine-lock.ts';
import { findStateFolder, runsUnderWay } from './store/state-folder.ts';

export interface HereRequest
  extends Pick<BenchRequest, 'config' | 'promptSet' | 'outDir'>,
    Partial<Pick<BenchRequest, 'source' | 'campaign' | 'runner' | 'shard' | 'comparison'>>,
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

/** A GPU's tool tells of the second before, in which our own last model was still at work. */
const gpuIdleMs = 1200;
const cpuIdleMs = 250;

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
  refuseObstacles([...(await findObstacles({ config, host, outDir }, client)), ...obstacles]);
  using cancel = cancelOnSignal(log);
  const { signal } = cancel;
  const stateFolder = await openStateFolder(log);
  await using _ = stateFolder === null ? null : await waitForLock(stateFolder, config, log, signal);
  const calibration = config.calibrate ? await findCalibration(stateFolder, { log, clock, signal }) : null;
  beforeLoading?.(await findUnloaded(config.models, ollama));

  return await runBench(
    {
      ...outsideActions,
      ...{ ...request, calibration, signal },
      workDir: stateFolder === null ? null : runsUnderWay(stateFolder),
    },
    {
      ...{ client, clock, log, progress },
      // Tells containers on equal hardware apart; a runner's name would not, as ephemeral ones get a new one.
      inspectMachine: () => inspectMachine(process.env.HERDMARK_MACHINE ?? null),
      ...watchMachine(config.telemetry && isHere(host)),
      readDiskBytes: isHere(host) ? readDiskBytes : async () => null,
      now: () => new Date(),
      randomHex: (characters) => randomBytes(characters).toString('hex').slice(0, characters),
    },
  );
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

/** Of an Ollama elsewhere, this machine says nothing. */
function watchMachine(watches: boolean): Pick<BenchPorts, 'measureIdle' | 'startTelemetry'> {
  if (!watches) {
    const unknown = { cpuLoadPercent: null, gpuUtilisationPercent: null };
    return { measureIdle: async () => unknown, startTelemetry: null };
  }
  return {
    measureIdle: (gpus) => measureIdle({ gpus, durationMs: gpus?.length ? gpuIdleMs : cpuIdleMs }),
    startTelemetry: (options) => startTelemetry({ clock, ...options }),
  };
}

/** Whether the server is this very machine, so that what the machine does says something of it. */
function isHere(host: string): boolean {
  const { hostname } = new URL(host);
  const address = hostname.replace(/^\[|\]$/g, '');
  return address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
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
