import { parentPort, workerData } from 'node:worker_threads';
import { openRuns } from './read-kept-run.ts';
import { readPacked } from './read-packed.ts';
import type { PartOptions } from './read-runs.ts';

// A thread of readRuns: it is sent lists of ids, and answers each with what became of them.
const { folder, asOf } = workerData as PartOptions;
const open = openRuns(folder);

parentPort?.on('message', (ids: string[]) => {
  const results = readPacked(ids, open, asOf);
  const shared = results.find((it) => 'bytes' in it);
  parentPort?.postMessage(results, shared === undefined ? [] : [shared.bytes.buffer]);
});
