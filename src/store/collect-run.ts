import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { planDocument, readSample } from '../schema/documents.ts';
import type { Run } from '../schema/run.ts';
import { telemetryReading } from '../schema/telemetry.ts';
import { readDocument, UnreadableDocument } from '../schema/version.ts';
import { readRunFolder } from './read-run-folder.ts';

/**
 * Reads everything in an unpacked run, also what the site does not read, so that nothing that is kept can surprise
 * a reader later.
 * @throws {UnreadableDocument} at the first document that is missing or not what it should be.
 */
export async function validateRunFolder(folder: string): Promise<Run> {
  const { run, files } = await readRunFolder(folder);
  for (const file of await listOutputs(folder)) {
    if (!files.includes(file)) throw new UnreadableDocument('invalid', `${file} is no answer of this run.`);
  }
  if (!files.includes('samples.ndjson')) throw new UnreadableDocument('invalid', 'It has no samples.ndjson.');
  readDocument(planDocument, parseJson(await readText(folder, 'plan.json'), 'plan.json'));
  const { schemaVersion } = asObject(parseJson(await readText(folder, 'summary.json'), 'summary.json'));
  await checkLines(folder, 'samples.ndjson', (line) => readSample(asObject(line), schemaVersion));
  if (files.includes('telemetry.ndjson')) {
    await checkLines(folder, 'telemetry.ndjson', (line) => telemetryReading.parse(line));
  }
  return run;
}

async function checkLines(folder: string, file: string, read: (line: unknown) => unknown): Promise<void> {
  const lines = createInterface({ input: createReadStream(join(folder, file)) });
  for await (const line of lines) {
    try {
      read(parseJson(line, file));
    } catch (cause) {
      throw new UnreadableDocument('invalid', `${file} holds a line that does not belong there.`, { cause });
    }
  }
}

function asObject(value: unknown): { schemaVersion?: unknown } {
  return typeof value === 'object' && value !== null ? value : {};
}

async function listOutputs(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => path.startsWith('outputs/'));
}

async function readText(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (cause) {
    throw new UnreadableDocument('not-a-document', `It has no ${file}.`, { cause });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableDocument('not-a-document', `${file} is not JSON.`, { cause });
  }
}
