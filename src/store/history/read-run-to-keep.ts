import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunToKeep } from '../../core/history/encode-run.ts';
import { makeWellFormed } from '../../core/history/well-formed.ts';
import { validateRunFolder } from '../collect-run.ts';
import { readRunFolder } from '../read-run-folder.ts';
import { readSamples } from '../read-samples.ts';
import { isErrorOf, largestBytes, writeHistoryFile } from './history-file.ts';

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

/** It is kept for people to read: a run without one, or with one that a history cannot hold, is no less a run. */
async function readConfig(folder: string): Promise<unknown> {
  try {
    const config = JSON.parse(await readFile(join(folder, 'inputs/config.json'), 'utf8'));
    writeHistoryFile('inputs/config.json', makeWellFormed(config), largestBytes.content);
    return config;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && !isErrorOf(error, 'ENOENT', 'EISDIR')) throw error;
    return null;
  }
}
