import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { InputError } from './input-error.ts';

/**
 * Refuses a file outside a folder, links followed: what a pull request names is read, measured and published.
 * @param folder null: any file may be read.
 * @throws {InputError} `outside-workspace`. A file that is not there is for its reader to tell.
 */
export async function stayWithin(folder: string | null, path: string): Promise<void> {
  if (folder === null) return;
  const real = await realpath(path).catch(() => null);
  if (real === null || real.startsWith(`${await realpath(folder)}${sep}`)) return;
  throw new InputError(
    'outside-workspace',
    `${path}: lies outside the workspace, and is not read for a comparison. Move it into the repository.`,
  );
}
