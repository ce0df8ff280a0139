import { copyFile, link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a file unless it holds just that: what does not change keeps its time, and need not be uploaded again. */
export async function writeChanged(path: string, content: Buffer): Promise<void> {
  if (await holds(path, content)) return;
  // A file may be a link into the history, which a write would go through to.
  await rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

async function holds(path: string, content: Buffer): Promise<boolean> {
  try {
    if ((await stat(path)).size !== content.length) return false;
    return (await readFile(path)).equals(content);
  } catch {
    return false;
  }
}

/** A hard link where the file system can make one. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
  }
}

/** All files below a folder, as sorted paths relative to it, with `/`; none where it is not there. */
export async function listFilesBelow(folder: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
  const paths = await Promise.all(
    entries.map((it) => {
      const path = below === '' ? it.name : `${below}/${it.name}`;
      return it.isDirectory() ? listFilesBelow(folder, path) : [path];
    }),
  );
  return paths.flat().sort();
}
