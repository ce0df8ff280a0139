import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inputPath, outputPath, readRunPath, runPath, samplesPath } from '../../core/history/layout.ts';
import { historySamplesDocument, keptAnswerDocument, questionsDocument } from '../../schema/documents.ts';
import {
  type ContentId,
  contentId,
  type HistoryRun,
  type HistorySamples,
  type KeptAnswer,
  type Questions,
} from '../../schema/history.ts';
import { runId } from '../../schema/primitives.ts';
import { type PromptSet, promptSet } from '../../schema/prompt-set.ts';
import { UnreadableDocument } from '../../schema/version.ts';
import { InputError } from '../input-error.ts';
import { isErrorOf, largestBytes, parseDocument, readHistoryFile, unpackDocument } from './history-file.ts';
import { readNamed, readPackedRun } from './kept-document.ts';

/**
 * A history in a folder. What is read is validated, and of untrusted origin: a path is made of validated ids only, sizes
 * are capped, links are refused. Every `read` throws UnreadableDocument where a document is damaged, or missing although
 * it has to be there.
 */
export interface History {
  folder: string;
  /** Sorted, and so by the time at which they started. */
  runIds(): string[];
  readRun(id: string): Promise<HistoryRun>;
  /** null where a retention policy removed them. */
  readSamples(id: string): Promise<HistorySamples | null>;
  readQuestions(id: ContentId): Promise<Questions>;
  /** null where a newer Herdmark wrote one that this one cannot read: that costs its texts, and no run. */
  readPromptSet(id: ContentId): Promise<PromptSet | null>;
  /** As the run was asked for, resolved. */
  readConfig(id: ContentId): Promise<unknown>;
  readAnswer(id: ContentId): Promise<KeptAnswer>;
}

/** Opens a checked-out history, or any folder of that layout. @throws {InputError} where there is no such folder. */
export async function openHistory(folder: string): Promise<History> {
  const ids = await listRunIds(folder);
  return {
    folder,
    runIds: () => [...ids],
    async readRun(id) {
      const path = runPath(runId.parse(id));
      const packed = await readHistoryFile(folder, path, largestBytes.run);
      if (packed === null) throw missing(path);
      return readPackedRun(packed, id);
    },
    async readSamples(id) {
      const path = samplesPath(runId.parse(id));
      const packed = await readHistoryFile(folder, path, largestBytes.samples);
      if (packed === null) return null;
      const document = unpackDocument(packed, path, largestBytes.samples);
      const samples = readNamed(historySamplesDocument, path, document);
      if (samples.run !== id)
        throw new UnreadableDocument('invalid', `${path} holds samples of run ${samples.run}.`);
      return samples;
    },
    readQuestions: async (id) => readNamed(questionsDocument, ...(await readContent(folder, inputPath, id))),
    async readPromptSet(id) {
      const [, document] = await readContent(folder, inputPath, id);
      return promptSet.safeParse(document).data ?? null;
    },
    readConfig: async (id) => (await readContent(folder, inputPath, id))[1],
    readAnswer: async (id) => readNamed(keptAnswerDocument, ...(await readContent(folder, outputPath, id))),
  };
}

async function readContent(
  folder: string,
  pathOf: (id: ContentId) => string,
  id: ContentId,
): Promise<[path: string, document: unknown]> {
  const path = pathOf(contentId.parse(id));
  const bytes = await readHistoryFile(folder, path, largestBytes.content);
  if (bytes === null) throw missing(path);
  return [path, parseDocument(bytes, path)];
}

function missing(path: string): UnreadableDocument {
  return new UnreadableDocument('not-a-document', `${path} is missing.`);
}

async function listRunIds(folder: string): Promise<string[]> {
  if (!existsSync(folder)) {
    throw new InputError(
      'no-history',
      `${folder}: there is no history. Make one with \`herdmark publish --history ${folder}\`.`,
    );
  }
  const paths: string[] = [];
  for (const year of await listNames(folder, 'runs')) {
    for (const month of await listNames(folder, `runs/${year}`)) {
      const names = await listNames(folder, `runs/${year}/${month}`);
      paths.push(...names.map((name) => `runs/${year}/${month}/${name}`));
    }
  }
  return paths
    .map(readRunPath)
    .filter((id) => id !== null)
    .sort();
}

/** What a folder of the history holds; nothing where it is none. */
async function listNames(folder: string, path: string): Promise<string[]> {
  try {
    return await readdir(join(folder, path));
  } catch (error) {
    if (isErrorOf(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
