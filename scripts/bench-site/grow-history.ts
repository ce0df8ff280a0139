import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PartOptions } from './grow-part.ts';

export interface GrowOptions {
  /** The first night and the one after the last. */
  from: number;
  to: number;
  models: number;
  prompts: number;
  seed: number;
}

/** Writes nights into a history as its encoder encodes them, on all processors. */
export async function growHistory(folder: string, options: GrowOptions): Promise<void> {
  const parts = Math.min(availableParallelism(), options.to - options.from);
  await Promise.all(
    Array.from({ length: parts }, (_, part) => {
      const workerData: PartOptions = { ...options, folder, part, parts };
      return new Promise<void>((resolve, reject) => {
        const worker = new Worker(new URL('./grow-part.ts', import.meta.url), { workerData });
        worker.on('error', reject);
        worker.on('exit', () => resolve());
      });
    }),
  );
}
