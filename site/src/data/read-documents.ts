import { inputPath, outputPath } from '../../../src/core/history/layout.ts';
import { keptAnswerDocument, questionsDocument } from '../../../src/schema/documents.ts';
import { promptSet } from '../../../src/schema/prompt-set.ts';
import { readDocument, UnreadableDocument } from '../../../src/schema/version.ts';
import { largestBytes, parseDocument } from '../../../src/store/history/history-file.ts';
import { openFiles } from '../fold/read-kept-run.ts';
import type { SiteData } from './contract.ts';

/** Reads single documents of a history for the pages that show them; null where one is missing or damaged. */
export function readDocuments(folder: string): SiteData['read'] {
  const read = openFiles(folder);
  const open = (path: string): unknown => parseDocument(read(path, largestBytes.content), path);
  return {
    answer: remember((id) => readDocument(keptAnswerDocument, open(outputPath(id)))),
    promptSet: remember((id) => promptSet.safeParse(open(inputPath(id))).data ?? null),
    questions: remember((id) => readDocument(questionsDocument, open(inputPath(id)))),
  };
}

/** Many pages show the same document. */
function remember<T>(read: (id: string) => T | null): (id: string) => T | null {
  const known = new Map<string, T | null>();
  return (id) => {
    if (!known.has(id))
      known.set(
        id,
        readKnown(() => read(id)),
      );
    return known.get(id) ?? null;
  };
}

function readKnown<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableDocument) return null;
    throw error;
  }
}
