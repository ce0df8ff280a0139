import { z } from 'zod';
import { type EncodedRun, encodeRun, type RunToKeep } from '../../core/history/encode-run.ts';
import type { HistoryRun } from '../../schema/history.ts';
import type { Run } from '../../schema/run.ts';
import { UnreadableDocument } from '../../schema/version.ts';
import { UnfitArtifact } from '../collect-unfit.ts';
import { sha256Text } from '../hash-text.ts';
import { readRunToKeep } from './read-run-to-keep.ts';
import { listPaths, type Written, writeToFolder } from './write-folder.ts';

export interface IngestedRun {
  id: string;
  machine: Run['machine'];
  startedAt: string;
  written: Written;
  /** Of everything that the history keeps of it. */
  paths: string[];
}

/**
 * Puts the run of a run folder into the folder of a history.
 * @param origin null where it did not come from an artifact.
 * @throws {UnfitArtifact | UnreadableDocument} saying why it stays out.
 */
export async function ingestRun(
  runFolder: string,
  historyFolder: string,
  origin: HistoryRun['origin'],
): Promise<IngestedRun> {
  const kept = await readRunToKeep(runFolder);
  const { id, source, machine, startedAt } = kept.run;
  // What a pull request proposes is no night of the machine.
  if (source.event?.startsWith('pull_request')) throw new UnfitArtifact('it was measured for a pull request');
  const { encoded, written } = await keepRun(kept, historyFolder, origin);
  return { id, machine, startedAt, written, paths: listPaths(encoded) };
}

/**
 * Puts a run into the folder of a history.
 * @throws {UnreadableDocument} where it is nothing that a history can hold, such as of figures beyond any column.
 */
export async function keepRun(
  kept: RunToKeep,
  historyFolder: string,
  origin: HistoryRun['origin'],
): Promise<{ encoded: EncodedRun; written: Written }> {
  try {
    const encoded = encodeRun(kept, { origin, hashText: sha256Text });
    return { encoded, written: await writeToFolder(historyFolder, encoded) };
  } catch (cause) {
    // A fault of this machine, such as a full disk, says nothing of the run.
    if (cause instanceof UnreadableDocument || !(cause instanceof Error) || 'syscall' in cause) throw cause;
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : cause.message;
    throw new UnreadableDocument('invalid', `It cannot be kept: ${why}`, { cause });
  }
}
