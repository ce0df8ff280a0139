import { readJsonFile } from './read-file.ts';

interface SiteIndex {
  lines?: { model?: unknown; modelSlug?: unknown }[];
}

/** The pages of models by tag, as the site's index has them. Without it there are no links, and all else stands. */
export async function loadModelPages(data: string): Promise<Map<string, string>> {
  const index = (await readJsonFile(`${data}index.json`).catch(() => null)) as SiteIndex | null;
  return new Map(
    (index?.lines ?? []).flatMap(({ model, modelSlug }): [string, string][] =>
      typeof model === 'string' && typeof modelSlug === 'string' ? [[model, modelSlug]] : [],
    ),
  );
}
