import { parentPort, workerData } from 'node:worker_threads';
import { openRuns } from './read-kept-run.ts';
import { readPacked } from './read-packed.ts';

// A thread of readRuns: it is sent lists of ids, and answers each with what became of them.
const open = openRuns(workerData);

parentPort?.on('message', (ids: string[]) => {
  const results = readPacked(ids, open);
  const shared = results.find((it) => 'bytes' in it);
  parentPort?.postMessage(results, shared === undefined ? [] : [shared.bytes.buffer]);
});
