import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { moveFolder } from './move-folder.ts';

// Runs that are finished and could not be uploaded: they go with the next run from this machine.

const folderName = 'unsent';

export async function keepUnsent(stateFolder: string, runPath: string, runId: string): Promise<void> {
  await mkdir(join(stateFolder, folderName), { recursive: true });
  await moveFolder(runPath, join(stateFolder, folderName, runId));
}

/** Moves all of them into `outDir`, beside the runs of this job. Returns their paths. */
export async function takeUnsent(stateFolder: string, outDir: string): Promise<string[]> {
  const ids = await readdir(join(stateFolder, folderName)).catch(() => []);
  return Promise.all(ids.sort().map((id) => moveFolder(join(stateFolder, folderName, id), join(outDir, id))));
}
