import type { SiteData } from './contract.ts';

// Astro bundles the pages into modules of their own but renders them in this process: a global is what both see.
const key = Symbol.for('herdmark.site');
const shared = globalThis as typeof globalThis & { [key]?: SiteData };

/** Hands the data to the pages that are about to be built. */
export function provideSiteData(data: SiteData): void {
  shared[key] = data;
}

/** The data handed over by `buildSite`. */
export function siteData(): SiteData {
  const data = shared[key];
  if (!data) throw new Error('The pages are built by buildSite (herdmark site), which reads the runs first.');
  return data;
}

/** The base path of the site that is being built; the root while there is none. */
export function siteBase(): string {
  return shared[key]?.base ?? '/';
}
