import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planDocument } from '../schema/documents.ts';
import type { Plan } from '../schema/plan.ts';
import type { Prompt } from '../schema/prompt-set.ts';
import type { Sample } from '../schema/sample.ts';
import { readDocument, UnreadableDocument } from '../schema/version.ts';
import { readRunFolder, type StoredRun } from './read-run-folder.ts';
import { readSamples } from './read-samples.ts';

/** A run's folder with everything that a comparison needs of it. */
export interface StoredWholeRun extends Pick<StoredRun, 'folder' | 'run' | 'outputs'> {
  prompts: readonly Prompt[];
  samples: readonly Sample[];
  plan: Plan;
}

/** @throws {UnreadableDocument} at the first document that is missing or damaged. */
export async function readWholeRun(folder: string): Promise<StoredWholeRun> {
  const { run, outputs, promptSet } = await readRunFolder(folder);
  if (promptSet === null) {
    throw new UnreadableDocument('not-a-document', `${folder}: inputs/prompt-set.json cannot be read.`);
  }
  const read = async (name: string): Promise<Record<string, unknown>> =>
    JSON.parse(await readFile(join(folder, name), 'utf8'));
  const { schemaVersion } = await read('summary.json');
  return {
    ...{ folder, run, outputs, prompts: promptSet.prompts },
    samples: await readSamples(folder, String(schemaVersion)),
    plan: readDocument(planDocument, await read('plan.json')),
  };
}
