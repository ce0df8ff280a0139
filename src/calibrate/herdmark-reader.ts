import { createOllamaClient } from '../ollama/client.ts';
import { type Reader, toRequest } from './script.ts';

const deadlineMs = 30_000;

/** The client that benchmarks, as it is. */
export function openHerdmarkReader(baseUrl: string, clock: () => number): Reader {
  const client = createOllamaClient({
    baseUrl,
    deadlines: { loadMs: deadlineMs, firstTokenMs: deadlineMs, stallMs: deadlineMs, totalMs: deadlineMs },
    clock,
  });
  return {
    async ask(script) {
      const { chunks, marks } = await client.generate(toRequest(script));
      const { sentMs, doneMs } = marks;
      const chunksMs: number[] = [];
      for (const { atMs, kind } of chunks) if (kind !== 'empty') chunksMs.push(sentMs + atMs);
      return { sentMs, chunksMs, doneMs };
    },
    close: () => client.close(),
  };
}
