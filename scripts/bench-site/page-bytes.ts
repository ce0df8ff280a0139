import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface PageBytes {
  /** The document alone, gzipped. */
  html: number;
  /** With every style sheet, script and image that it loads by itself, each gzipped: what goes over the wire at first. */
  total: number;
}

/** Weighs a page of a site that is served under `/`. What scripts fetch afterwards is not in it. */
export async function weighPage(site: string, page: string): Promise<PageBytes> {
  const html = await readFile(join(site, page), 'utf8');
  const assets = new Set<string>();
  for (const [, path] of html.matchAll(/<(?:link|script|img)\b[^>]*?\b(?:href|src)="\/([^"#?]+)"/g)) {
    if (path !== undefined && /\.\w+$/.test(path)) await addAsset(site, path, assets);
  }
  let total = gzipSync(html).length;
  for (const path of assets) total += gzipSync(await readFile(join(site, path))).length;
  return { html: gzipSync(html).length, total };
}

/** A script brings along what it imports. */
async function addAsset(site: string, path: string, assets: Set<string>): Promise<void> {
  if (assets.has(path)) return;
  assets.add(path);
  if (!path.endsWith('.js')) return;
  const source = await readFile(join(site, path), 'utf8');
  for (const [, from] of source.matchAll(/\b(?:from|import)\s*["']([^"']+\.js)["']/g)) {
    if (from?.startsWith('.')) await addAsset(site, posix.join(dirname(path), from), assets);
  }
}
