import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { type BenchPorts, type BenchRequest, type BenchResult, runBench } from './bench.ts';
import { readDiskBytes } from './host/disk-reads.ts';
import { measureIdle } from './host/idle.ts';
import { inspectMachine } from './host/inspect-machine.ts';
import { startTelemetry } from './host/telemetry.ts';
import { clock } from './open-ollama.ts';

/** A GPU's tool tells of the second before, in which our own last model was still at work. */
const gpuIdleMs = 1200;
const cpuIdleMs = 250;

/** Runs a benchmark with this machine's clock and hardware against the Ollama at `host`. */
export function runBenchHere(
  request: BenchRequest,
  ports: Pick<BenchPorts, 'client' | 'log' | 'progress'>,
  host: string,
): Promise<BenchResult> {
  const isLocal = isHere(host);
  return runBench(request, {
    ...{ ...ports, clock },
    // Tells containers on equal hardware apart; a runner's name would not, as ephemeral ones get a new one.
    inspectMachine: () => inspectMachine(process.env.HERDMARK_MACHINE ?? null),
    ...watchMachine(request.config.telemetry && isLocal),
    readDiskBytes: isLocal ? readDiskBytes : async () => null,
    now: () => new Date(),
    randomHex: (characters) => randomBytes(characters).toString('hex').slice(0, characters),
  });
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
