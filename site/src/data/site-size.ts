import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { formatCount } from '../../../src/core/render/format.ts';
import { listFilesBelow } from './write-files.ts';

export interface SiteSize {
  bytes: number;
  /** Of them, those of the single requests of runs, which a history can do without. */
  samplesBytes: number;
}

/** What a site weighs, unpacked, as GitHub Pages counts it. */
export async function weighSite(outDir: string): Promise<SiteSize> {
  const size: SiteSize = { bytes: 0, samplesBytes: 0 };
  for (const path of await listFilesBelow(outDir)) {
    const bytes = lstatSync(join(outDir, path)).size;
    size.bytes += bytes;
    if (path.startsWith('data/samples/')) size.samplesBytes += bytes;
  }
  return size;
}

/** GitHub Pages publishes no site that is larger. */
const largestBytes = 1e9;
/** With a night a day there are months left then. */
const warnFrom = 0.8;

/** That a site is about to outgrow GitHub Pages, and what to do; null while there is room. */
export function explainSize({ bytes, samplesBytes }: SiteSize): string | null {
  if (bytes < warnFrom * largestBytes) return null;
  return [
    `The site weighs ${formatMegabytes(bytes)}, and GitHub Pages takes none above 1 GB.`,
    `${formatMegabytes(samplesBytes)} of it are the single requests of runs: remove those of old ones with`,
    '`herdmark history prune --keep-samples-days 180`, which leaves every run, trend and answer.',
  ].join(' ');
}

/** As GitHub counts. */
function formatMegabytes(bytes: number): string {
  return `${formatCount(Math.round(bytes / 1e6))} MB`;
}
