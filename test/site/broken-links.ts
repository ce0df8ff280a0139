import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Every link of every page that leads out of the base or to nothing, as `page → link`. */
export async function findBrokenLinks(siteDir: string, base: string): Promise<string[]> {
  const pages = (await readdir(siteDir, { recursive: true })).filter((it) => it.endsWith('.html'));
  const ids = new Map<string, Set<string>>();
  const links: { page: string; link: string }[] = [];
  for (const page of pages) {
    const html = await readFile(join(siteDir, page), 'utf8');
    ids.set(page, new Set(matches(html, / id="([^"]+)"/g)));
    for (const link of matches(html, / (?:href|src)="([^"]+)"/g)) links.push({ page, link });
  }
  const isBroken = ({ page, link }: { page: string; link: string }): boolean => {
    const [path = '', anchor] = link.split('#');
    if (path !== '' && !path.startsWith(base)) return true;
    const file = path === '' ? page : path.slice(base.length).replace(/(^|\/)$/, '$1index.html');
    if (!existsSync(join(siteDir, file))) return true;
    return anchor !== undefined && !ids.get(file)?.has(anchor);
  };
  return links.filter(isBroken).map(({ page, link }) => `${page} → ${link}`);
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, group]) => group ?? []);
}
