import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../input-error.ts';
import { isErrorOf } from './history-file.ts';
import { openHistory } from './open-history.ts';
import { historyReadme } from './readme.ts';

const ownFolders = ['inputs', 'outputs', 'runs', 'samples'];

/**
 * Looks whether a history may be put into a folder: one that is absent or empty, or was a history's before. Hidden files
 * do not count.
 * @throws {InputError} where it holds other things, of which a README.md would be replaced.
 */
export async function requireHistoryFolder(folder: string): Promise<void> {
  const names = (await listNames(folder)).filter((name) => !name.startsWith('.'));
  const strange = names.filter((name) => !ownFolders.includes(name));
  if (strange.length === 0) return;
  if (strange.join() === 'README.md' && (await hasOwnReadme(folder))) return;
  if ((await openHistory(folder)).runIds().length > 0) return;
  throw new InputError(
    'no-history-folder',
    `${folder} holds other things than a history, which could be lost: name an empty folder with --history.`,
  );
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isErrorOf(cause, 'ENOENT')) return [];
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      'no-history-folder',
      `${folder} cannot be used (${why}): name another folder with --history.`,
      {
        cause,
      },
    );
  }
}

async function hasOwnReadme(folder: string): Promise<boolean> {
  return (await readFile(join(folder, 'README.md'), 'utf8').catch(() => null)) === historyReadme;
}
