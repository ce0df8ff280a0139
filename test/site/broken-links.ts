import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFilesBelow } from '../../site/src/data/write-files.ts';
import { runPath } from '../../src/core/history/layout.ts';

/** Every link of every page that leads out of the base, to nothing, or to a run that is not there, as `page → link`. */
export async function findBrokenLinks(siteDir: string, base: string): Promise<string[]> {
  const pages = (await listFilesBelow(siteDir)).filter((it) => it.endsWith('.html'));
  const ids = new Map<string, Set<string>>();
  const links: { page: string; link: string }[] = [];
  for (const page of pages) {
    const html = await readFile(join(siteDir, page), 'utf8');
    ids.set(page, new Set(matches(html, / id="([^"]+)"/g)));
    for (const link of matches(html, / (?:href|src)="([^"]+)"/g)) links.push({ page, link });
  }
  const isBroken = ({ page, link }: { page: string; link: string }): boolean => {
    const [, path = '', query = '', anchor] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(link) ?? [];
    if (path !== '' && !path.startsWith(base)) return true;
    const file = path === '' ? page : path.slice(base.length).replace(/(^|\/)$/, '$1index.html');
    if (!existsSync(join(siteDir, file))) return true;
    if (namesNoRun(siteDir, query)) return true;
    // What a page draws for a query is not in its file.
    return anchor !== undefined && query === '' && !ids.get(file)?.has(anchor);
  };
  return links.filter(isBroken).map(({ page, link }) => `${page} → ${link}`);
}

/** `?id=`, `?base=` and `?head=` name runs, or models of them. */
function namesNoRun(siteDir: string, query: string): boolean {
  const parameters = new URLSearchParams(query.replaceAll('&amp;', '&').replaceAll('&#38;', '&'));
  return ['id', 'base', 'head']
    .flatMap((name) => parameters.get(name)?.split(':')[0] ?? [])
    .some((run) => !existsSync(join(siteDir, 'data', runPath(run))));
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, group]) => group ?? []);
}
