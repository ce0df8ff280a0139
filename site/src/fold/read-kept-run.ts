import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inputPath, runPath } from '../../../src/core/history/layout.ts';
import { requireRunColumns } from '../../../src/core/history/require-columns.ts';
import { questionsDocument } from '../../../src/schema/documents.ts';
import type { ContentId, HistoryRun, Questions } from '../../../src/schema/history.ts';
import { UnreadableDocument } from '../../../src/schema/version.ts';
import { largestBytes, parseDocument } from '../../../src/store/history/history-file.ts';
import { explainDamage, readNamed, readPackedRun } from '../../../src/store/history/kept-document.ts';

export interface KeptRun {
  kept: HistoryRun;
  questions: Questions;
}

/**
 * Reads runs of a history one after another, without waiting: a thread that reads thousands has nothing else to do.
 * Links are refused, sizes capped, documents validated, as openHistory does.
 * @throws {UnreadableDocument} where the run or the list of its questions is missing or damaged.
 */
export function openRuns(folder: string): (id: string) => KeptRun {
  const open = openFiles(folder);
  const known = new Map<ContentId, Questions>();
  const readQuestions = (id: ContentId): Questions => {
    const path = inputPath(id);
    const read =
      known.get(id) ??
      readNamed(questionsDocument, path, parseDocument(open(path, largestBytes.content), path));
    known.set(id, read);
    return read;
  };
  return (id) => {
    const path = runPath(id);
    const kept = readPackedRun(open(path, largestBytes.run), id);
    const questions = readQuestions(kept.inputs.questions);
    explainDamage(path, () => requireRunColumns(kept, questions.questions.length));
    return { kept, questions };
  };
}

/**
 * Reads files below a folder that are no links, nor in a folder that is one.
 * @returns what throws UnreadableDocument where a file is missing, a link, no file, or larger than `maxBytes`.
 */
export function openFiles(folder: string): (path: string, maxBytes: number) => Buffer {
  const root = realpathSync(folder);
  const whole = new Map<string, boolean>();
  return (path, maxBytes) => {
    const wanted = join(root, ...path.split('/'));
    const parent = dirname(wanted);
    try {
      const isWhole = whole.get(parent) ?? realpathSync(parent) === parent;
      whole.set(parent, isWhole);
      if (!isWhole) throw new UnreadableDocument('invalid', `${path} is behind a link.`);
      // Windows has no such flag, and no links that Git makes by itself.
      const file = openSync(wanted, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      try {
        const { size } = fstatSync(file);
        if (size > maxBytes) throw new UnreadableDocument('invalid', `${path} is too large: ${size} bytes.`);
        return readFileSync(file);
      } finally {
        closeSync(file);
      }
    } catch (cause) {
      if (cause instanceof UnreadableDocument) throw cause;
      throw new UnreadableDocument('not-a-document', `${path} cannot be read.`, { cause });
    }
  };
}
