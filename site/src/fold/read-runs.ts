import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { openRuns } from './read-kept-run.ts';
import { type ReadResult, readPacked } from './read-packed.ts';

/** More threads than this would only wait for the one that folds. */
const mostThreads = 4;
const runsOfBatch = 40;

export interface PartOptions {
  folder: string;
  asOf: string;
}

/**
 * Reads runs of a history on several threads where they are many; in any order.
 * @param asOf When they are looked at, ISO 8601 in UTC.
 */
export async function readRuns(folder: string, ids: readonly string[], asOf: string): Promise<ReadResult[]> {
  // A thread takes as long to start as some dozen runs to read.
  if (ids.length <= 2 * runsOfBatch) return readPacked(ids, openRuns(folder), asOf);
  const batches = Array.from({ length: Math.ceil(ids.length / runsOfBatch) }, (_, index) =>
    ids.slice(index * runsOfBatch, (index + 1) * runsOfBatch),
  );
  const results: ReadResult[] = [];
  const threads = Array.from({ length: Math.min(mostThreads, availableParallelism()) }, async () => {
    const worker = new Worker(new URL('./read-part.ts', import.meta.url), {
      workerData: { folder, asOf } satisfies PartOptions,
    });
    try {
      for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
        worker.postMessage(batch);
        const [read]: ReadResult[][] = await once(worker, 'message');
        results.push(...(read ?? []));
      }
    } finally {
      await worker.terminate();
    }
  });
  await Promise.all(threads);
  return results;
}
