import { join } from 'node:path';
import type { Log } from '../../../src/core/log.ts';
import { toPlainLine } from '../../../src/core/render/untrusted-text.ts';
import { UnreadableDocument } from '../../../src/schema/version.ts';
import { keepRun } from '../../../src/store/history/ingest-run.ts';
import { readRunToKeep } from '../../../src/store/history/read-run-to-keep.ts';
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
      const kept = await readRunToKeep(join(runsDir, name));
      if ((await keepRun(kept, history, null)).written !== 'written') {
        throw new UnreadableDocument('invalid', `Run ${kept.run.id} is there twice.`);
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
