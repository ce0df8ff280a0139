import { lstatSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../src/store/package-root.ts';
import type { SiteData } from './contract.ts';
import { describeSite, indexFile, listDataFiles } from './list-files.ts';
import { linkOrCopy, listFilesBelow, removeFiles, writeChanged } from './write-files.ts';

export interface WriteOptions {
  /** The folder with the pages as they were rendered. */
  rendered: string;
  history: string;
  outDir: string;
  data: SiteData;
  url: string | null;
}

/**
 * Makes a folder the site: pages, data, and every document of the history. What it holds already is left alone, what is
 * no longer part of the site is removed.
 * @returns How many pages there are.
 */
export async function writeSite({ rendered, history, outDir, data, url }: WriteOptions): Promise<number> {
  const there = new Set(await listFilesBelow(outDir));
  const stale = new Set(there);
  const write = async (path: string, content: string | Buffer) => {
    stale.delete(path);
    await writeChanged(join(outDir, path), Buffer.from(content));
  };
  // First of all, as it says that the folder is ours, should the build be stopped.
  await write(indexFile, `${JSON.stringify(describeSite(data), null, 2)}\n`);

  const pages = await listFilesBelow(rendered);
  for (const path of pages) await write(path, await readFile(join(rendered, path)));
  for (const { path, read } of listDataFiles(data, url)) await write(path, read());
  const schemas = join(packageRoot(), 'schema');
  for (const name of await listFilesBelow(schemas)) {
    await write(`data/schema/${name}`, await readFile(join(schemas, name)));
  }
  const skipped = new Set(data.skipped.map(({ name }) => `${name}.json.gz`));
  for (const path of await listFilesBelow(history)) {
    if (!isDocument(path) || skipped.has(path.split('/').at(-1) ?? '')) continue;
    const own = `data/${path}`;
    stale.delete(own);
    const [from, to] = [join(history, path), join(outDir, own)];
    if (!there.has(own) || !areSame(from, to)) await linkOrCopy(from, to);
  }
  await removeFiles(outDir, [...stale]);
  return pages.filter((it) => it.endsWith('.html')).length;
}

/** Nothing else that lies in a history is published. */
function isDocument(path: string): boolean {
  return (
    /^(?:runs|samples)\/\d{4}\/\d{2}\/[\w-]+\.json\.gz$/.test(path) ||
    /^(?:inputs|outputs)\/[0-9a-f]{2}\/[0-9a-f]{30}\.json$/.test(path)
  );
}

/** One file under two names, or two with the same content. There are many, and most are one: no time to wait for each. */
function areSame(a: string, b: string): boolean {
  const [of, other] = [lstatSync(a), lstatSync(b)];
  if (of.ino === other.ino && of.dev === other.dev) return true;
  return other.isFile() && of.size === other.size && readFileSync(a).equals(readFileSync(b));
}
