import type { Log } from '../../../src/core/log.ts';
import { toPlainLine } from '../../../src/core/render/untrusted-text.ts';
import { UnreadableDocument } from '../../../src/schema/version.ts';
import type { History } from '../../../src/store/history/open-history.ts';
import type { SiteState } from '../data/contract.ts';
import { addNight, emptyFold } from './fold-night.ts';
import { groupRuns } from './group-nights.ts';
import { type RunReading, readRun } from './read-run.ts';
import { readState } from './read-state.ts';
import { watchChanges } from './watch-changes.ts';

export interface FoldOptions {
  /** When it is looked at, ISO 8601 in UTC. */
  asOf: string;
  log: Log;
}

/** Folds all runs of a history, oldest night first. A damaged one is skipped with a warning. */
export async function foldHistory(history: History, { asOf, log }: FoldOptions): Promise<SiteState> {
  const readings = new Map<string, RunReading>();
  const skipped: SiteState['skipped'] = [];
  for (const id of history.runIds()) {
    try {
      const kept = await history.readRun(id);
      readings.set(id, readRun(kept, await history.readQuestions(kept.inputs.questions)));
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error;
      const reason = toPlainLine(error.message);
      skipped.push({ name: id, reason });
      log.warn(`Skipped ${id}: ${reason}`);
    }
  }
  const heads = [...readings.values()].map(({ head }) => head);
  const nights = groupRuns(heads);
  const fold = emptyFold();
  for (const night of nights)
    addNight(
      fold,
      night.flatMap((id) => readings.get(id) ?? []),
    );
  const newest = fold.machines.flatMap(({ nights }) => nights.at(-1)?.runs ?? []);
  return readState(fold, {
    latest: await Promise.all(newest.map((id) => history.readRun(id))),
    changes: await watchChanges(heads, asOf),
    skipped,
  });
}
