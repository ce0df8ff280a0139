import { siteBase } from '../data/site-data.ts';

/** The base path in the form that links are made with: a slash at both ends. */
export function normalizeBase(base: string): string {
  const inner = base.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/** A link to a page or file of the site: `href('runs/x/')` is `/repo/runs/x/` under `/repo/`. */
export function href(path: string, base: string = siteBase()): string {
  return normalizeBase(base) + path.replace(/^\/+/, '');
}

export const links = {
  overview: () => href(''),
  models: () => href('models/'),
  model: (slug: string, anchor?: string) =>
    href(`models/${slug}/${anchor === undefined ? '' : `#${anchor}`}`),
  prompts: () => href('prompts/'),
  prompt: (set: string, prompt: string, anchor?: string) =>
    href(`prompts/${set}/${prompt}/${anchor === undefined ? '' : `#${anchor}`}`),
  runs: () => href('runs/'),
  run: (id: string, anchor?: string) => href(`runs/${id}/${anchor === undefined ? '' : `#${anchor}`}`),
  numbers: (anchor?: string) => href(`numbers/${anchor === undefined ? '' : `#${anchor}`}`),
  file: (run: string, file: string) => href(`data/${run}/${file}`),
  index: () => href('data/index.json'),
};
