import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readSample } from '../schema/documents.ts';
import type { Run } from '../schema/run.ts';
import type { Sample } from '../schema/sample.ts';
import { UnreadableDocument } from '../schema/version.ts';

/**
 * Reads samples.ndjson of a run's folder, of any age: its lines are of the version of the report beside them.
 * @param schemaVersion as summary.json states it, before migration.
 * @throws {UnreadableDocument} at the first line that is no sample, or where there are none.
 */
export async function readSamples(folder: string, schemaVersion: Run['schemaVersion']): Promise<Sample[]> {
  const samples: Sample[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(join(folder, 'samples.ndjson')) })) {
      samples.push(readSample(JSON.parse(line), schemaVersion));
    }
  } catch (cause) {
    if (cause instanceof UnreadableDocument) throw cause;
    throw new UnreadableDocument('not-a-document', `${folder}: samples.ndjson cannot be read.`, { cause });
  }
  return samples;
}
