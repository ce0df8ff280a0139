import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../schema/run.ts';
import type { GpuReading, TelemetrySource } from '../schema/telemetry.ts';
import {
  amdSmiReadingsQueries,
  parseAmdSmiReadings,
  parseRocmSmiReadings,
  rocmSmiReadingsQuery,
} from './amd-readings.ts';
import { followTool } from './follow-tool.ts';
import {
  gatherRounds,
  nvidiaReadingsQuery,
  parseNvidiaReading,
  parseNvidiaReadings,
  type ReasonsField,
} from './nvidia-readings.ts';
import { type RunTool, runTool } from './run-tool.ts';

export interface GpuTool {
  source: TelemetrySource;
  vendor: 'NVIDIA' | 'AMD';
  args: readonly string[];
  /** null and [] where the tool told of no GPU. */
  parse(output: string): GpuReading[] | null;
}

export interface AskedGpus {
  tool: GpuTool;
  readings: GpuReading[];
}

export interface GpuFeed {
  /** How often it tells. */
  intervalMs: number;
  stop(): Promise<void>;
}

const reasonsFields: ReasonsField[] = ['clocks_event_reasons.active', 'clocks_throttle_reasons.active'];
/** In the order in which they are tried: the first that tells of a GPU is the one. */
const gpuTools: readonly GpuTool[] = [
  ...reasonsFields.map((reasons): GpuTool => {
    const args = nvidiaReadingsQuery(reasons);
    return { source: 'nvidia-smi', vendor: 'NVIDIA', args, parse: parseNvidiaReadings };
  }),
  ...amdSmiReadingsQueries.map((args): GpuTool => {
    return { source: 'amd-smi', vendor: 'AMD', args, parse: parseAmdSmiReadings };
  }),
  { source: 'rocm-smi', vendor: 'AMD', args: rocmSmiReadingsQuery, parse: parseRocmSmiReadings },
];

/** AMD's tools are Python programs, started anew each time: more often, and their own load would be measured too. */
const shortestPollMs = 1000;

/**
 * Finds the tool that tells how the GPUs are doing, and what it says now; null where there is none.
 * @param gpus what the machine has, as `inspectGpus` told: only tools of those vendors are tried. null tries all.
 */
export async function askGpus(gpus: Environment['gpus'], run: RunTool = runTool): Promise<AskedGpus | null> {
  for (const tool of gpuTools) {
    if (gpus !== null && !gpus.some(({ vendor }) => vendor === tool.vendor)) continue;
    const answer = await run(tool.source, tool.args);
    const readings = answer.status === 'ok' ? tool.parse(answer.output) : null;
    if (readings !== null && readings.length > 0) return { tool, readings };
  }
  return null;
}

/**
 * Has the tool that was found tell again and again how the GPUs are doing. nvidia-smi stays and prints; AMD's are run
 * anew each time, as `amd-smi -w` with `--json` prints nothing in ROCm 7.1 (ROCm/amdsmi #168). Where the tool ends or
 * fails, it just tells no more.
 */
export function followGpus(
  { tool: { source, args, parse }, readings: { length: count } }: AskedGpus,
  intervalMs: number,
  clock: () => number,
  onGpus: (gpus: GpuReading[], atMs: number) => void,
): GpuFeed {
  if (source === 'nvidia-smi') {
    const add = gatherRounds(count, onGpus);
    const stop = followTool(source, [...args, '-lms', String(intervalMs)], (line) => {
      const atMs = clock();
      const reading = parseNvidiaReading(line);
      if (reading !== null) add(reading, atMs);
    });
    return { intervalMs, stop };
  }
  const stopping = new AbortController();
  const pollMs = Math.max(intervalMs, shortestPollMs);
  const polling = poll(stopping.signal, pollMs, clock, async () => {
    const answer = await runTool(source, args, stopping.signal);
    // The tool reads at its end: its start takes longer.
    const atMs = clock();
    const readings = answer.status === 'ok' ? parse(answer.output) : null;
    if (readings !== null && readings.length > 0 && !stopping.signal.aborted) onGpus(readings, atMs);
  });
  return {
    intervalMs: pollMs,
    async stop() {
      stopping.abort();
      await polling;
    },
  };
}

/** Works at once and then again, `pollMs` from start to start or as long as it takes, until it is aborted. */
async function poll(
  signal: AbortSignal,
  pollMs: number,
  clock: () => number,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const beganMs = clock();
    await work();
    const restMs = Math.max(0, pollMs - (clock() - beganMs));
    // An aborted sleep rejects; the loop looks at the signal anyway.
    if (!signal.aborted) await sleep(restMs, undefined, { signal }).catch(() => undefined);
  }
}
