import { join } from 'node:path';
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
import { replaceFile } from '../replace-file.ts';
import { largestBytes, readHistoryFile, writeHistoryFile } from './history-file.ts';
import { readPackedRun } from './kept-document.ts';

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
  if (there !== null) return holdsRun(there, run) ? 'present' : 'conflict';

  // All of it before the first: of a run that cannot be kept, nothing is left.
  for (const [file, bytes] of writeAll(encoded)) await replaceFile(join(folder, file), bytes);
  return 'written';
}

/** @throws {ZodError | UnreadableDocument} where a document is not what a reader would take. */
function writeAll(encoded: EncodedRun): [path: string, bytes: Buffer][] {
  const run = historyRunDocument.schema.parse(encoded.run);
  const samples = historySamplesDocument.schema.parse(encoded.samples);
  const files: [path: string, document: unknown, maxBytes: number][] = [];
  for (const { id, document } of encoded.inputs) {
    if (id === run.inputs.questions) questionsDocument.schema.parse(document);
    files.push([inputPath(id), document, largestBytes.content]);
  }
  for (const { id, document } of encoded.outputs) {
    keptAnswerDocument.schema.parse(document);
    files.push([outputPath(id), document, largestBytes.content]);
  }
  files.push([samplesPath(run.run.id), samples, largestBytes.samples]);
  files.push([runPath(run.run.id), run, largestBytes.run]);
  return files.map(([path, document, maxBytes]) => [path, writeHistoryFile(path, document, maxBytes)]);
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
export function holdsRun(packed: Buffer, run: HistoryRun): boolean {
  const compared = ({ schemaVersion, origin, ...rest }: HistoryRun) => canonicalize(rest);
  return compared(readPackedRun(packed, run.run.id)) === compared(run);
}
