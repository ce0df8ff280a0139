import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchHere } from '../../src/bench-here.ts';
import { startEngineProcess } from '../../src/cli/engine-process.ts';
import { terminalProgress } from '../../src/cli/terminal-progress.ts';
import { isOneAtATime } from '../../src/core/load-shape.ts';
import type { Log } from '../../src/core/log.ts';
import { type Sample, sample } from '../../src/schema/sample.ts';
import { loadBenchInputs } from '../../src/store/load-bench-inputs.ts';

const models = ['herdmark-tiny:v1', 'herdmark-tiny:v2'];
const nanosecondsPerMs = 1e6;

export interface WallRequest {
  /** Of each model. */
  loads: number;
  prompts: string;
  log: Log;
}

/** Answers that are cut at 450 tokens. */
export const longAnswers = join(import.meta.dirname, 'long-answers.yaml');

/**
 * How much longer than the server itself the benchmark takes: of each load's timed requests, one at a time, from the
 * first one's leaving to the last one's end, over the sum of the server's `total_duration`. 1 would be no time between
 * two requests, and none on the way. Measured with the real benchmark on the embedded engine in its own process.
 * @returns a ratio for each load.
 */
export async function measureWallOverServer({ loads, prompts, log }: WallRequest): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-bench-client-'));
  process.env.HERDMARK_STATE = join(folder, 'state');
  const engine = await startEngineProcess();
  try {
    const config = { host: engine.url, models, loads, prompts, calibrate: false };
    const inputs = await loadBenchInputs(null, config);
    const { runPath } = await benchHere({ ...inputs, outDir: folder, log, progress: terminalProgress() });
    const lines = (await readFile(join(runPath, 'samples.ndjson'), 'utf8')).trim().split('\n');
    return findRatios(lines.map((line) => sample.parse(JSON.parse(line))));
  } finally {
    await engine.stop();
    await rm(folder, { recursive: true });
  }
}

function findRatios(samples: readonly Sample[]): number[] {
  const timed = samples.filter(({ phase, loadShape }) => phase === 'timed' && isOneAtATime(loadShape));
  const loads = Map.groupBy(timed, ({ variant, block }) => `${variant}/${block}`);
  return [...loads.values()].map((ofLoad) => {
    const spans = ofLoad.map(({ sentMs, client, server }) => {
      if (sentMs === null || client === null || !server?.totalNs)
        throw new Error('A request failed: no ratio can be told.');
      return { sentMs, doneMs: sentMs + client.e2eMs, serverMs: server.totalNs / nanosecondsPerMs };
    });
    const wallMs =
      Math.max(...spans.map(({ doneMs }) => doneMs)) - Math.min(...spans.map(({ sentMs }) => sentMs));
    return wallMs / spans.reduce((sum, { serverMs }) => sum + serverMs, 0);
  });
}
