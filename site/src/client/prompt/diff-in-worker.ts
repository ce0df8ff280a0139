import type { TextDiff } from '../../../../src/core/word-diff.ts';
import type { DiffRequest } from './diff-worker.ts';

/** Nobody waits longer for a comparison, and a text may be made to take long. */
const mostMs = 3000;

/** Compares two texts beside the page, which stays alive meanwhile; null where that takes too long. */
export function diffInWorker(base: string, head: string): Promise<TextDiff | null> {
  const worker = new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' });
  const { promise, resolve, reject } = Promise.withResolvers<TextDiff | null>();
  const timer = setTimeout(() => resolve(null), mostMs);
  worker.onmessage = ({ data }: MessageEvent<TextDiff>) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(`The comparison failed: ${message}`));
  worker.postMessage({ base, head } satisfies DiffRequest);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.terminate();
  });
}
