import { encodeRun } from '../../core/history/encode-run.ts';
import type { HistoryRun } from '../../schema/history.ts';
import type { Run } from '../../schema/run.ts';
import { UnfitArtifact } from '../collect-unfit.ts';
import { sha256Text } from '../hash-text.ts';
import { readRunToKeep } from './read-run-to-keep.ts';
import { listPaths, type Written, writeToFolder } from './write-folder.ts';

export interface IngestedRun {
  id: string;
  machine: Run['machine'];
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
  const { id, source, machine } = kept.run;
  // What a pull request proposes is no night of the machine.
  if (source.event?.startsWith('pull_request')) throw new UnfitArtifact('it was measured for a pull request');
  const encoded = encodeRun(kept, { origin, hashText: sha256Text });
  const written = await writeToFolder(historyFolder, encoded);
  return { id, machine, written, paths: listPaths(encoded) };
}
