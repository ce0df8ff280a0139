import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { insertDefinitions } from '../src/core/render/definitions.ts';

/** Puts the tables of metrics and flags into the documentation, so that it says what the code does. */
export async function emitDocs(folder: string): Promise<void> {
  const path = join(folder, 'methodology.md');
  await writeFile(path, insertDefinitions(await readFile(path, 'utf8')));
}
