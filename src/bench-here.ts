import { randomBytes } from 'node:crypto';
import { type BenchPorts, type BenchRequest, type BenchResult, runBench } from './bench.ts';
import type { Log } from './core/log.ts';
import { inspectMachine } from './host/inspect-machine.ts';
import { sameModel } from './ollama/model-name.ts';
import { clock, type OpenOllama, openOllama } from './open-ollama.ts';
import { findObstacles, refuseObstacles } from './preflight.ts';

export interface HereRequest
  extends Pick<BenchRequest, 'config' | 'promptSet' | 'outDir'>,
    Partial<Pick<BenchRequest, 'source' | 'campaign' | 'runner' | 'shard'>>,
    Pick<BenchPorts, 'log' | 'progress'> {
  /** What else stands in the way, as the caller knows it: reported together with what preflight finds. */
  obstacles?: readonly string[];
  /** Called before the first model is loaded, with the models that were not in memory: what is there later is ours. */
  beforeLoading?(models: readonly string[]): void;
}

const outsideActions = {
  source: { event: null, repository: null, workflowPath: null, ref: null, sha: null, pullRequest: null },
  ...{ campaign: null, runner: null, shard: null },
};

/**
 * Benchmarks from this machine, with the real clock, client and hardware, once preflight found nothing in the way.
 * SIGINT and SIGTERM end the run early and keep what it measured; a second one kills.
 * @throws {InputError} that lists all obstacles.
 */
export async function benchHere(here: HereRequest): Promise<BenchResult> {
  const { log, progress, obstacles = [], beforeLoading, ...request } = here;
  const { config, outDir } = request;
  await using ollama = openOllama(config.host ?? null, config.deadlines);
  const { client, host } = ollama;
  refuseObstacles([...(await findObstacles({ config, host, outDir }, client)), ...obstacles]);
  beforeLoading?.(await findUnloaded(config.models, ollama));

  using cancel = cancelOnSignal(log);
  return await runBench(
    { ...outsideActions, ...request, signal: cancel.signal },
    {
      ...{ client, clock, log, progress },
      // Tells containers on equal hardware apart; a runner's name would not, as ephemeral ones get a new one.
      inspectMachine: () => inspectMachine(process.env.HERDMARK_MACHINE ?? null),
      now: () => new Date(),
      randomHex: (characters) => randomBytes(characters).toString('hex').slice(0, characters),
    },
  );
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
