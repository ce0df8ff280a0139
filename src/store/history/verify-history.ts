import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { nameContent } from '../../core/history/encode-run.ts';
import { inputPath, outputPath, runPath, samplesPath } from '../../core/history/layout.ts';
import { requireRunColumns, requireSampleColumns } from '../../core/history/require-columns.ts';
import { explainWrongClock } from '../../core/history/wrong-clock.ts';
import type { HistoryRun } from '../../schema/history.ts';
import { UnreadableDocument } from '../../schema/version.ts';
import { sha256Text } from '../hash-text.ts';
import {
  largestBytes,
  packedHeader,
  parseDocument,
  readHistoryFile,
  unpackDocument,
  writeDocument,
} from './history-file.ts';
import { type History, openHistory } from './open-history.ts';

export interface Problem {
  /** In the history, with `/`. May be any text that can name a file. */
  path: string;
  problem: string;
}

export interface Verification {
  runs: number;
  files: number;
  problems: Problem[];
  /** Runs that are whole, and count as no night: nothing is to be mended in the history. */
  misdated: Problem[];
}

/**
 * Looks whether a history is whole: every document is what its schema says, every content has the name that it gives
 * itself, everything that is named is there, and nothing else is.
 * @param asOf When it is looked at, ISO 8601 in UTC.
 * @throws {InputError} where there is no history.
 */
export async function verifyHistory(folder: string, asOf: string): Promise<Verification> {
  const history = await openHistory(folder);
  const files = await listFiles(folder);
  const problems: Problem[] = [];
  const misdated: Problem[] = [];
  const check = async (path: string, work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof UnreadableDocument || error instanceof RangeError)) throw error;
      problems.push({ path, problem: error.message });
      return false;
    }
  };

  /** Paths that belong there. */
  const named = new Set<string>(['README.md']);
  const ids = history.runIds();
  let isAllRead = true;
  for (const id of ids) {
    const path = runPath(id);
    named.add(path).add(samplesPath(id));
    const isRead = await check(path, async () => {
      await checkPacked(folder, path, largestBytes.run);
      const run = await history.readRun(id);
      for (const of of await checkRun(history, run, named)) named.add(of);
      const { startedAt } = run.run;
      const wrong = explainWrongClock({ startedAt, origin: run.origin }, asOf);
      if (wrong !== null) misdated.push({ path, problem: wrong });
    });
    isAllRead &&= isRead;
  }
  for (const path of files) {
    const isContent = /^(inputs|outputs)\//.test(path);
    // A run that cannot be read may be what names it.
    if (!named.has(path) && (isAllRead || !isContent)) problems.push({ path, problem: 'Nothing names it.' });
    else if (isContent) await check(path, () => checkContent(folder, path));
    else if (path.startsWith('samples/'))
      await check(path, () => checkPacked(folder, path, largestBytes.samples));
  }
  return { runs: ids.length, files: files.length, problems, misdated };
}

/**
 * Checks a run, its samples and what it names. Returns the paths of what it names.
 * @param named What another run named, and was found to be good.
 */
async function checkRun(history: History, run: HistoryRun, named: ReadonlySet<string>): Promise<string[]> {
  const { inputs, answers } = run;
  const paths = answers.map(outputPath);
  const questions = await history.readQuestions(inputs.questions);
  paths.push(inputPath(inputs.questions));
  if (inputs.config !== null) {
    await history.readConfig(inputs.config);
    paths.push(inputPath(inputs.config));
  }
  if (inputs.promptSet !== null) {
    await history.readPromptSet(inputs.promptSet);
    paths.push(inputPath(inputs.promptSet));
  }
  for (const answer of answers) {
    if (!named.has(outputPath(answer))) await history.readAnswer(answer);
  }

  const { length } = questions.questions;
  requireRunColumns(run, length);
  const samples = await history.readSamples(run.run.id);
  if (samples !== null) requireSampleColumns(samples, length);
  return paths;
}

/** What unpacks well may still be written otherwise than by us. */
async function checkPacked(folder: string, path: string, maxBytes: number): Promise<void> {
  const packed = (await readHistoryFile(folder, path, maxBytes)) ?? Buffer.alloc(0);
  const document = unpackDocument(packed, path, maxBytes);
  if (!packed.subarray(0, packedHeader.length).equals(packedHeader) || document === undefined) {
    throw new UnreadableDocument('invalid', `${path} begins otherwise than it was written.`);
  }
}

async function checkContent(folder: string, path: string): Promise<void> {
  const bytes = (await readHistoryFile(folder, path, largestBytes.content)) ?? Buffer.alloc(0);
  const document = parseDocument(bytes, path);
  const id = nameContent(document, sha256Text);
  if (path !== inputPath(id) && path !== outputPath(id)) {
    throw new UnreadableDocument('invalid', `${path} holds what should be named ${id}.`);
  }
  if (!writeDocument(document).equals(bytes)) {
    throw new UnreadableDocument('invalid', `${path} is written otherwise than it was.`);
  }
}

/** All files but hidden ones and what a writer that was killed had begun, which are not the history's: paths with `/`, sorted. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => !path.startsWith('.') && !path.endsWith('.partial'))
    .sort();
}
