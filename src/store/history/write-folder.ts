import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import canonicalize from 'canonicalize';
import type { EncodedRun } from '../../core/history/encode-run.ts';
import { inputPath, outputPath, runPath, samplesPath } from '../../core/history/layout.ts';
import {
  historyRunDocument,
  historySamplesDocument,
  keptAnswerDocument,
  questionsDocument,
} from '../../schema/documents.ts';
import type { HistoryRun } from '../../schema/history.ts';
import { readDocument } from '../../schema/version.ts';
import {
  largestBytes,
  packDocument,
  readHistoryFile,
  unpackDocument,
  writeDocument,
} from './history-file.ts';

/** present: the same run is there already. conflict: another one of its id is, and stays. */
export type Written = 'written' | 'present' | 'conflict';

/**
 * Puts a run into a folder that has the layout of a history. A run that is there is never replaced; what a retention
 * policy removed of it does not come back. The run itself is written last: where it is, all that it names is.
 */
export async function writeToFolder(folder: string, encoded: EncodedRun): Promise<Written> {
  const run = historyRunDocument.schema.parse(encoded.run);
  const path = runPath(run.run.id);
  const there = await readHistoryFile(folder, path, largestBytes.run);
  if (there !== null) return (await holdsRun(there, path, run)) ? 'present' : 'conflict';

  for (const { id, document } of encoded.inputs) {
    if (id === run.inputs.questions) questionsDocument.schema.parse(document);
    await writeNew(join(folder, inputPath(id)), writeDocument(document));
  }
  for (const { id, document } of encoded.outputs) {
    keptAnswerDocument.schema.parse(document);
    await writeNew(join(folder, outputPath(id)), writeDocument(document));
  }
  const samples = historySamplesDocument.schema.parse(encoded.samples);
  await writeNew(join(folder, samplesPath(run.run.id)), packDocument(samples));
  await writeNew(join(folder, path), packDocument(run));
  return 'written';
}

/** Where everything lies that a history keeps of a run. */
export function listPaths({ run, inputs, outputs }: EncodedRun): string[] {
  return [
    ...inputs.map(({ id }) => inputPath(id)),
    ...outputs.map(({ id }) => outputPath(id)),
    samplesPath(run.run.id),
    runPath(run.run.id),
  ];
}

/**
 * Whether a packed run is this one. Where it came from is not looked at, as one run may come from an artifact and from a
 * folder; nor are the bytes, as another Node may pack the same otherwise.
 */
export async function holdsRun(packed: Buffer, path: string, run: HistoryRun): Promise<boolean> {
  const kept = readDocument(historyRunDocument, await unpackDocument(packed, path, largestBytes.run));
  const compared = ({ schemaVersion, origin, ...rest }: HistoryRun) => canonicalize(rest);
  return compared(kept) === compared(run);
}

async function writeNew(path: string, bytes: Buffer): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(partial, bytes);
  await rename(partial, path);
}
