import { appendFileSync, existsSync } from 'node:fs';
import { link, mkdir, readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface GrowOptions {
  models: number;
  prompts: number;
  seed: number;
}

export type PartOptions = GrowOptions & { folder: string; nights: number[] };

/** One night, and the files that it needs besides those of earlier nights. */
export interface GrownNight {
  night: number;
  paths: string[];
}

const listOfNights = 'nights.ndjson';

/**
 * Writes nights as the encoder of a history encodes them, on all processors; those that are there already are left.
 * @param to How many nights there are to be.
 * @returns All nights up to it, in order.
 */
export async function growHistory(folder: string, to: number, options: GrowOptions): Promise<GrownNight[]> {
  await mkdir(folder, { recursive: true });
  const known = await readNights(folder);
  const missing = Array.from({ length: to }, (_, night) => night).filter((it) => !known.has(it));
  const parts = Math.min(availableParallelism(), missing.length);
  await Promise.all(
    Array.from({ length: parts }, (_, part) => {
      const nights = missing.filter((_, index) => index % parts === part);
      const worker = new Worker(new URL('./grow-part.ts', import.meta.url), {
        workerData: { ...options, folder, nights } satisfies PartOptions,
      });
      worker.on('message', (grown: GrownNight) => {
        known.set(grown.night, grown);
        appendFileSync(join(folder, listOfNights), `${JSON.stringify(grown)}\n`);
      });
      return new Promise<void>((resolve, reject) => worker.on('error', reject).on('exit', () => resolve()));
    }),
  );
  return [...known.values()].filter(({ night }) => night < to).sort((a, b) => a.night - b.night);
}

async function readNights(folder: string): Promise<Map<number, GrownNight>> {
  const file = join(folder, listOfNights);
  const lines = existsSync(file) ? (await readFile(file, 'utf8')).trim().split('\n') : [];
  const nights = lines.map((line): GrownNight => JSON.parse(line));
  return new Map(nights.map((it) => [it.night, it]));
}

/**
 * Adds nights to a history that has those before, by links.
 * @returns What they add to it, in bytes, by kind of file.
 */
export async function addNights(
  from: string,
  history: string,
  nights: readonly GrownNight[],
): Promise<Record<string, number>> {
  const bytes: Record<string, number> = { runs: 0, samples: 0, inputs: 0, outputs: 0 };
  for (const path of nights.flatMap(({ paths }) => paths)) {
    if (existsSync(join(history, path))) continue;
    await mkdir(dirname(join(history, path)), { recursive: true });
    await link(join(from, path), join(history, path));
    const kind = path.slice(0, path.indexOf('/'));
    bytes[kind] = (bytes[kind] ?? 0) + (await stat(join(from, path))).size;
  }
  return bytes;
}
