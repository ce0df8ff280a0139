import { inputPath, outputPath, runPath, samplesPath } from '../../../../src/core/history/layout.ts';
import {
  historyRunDocument,
  historySamplesDocument,
  keptAnswerDocument,
  questionsDocument,
} from '../../../../src/schema/documents.ts';
import type {
  ContentId,
  HistoryRun,
  HistorySamples,
  KeptAnswer,
  Questions,
} from '../../../../src/schema/history.ts';
import { type PromptSet, promptSet } from '../../../../src/schema/prompt-set.ts';
import { type DocumentKind, readDocument } from '../../../../src/schema/version.ts';
import { DataError, readJsonFile } from './read-file.ts';

/** The documents of a history as a site has them, each asked for once. */
export interface SiteHistory {
  run(id: string): Promise<HistoryRun>;
  /** null where they are kept no longer. */
  samples(id: string): Promise<HistorySamples | null>;
  questions(id: ContentId): Promise<Questions>;
  /** null where the site has not got it. */
  promptSet(id: ContentId | null): Promise<PromptSet | null>;
  /** null where the site has not got it. */
  answer(id: ContentId): Promise<KeptAnswer | null>;
}

/**
 * @param data URL of the site's `data/`, with a slash at its end.
 * @throws {DataError} from each function, where a document cannot be had or is damaged.
 */
export function openHistory(data: string): SiteHistory {
  const known = new Map<string, Promise<unknown>>();
  const once = <T>(path: string, parse: (value: unknown) => T): Promise<T> => {
    const asked = known.get(path) as Promise<T> | undefined;
    if (asked !== undefined) return asked;
    const asking = readJsonFile(data + path).then((value) => understand(path, () => parse(value)));
    known.set(path, asking);
    // What failed may be asked for again.
    asking.catch(() => known.delete(path));
    return asking;
  };
  const read = <T>(path: string, kind: DocumentKind<T>) => once(path, (value) => readDocument(kind, value));
  return {
    run: (id) => read(runPath(id), historyRunDocument),
    samples: (id) => orNull(read(samplesPath(id), historySamplesDocument)),
    questions: (id) => read(inputPath(id), questionsDocument),
    promptSet: async (id) =>
      id === null ? null : orNull(once(inputPath(id), (value) => promptSet.parse(value))),
    answer: (id) => orNull(read(outputPath(id), keptAnswerDocument)),
  };
}

function understand<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const why = cause instanceof Error && cause.name === 'UnreadableDocument' ? ` ${cause.message}` : '';
    throw new DataError('damaged', `data/${path} cannot be read.${why}`, { cause });
  }
}

async function orNull<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof DataError && error.code === 'missing') return null;
    throw error;
  }
}
