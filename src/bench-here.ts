import { randomBytes } from 'node:crypto';
import { type BenchPorts, type BenchRequest, type BenchResult, runBench } from './bench.ts';
import { inspectMachine } from './host/inspect-machine.ts';
import { createOllamaClient } from './ollama/client.ts';
import { resolveHost } from './ollama/host.ts';

export type HereRequest = Pick<BenchRequest, 'config' | 'promptSet' | 'outDir'> &
  Partial<Pick<BenchRequest, 'source' | 'campaign' | 'runner' | 'shard'>> &
  Pick<BenchPorts, 'log' | 'progress'>;

const outsideActions = {
  source: { event: null, repository: null, workflowPath: null, ref: null, sha: null, pullRequest: null },
  ...{ campaign: null, runner: null, shard: null },
};

/**
 * Benchmarks from this machine with the real clock, client and hardware. SIGINT and SIGTERM end the run early and
 * keep what it measured; a second one kills.
 */
export async function benchHere({ log, progress, ...request }: HereRequest): Promise<BenchResult> {
  const { config } = request;
  const clock = () => performance.now();
  const seconds = config.deadlines;
  const client = createOllamaClient({
    baseUrl: resolveHost(config.host ?? process.env.OLLAMA_HOST ?? ''),
    deadlines: {
      loadMs: seconds.load * 1000,
      firstTokenMs: seconds.firstToken * 1000,
      stallMs: seconds.stall * 1000,
      totalMs: seconds.total * 1000,
    },
    clock,
  });
  const cancel = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    log.warn(`${signal}: stopping. What was measured is kept; once more to stop at once.`);
    cancel.abort();
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
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
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await client.close();
  }
}
