import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { outputDocument, planDocument, runDocument } from '../schema/documents.ts';
import type { Run } from '../schema/run.ts';
import { sample } from '../schema/sample.ts';
import { type DocumentKind, readDocument, UnreadableDocument } from '../schema/version.ts';

/**
 * Reads every document of an unpacked run, so that nothing that is kept can surprise a reader later.
 * @throws {UnreadableDocument} at the first that is missing or not what it should be.
 */
export async function validateRunFolder(folder: string): Promise<Run> {
  const run = await readJson(folder, 'summary.json', runDocument);
  await readJson(folder, 'plan.json', planDocument);
  for (const file of await listOutputs(folder)) await readJson(folder, file, outputDocument);
  const lines = createInterface({
    input: createReadStream(join(folder, 'samples.ndjson')),
    crlfDelay: Infinity,
  });
  for await (const line of lines) {
    if (!sample.safeParse(parseJson(line, 'samples.ndjson')).success) {
      throw new UnreadableDocument('invalid', 'samples.ndjson holds a line that is no sample.');
    }
  }
  return run;
}

async function listOutputs(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((path) => path.startsWith('outputs/') && path.endsWith('.json'));
}

async function readJson<T>(folder: string, file: string, kind: DocumentKind<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(join(folder, file), 'utf8');
  } catch (cause) {
    throw new UnreadableDocument('not-a-document', `It has no ${file}.`, { cause });
  }
  return readDocument(kind, parseJson(text, file));
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableDocument('not-a-document', `${file} is not JSON.`, { cause });
  }
}
