import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise } from 'yauzl';
import { slug, variantKey } from '../schema/primitives.ts';
import { UnfitArtifact } from './collect-unfit.ts';

/** What an archive may weigh, packed and unpacked: far above any real run, far below what would hurt. */
export const archiveLimits = {
  archiveBytes: 128 * 1024 ** 2,
  entries: 20_000,
  fileBytes: 256 * 1024 ** 2,
  totalBytes: 512 * 1024 ** 2,
};
export type ArchiveLimits = typeof archiveLimits;

const topLevelFiles = [
  'summary.json',
  'plan.json',
  'samples.ndjson',
  'telemetry.ndjson',
  'summary.md',
  'junit.xml',
];

/**
 * Unpacks a run's archive into a new folder. Only the names that a run folder has are ever written, and the whole
 * archive is refused over one entry that no honest writer makes.
 * @throws {UnfitArtifact}
 */
export async function unpackRun(archive: string, folder: string, limits: ArchiveLimits): Promise<void> {
  try {
    await unpack(archive, folder, limits);
  } catch (cause) {
    // A fault of this machine, such as a full disk, says nothing of the archive.
    if (cause instanceof UnfitArtifact || !(cause instanceof Error) || 'syscall' in cause) throw cause;
    throw new UnfitArtifact(`its zip is damaged: ${cause.message}`, { cause });
  }
}

async function unpack(archive: string, folder: string, limits: ArchiveLimits): Promise<void> {
  // The reader refuses absolute paths, `..`, backslashes, and entries that unpack to another size than they state.
  const zip = await openPromise(archive, { strictFileNames: true });
  const seen = new Set<string>();
  let totalBytes = 0;
  try {
    if (zip.entryCount > limits.entries) throw new UnfitArtifact(`it has ${zip.entryCount} entries`);
    for await (const entry of zip.eachEntry()) {
      const hostility = explainHostility(entry, limits);
      if (hostility !== null) throw new UnfitArtifact(hostility);
      if (seen.has(entry.fileName)) throw new UnfitArtifact(`it holds "${entry.fileName}" twice`);
      seen.add(entry.fileName);
      totalBytes += entry.uncompressedSize;
      if (totalBytes > limits.totalBytes) {
        throw new UnfitArtifact(`it unpacks to more than ${limits.totalBytes} bytes`);
      }
      if (!isRunFile(entry.fileName)) continue;

      const path = join(folder, entry.fileName);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { flags: 'wx' }));
    }
  } finally {
    zip.close();
  }
}

/** Whether a run folder has a file of this name: `outputs/<variant>/<prompt>.json`, `inputs/<name>.json`, or one at the top. */
export function isRunFile(name: string): boolean {
  const [first, second = '', third = '', ...more] = name.split('/');
  const isJson = (file: string) =>
    file.endsWith('.json') && slug.safeParse(file.slice(0, -'.json'.length)).success;
  // A name that ends with a slash is a folder's.
  if (more.length > 0 || name.endsWith('/')) return false;
  if (first === 'outputs') return variantKey.safeParse(second).success && isJson(third);
  if (first === 'inputs') return isJson(second) && third === '';
  return topLevelFiles.includes(name);
}

/** Why an entry is one that no run's archive has; null for a plain file or folder within the archive. */
function explainHostility(entry: Entry, { fileBytes }: ArchiveLimits): string | null {
  const { fileName: name, uncompressedSize } = entry;
  // The upper half holds the Unix mode where a Unix made the archive, and nothing elsewhere.
  const fileType = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (![0, 0o100000, 0o040000].includes(fileType)) return `"${name}" is no plain file`;
  if (entry.isEncrypted()) return `"${name}" is encrypted`;
  if (uncompressedSize > fileBytes) return `"${name}" unpacks to ${uncompressedSize} bytes`;
  return null;
}
