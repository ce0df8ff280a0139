import { cp, mkdir } from 'node:fs/promises';
import { encodeRun } from '../../src/core/history/encode-run.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { writeToFolder } from '../../src/store/history/write-folder.ts';
import type { StoredRun } from '../../src/store/read-run-folder.ts';

/** A real run of two models, with its samples and what they answered. */
const recorded = new URL('../site/recordings/core-run', import.meta.url).pathname;
export const recordedRun = '20261124t153556z-39c238';

/** A history of made-up nights, without samples, and of a recorded run. */
export async function writeHistory(folder: string, runs: readonly StoredRun[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(recorded, folder, { recursive: true });
  for (const { run, outputs, promptSet } of runs) {
    const encoded = encodeRun(
      { run, outputs, promptSet, samples: [], config: null },
      { origin: null, hashText: sha256Text },
    );
    await writeToFolder(folder, encoded);
  }
}
