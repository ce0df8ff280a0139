import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunToKeep } from '../../core/history/encode-run.ts';
import { validateRunFolder } from '../collect-run.ts';
import { readRunFolder } from '../read-run-folder.ts';
import { readSamples } from '../read-samples.ts';
import { isErrorOf } from './history-file.ts';

/**
 * Reads what a history keeps of a run's folder.
 * @throws {UnreadableDocument} at the first document that is missing or damaged.
 */
export async function readRunToKeep(folder: string): Promise<RunToKeep> {
  await validateRunFolder(folder);
  const { run, outputs, promptSet } = await readRunFolder(folder);
  const { schemaVersion } = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'));
  return {
    ...{ run, outputs, promptSet },
    samples: await readSamples(folder, String(schemaVersion)),
    config: await readConfig(folder),
  };
}

async function readConfig(folder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, 'inputs/config.json'), 'utf8'));
  } catch (error) {
    // It is kept for people to read: a run without one is no less a run.
    if (error instanceof SyntaxError || isErrorOf(error, 'ENOENT')) return null;
    throw error;
  }
}
