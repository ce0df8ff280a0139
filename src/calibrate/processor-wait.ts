import { readFileSync } from 'node:fs';

const nanosecondsPerMs = 1e6;

/**
 * How long processes were ready to run, but something else on the machine had the processor: of their main threads, in
 * milliseconds since they started, as Linux counts it. 0 where nobody counts.
 */
export function readProcessorWaitMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + readWaitNs(pid), 0) / nanosecondsPerMs;
}

function readWaitNs(pid: number): number {
  try {
    // Time on the processor, time waiting for it, how often.
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[1]);
  } catch {
    return 0;
  }
}
