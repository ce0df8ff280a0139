import { runPath } from '../../core/history/layout.ts';
import { requireRunColumns } from '../../core/history/require-columns.ts';
import { historyRunDocument } from '../../schema/documents.ts';
import type { HistoryRun } from '../../schema/history.ts';
import { type DocumentKind, readDocument, UnreadableDocument } from '../../schema/version.ts';
import { largestBytes, unpackDocument } from './history-file.ts';

/**
 * The run that lies packed in the file of its id.
 * @throws {UnreadableDocument} where it is damaged, or another run.
 */
export function readPackedRun(packed: Buffer, id: string): HistoryRun {
  const path = runPath(id);
  const kept = readNamed(historyRunDocument, path, unpackDocument(packed, path, largestBytes.run));
  if (kept.run.id !== id) throw new UnreadableDocument('invalid', `${path} holds run ${kept.run.id}.`);
  explainDamage(path, () => requireRunColumns(kept, kept.series.distinctAnswers.length));
  return kept;
}

/** A document, and where it is damaged, which file it is. */
export function readNamed<T>(kind: DocumentKind<T>, path: string, document: unknown): T {
  try {
    return readDocument(kind, document);
  } catch (cause) {
    if (!(cause instanceof UnreadableDocument)) throw cause;
    throw new UnreadableDocument(cause.code, `${path}: ${cause.message}`, { cause });
  }
}

/** Reads columns. @throws {UnreadableDocument} where they are not whole, and which file it is. */
export function explainDamage<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UnreadableDocument('invalid', `${path} is damaged: ${cause.message}`, { cause });
  }
}
