import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Log } from '../core/log.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import { outputDocument, runDocument } from '../schema/documents.ts';
import type { SavedOutput } from '../schema/output.ts';
import { type PromptSet, promptSet as promptSetSchema } from '../schema/prompt-set.ts';
import type { Run } from '../schema/run.ts';
import { readDocument, UnreadableDocument } from '../schema/version.ts';
import { InputError } from './input-error.ts';

/** One run folder, read and validated. */
export interface StoredRun {
  folder: string;
  run: Run;
  /** What was asked; null where inputs/prompt-set.json cannot be read. */
  promptSet: PromptSet | null;
  /** The saved answers, in the order of the run's series. */
  outputs: readonly SavedOutput[];
  /** What of the folder was read or may be offered for download: paths relative to it, with `/`. */
  files: readonly string[];
}

export interface SkippedFolder {
  name: string;
  reason: string;
}

const mebibyte = 1024 ** 2;
/** A real nightly stays a hundred times below these: whoever exceeds them is not a benchmark. */
const largestBytes = {
  summary: 32 * mebibyte,
  promptSet: 8 * mebibyte,
  output: 8 * mebibyte,
  samples: 256 * mebibyte,
};

/**
 * Reads all runs in a folder, oldest first. A damaged one is skipped with a warning, the others are kept.
 * @throws {InputError} where there is no run to read.
 */
export async function readRunFolders(
  runsDir: string,
  log: Log,
): Promise<{ runs: StoredRun[]; skipped: SkippedFolder[] }> {
  const byId = new Map<string, StoredRun>();
  const skipped: SkippedFolder[] = [];
  for (const name of await listRunFolders(runsDir)) {
    try {
      const stored = await readRunFolder(join(runsDir, name));
      if (byId.has(stored.run.id))
        throw new UnreadableDocument('invalid', `Run ${stored.run.id} is there twice.`);
      byId.set(stored.run.id, stored);
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error;
      const reason = toPlainLine(error.message);
      skipped.push({ name, reason });
      log.warn(`Skipped ${name}: ${reason}`);
    }
  }
  if (byId.size === 0) {
    const why = skipped.length === 0 ? 'it holds none' : `none of its ${skipped.length} folders can be read`;
    throw new InputError(
      'no-runs',
      `${runsDir}: there are no runs to show, as ${why}. Measure one with \`herdmark bench --out ${runsDir}\`.`,
    );
  }
  const runs = [...byId.values()].sort(
    (a, b) => Date.parse(a.run.startedAt) - Date.parse(b.run.startedAt) || (a.run.id < b.run.id ? -1 : 1),
  );
  return { runs, skipped };
}

/**
 * Reads one run folder. Its content is untrusted: sizes are capped, links out of it refused, and only names that
 * the schema has taken become part of a path.
 * @throws {UnreadableDocument} at the first document that is missing or damaged.
 */
export async function readRunFolder(folder: string): Promise<StoredRun> {
  const run = readDocument(runDocument, await readJson(folder, 'summary.json', largestBytes.summary));
  const read = await Promise.all(
    run.series.map(async ({ variant, prompt }) => {
      const file = `outputs/${variant}/${prompt}.json`;
      const json = await readJson(folder, file, largestBytes.output, 'optional');
      if (json === undefined) return null;
      const output = readDocument(outputDocument, json);
      if (output.variant !== variant || output.prompt !== prompt) {
        throw new UnreadableDocument('invalid', `${file} holds the answer of another model or prompt.`);
      }
      return { file, output };
    }),
  );
  const outputs = read.filter((it) => it !== null);
  const lineFiles = ['samples.ndjson', 'telemetry.ndjson'];
  const readable = await Promise.all(lineFiles.map((file) => isReadable(folder, file, largestBytes.samples)));
  return {
    folder,
    run,
    promptSet: await readPromptSet(folder, run),
    outputs: outputs.map(({ output }) => output),
    files: [
      'summary.json',
      ...lineFiles.filter((_, index) => readable[index]),
      ...outputs.map(({ file }) => file),
    ],
  };
}

/** Prompt sets have no version of their own document: one that a newer Herdmark wrote costs its texts, not the run. */
async function readPromptSet(folder: string, run: Run): Promise<PromptSet | null> {
  const json = await readJson(folder, 'inputs/prompt-set.json', largestBytes.promptSet, 'optional');
  const result = promptSetSchema.safeParse(json);
  return result.success && result.data.id === run.promptSet.id ? result.data : null;
}

/** The names of the folders in a folder of runs. @throws {InputError} where it cannot be read. */
export async function listRunFolders(runsDir: string): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(runsDir, { withFileTypes: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      'no-runs-folder',
      `${runsDir}: the folder of runs cannot be read (${reason}). Name it with --runs.`,
      { cause },
    );
  }
  return entries
    .filter((it) => it.isDirectory() && !it.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

async function readJson(folder: string, file: string, maxBytes: number, need?: 'optional'): Promise<unknown> {
  if (!(await isReadable(folder, file, maxBytes))) {
    if (need === 'optional') return undefined;
    throw new UnreadableDocument('not-a-document', `It has no ${file}.`);
  }
  const text = await readFile(join(folder, file), 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableDocument('not-a-document', `${file} is not JSON.`, { cause });
  }
}

/**
 * Whether the file is there.
 * @throws {UnreadableDocument} where it is too large, no file, or leads out of the folder.
 */
async function isReadable(folder: string, file: string, maxBytes: number): Promise<boolean> {
  let path: string;
  try {
    path = await realpath(join(folder, file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw new UnreadableDocument('not-a-document', `${file} cannot be read.`, { cause: error });
  }
  if (!path.startsWith((await realpath(folder)) + sep)) {
    throw new UnreadableDocument('invalid', `${file} is a link out of the run's folder.`);
  }
  const found = await stat(path);
  if (!found.isFile()) throw new UnreadableDocument('invalid', `${file} is not a file.`);
  if (found.size > maxBytes) {
    throw new UnreadableDocument('invalid', `${file} is larger than ${maxBytes / mebibyte} MiB.`);
  }
  return true;
}
