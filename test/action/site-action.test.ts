import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

/** The packages that a module imports, by itself or through ours; `import type` and what is in `leaveOut` aside. */
async function findPackages(entry: string, leaveOut: RegExp): Promise<Set<string>> {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (seen.has(path) || leaveOut.test(relative(root, path))) return;
    seen.add(path);
    const text = path.endsWith('.ts') ? await readFile(path, 'utf8') : '';
    const imports = text.matchAll(
      /^import (?!type\b)[^'"]*'([^']+)'|\bimport\('([^']+)'\)|^} from '([^']+)'/gm,
    );
    for (const [, statically, lazily, overLines] of imports) {
      const name = statically ?? lazily ?? overLines ?? '';
      if (name.startsWith('.')) await visit(join(dirname(path), name));
      else if (!isBuiltin(name)) packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  };
  await visit(join(root, entry));
  return packages;
}

it('site/action.yml installs no development packages, so its commands need none', async () => {
  const read = async (file: string) => JSON.parse(await readFile(join(root, file), 'utf8'));
  const [main, site] = await Promise.all([read('package.json'), read('site/package.json')]);
  const installed = Object.keys({ ...main.dependencies, ...site.dependencies });
  const needed = await findPackages('src/cli/index.ts', /^src\/embedded\//);
  expect(needed).toContain('commander');
  expect([...needed].filter((name) => !installed.includes(name))).toEqual([]);
});
