import {
  copyFile,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isErrorOf } from '../../../src/store/history/history-file.ts';

/** Writes a file unless it holds just that: what does not change keeps its time, and need not be uploaded again. */
export async function writeChanged(path: string, content: Buffer): Promise<void> {
  if (await holds(path, content)) return;
  // In one step: a build that is stopped leaves what was there, by which the next one knows the folder as ours.
  const partial = `${path}.partial`;
  await makeRoom(partial);
  await writeFile(partial, content);
  await rename(partial, path).catch(async (error) => {
    if (!isErrorOf(error, 'EISDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM')) throw error;
    await makeRoom(path);
    await rename(partial, path);
  });
}

async function holds(path: string, content: Buffer): Promise<boolean> {
  try {
    const found = await lstat(path);
    return found.isFile() && found.size === content.length && (await readFile(path)).equals(content);
  } catch (error) {
    if (isErrorOf(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

/** A hard link, or a copy where the file system cannot make one. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await makeRoom(to);
  await link(from, to).catch(() => copyFile(from, to));
}

/** What is there may be a link into a history, which a write would go through to. */
async function makeRoom(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
}

/** Removes files, and folders that are empty then. */
export async function removeFiles(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(join(folder, path), { force: true });
  const parents = new Set(paths.flatMap(listParents));
  // The deepest first.
  for (const parent of [...parents].sort((a, b) => b.length - a.length)) {
    await rmdir(join(folder, parent)).catch((error) => {
      if (!isErrorOf(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
    });
  }
}

/** `a/b` and `a` of `a/b/c`. */
function listParents(path: string): string[] {
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  return parent === '' ? [] : [parent, ...listParents(parent)];
}

/** All files below a folder, as sorted paths relative to it, with `/`. Links are none, nor is what they lead to. */
export async function listFilesBelow(folder: string): Promise<string[]> {
  const paths = await listBelow(folder, '');
  return paths.sort();
}

async function listBelow(folder: string, below: string): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((error) => {
    if (isErrorOf(error, 'ENOENT')) return [];
    throw error;
  });
  const paths = await Promise.all(
    entries.map((it) => {
      const path = below === '' ? it.name : `${below}/${it.name}`;
      if (it.isDirectory()) return listBelow(folder, path);
      return it.isFile() ? [path] : [];
    }),
  );
  return paths.flat();
}
