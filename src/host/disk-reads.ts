import { readFile } from 'node:fs/promises';

/**
 * Bytes that this machine has read from its block devices since it started: `pgpgin` of /proc/vmstat, in KiB. What is
 * read out of the page cache is not in it. null where the kernel does not tell.
 */
export async function readDiskBytes(path = '/proc/vmstat'): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [, kibibytes] = /^pgpgin (\d+)$/m.exec(text) ?? [];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}
