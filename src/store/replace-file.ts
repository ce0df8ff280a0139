import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file in one step, and the folders that it lies in: whoever reads it meanwhile, or after a kill, finds what was
 * there before or all of the new one. Several processes may do so at once.
 */
export async function replaceFile(path: string, content: string | Buffer): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(partial, content);
  await rename(partial, path);
}
