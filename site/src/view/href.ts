import { siteBase } from '../data/site-data.ts';

/** The base path in the form that links are made with: a slash at both ends. */
export function normalizeBase(base: string): string {
  const inner = base.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/** A link to a page or file of the site: `href('runs/')` is `/repo/runs/` under `/repo/`. In a browser too. */
export function href(path: string, base: string = readBase()): string {
  return normalizeBase(base) + path.replace(/^\/+/, '');
}

/** Every page and file that others may link to. `anchor` is an id on that page. */
export const links = {
  overview: () => href(''),
  models: () => href('models/'),
  /** @param state What its chart shows, as trend-state.ts writes it. */
  model: (slug: string, anchor?: string, state: Readonly<Record<string, string>> = {}) =>
    href(`models/${slug}/${query(state)}${fragment(anchor)}`),
  prompts: () => href('prompts/'),
  prompt: (set: string, prompt: string, anchor?: string) =>
    href(`prompts/${set}/${prompt}/${fragment(anchor)}`),
  runs: (anchor?: string) => href(`runs/${fragment(anchor)}`),
  run: (id: string, anchor?: string) => href(`run/${query({ id })}${fragment(anchor)}`),
  /** Each side is a run id, or `<run id>:<variant key>` for one model of it; base may be `before`. */
  compare: (base?: string, head?: string) => href(`compare/${query({ base, head })}`),
  changes: (anchor?: string) => href(`changes/${fragment(anchor)}`),
  methodology: (anchor?: string) => href(`methodology/${fragment(anchor)}`),
  /** A file under data/. */
  data: (path: string) => href(`data/${path}`),
};

function fragment(anchor: string | undefined): string {
  return anchor === undefined ? '' : `#${anchor}`;
}

function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    // A colon may stand in a query, and is what people read and type.
    value === undefined || value === ''
      ? []
      : [`${name}=${encodeURIComponent(value).replaceAll('%3A', ':')}`],
  );
  return given.length === 0 ? '' : `?${given.join('&')}`;
}

/** The layout writes the base into every page, for scripts. */
function readBase(): string {
  return typeof document === 'undefined' ? siteBase() : (document.documentElement.dataset.base ?? '/');
}
