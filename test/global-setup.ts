import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackBrowser, unpackedVariable } from './browser/open-browser.ts';

/**
 * Unpacks the browser once for all workers, and gives the tests a temporary folder of their own, which goes with all that
 * they left in it.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  process.env[unpackedVariable] = JSON.stringify(await unpackBrowser());
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-test-'));
  // POSIX asks for the first of them, Windows for the others.
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = folder;
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
