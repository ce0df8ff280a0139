import { join } from 'node:path';
import { encodeRun } from '../../../src/core/history/encode-run.ts';
import type { Log } from '../../../src/core/log.ts';
import { toPlainLine } from '../../../src/core/render/untrusted-text.ts';
import { UnreadableDocument } from '../../../src/schema/version.ts';
import { sha256Text } from '../../../src/store/hash-text.ts';
import { readRunToKeep } from '../../../src/store/history/read-run-to-keep.ts';
import { writeToFolder } from '../../../src/store/history/write-folder.ts';
import { listRunFolders } from '../../../src/store/read-run-folder.ts';
import type { SiteState } from './contract.ts';

/**
 * Puts all run folders of a folder into a history, so that there is one way to build a site.
 * @returns Those that are left out, and why.
 * @throws {InputError} where the folder of runs cannot be read.
 */
export async function keepRuns(runsDir: string, history: string, log: Log): Promise<SiteState['skipped']> {
  const skipped: SiteState['skipped'] = [];
  for (const name of await listRunFolders(runsDir)) {
    try {
      const encoded = encodeRun(await readRunToKeep(join(runsDir, name)), {
        origin: null,
        hashText: sha256Text,
      });
      if ((await writeToFolder(history, encoded)) !== 'written') {
        throw new UnreadableDocument('invalid', `Run ${encoded.run.run.id} is there twice.`);
      }
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error;
      const reason = toPlainLine(error.message);
      skipped.push({ name, reason });
      log.warn(`Skipped ${name}: ${reason}`);
    }
  }
  return skipped;
}
