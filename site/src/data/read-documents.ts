import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputPath, outputPath } from '../../../src/core/history/layout.ts';
import { keptAnswerDocument, questionsDocument } from '../../../src/schema/documents.ts';
import { promptSet } from '../../../src/schema/prompt-set.ts';
import { readDocument, UnreadableDocument } from '../../../src/schema/version.ts';
import type { SiteData } from './contract.ts';

/** Reads single documents of a history for the pages that show them; null where one is missing or damaged. */
export function readDocuments(folder: string): SiteData['read'] {
  const open = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));
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
    if (error instanceof UnreadableDocument || error instanceof SyntaxError) return null;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
