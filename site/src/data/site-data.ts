import type { SkippedFolder, StoredRun } from '../../../src/store/read-run-folder.ts';

/** Everything that pages are made of: the runs, oldest first, and the folders that could not be read. */
export interface SiteData {
  runs: readonly StoredRun[];
  skipped: readonly SkippedFolder[];
  /** The path that the site will be served under, with a slash at both ends. */
  base: string;
}

// Astro bundles the pages into modules of their own but renders them in this process: a global is what both see.
const key = Symbol.for('herdmark.site');
const shared = globalThis as typeof globalThis & { [key]?: SiteData };

/** Hands the runs to the pages that are about to be built. */
export function provideSiteData(data: SiteData): void {
  shared[key] = data;
}

/** The runs handed over by `buildSite`. */
export function siteData(): SiteData {
  const data = shared[key];
  if (!data) throw new Error('The pages are built by buildSite (herdmark site), which reads the runs first.');
  return data;
}

/** The base path of the site that is being built; the root while there is none. */
export function siteBase(): string {
  return shared[key]?.base ?? '/';
}
