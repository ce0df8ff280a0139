import { decodeRun } from '../../../../src/core/history/decode-run.ts';
import { decodeSamples } from '../../../../src/core/history/decode-samples.ts';
import type { HistoryRun, Questions } from '../../../../src/schema/history.ts';
import type { Run } from '../../../../src/schema/run.ts';
import type { Sample } from '../../../../src/schema/sample.ts';
import type { SiteHistory } from './open-history.ts';

/** A run as the site has it, and as everything else knows runs. */
export interface LoadedRun {
  kept: HistoryRun;
  questions: Questions;
  run: Run;
}

/** @throws {DataError} */
export async function loadRun(history: SiteHistory, id: string): Promise<LoadedRun> {
  const kept = await history.run(id);
  const questions = await history.questions(kept.inputs.questions);
  return { kept, questions, run: decodeRun(kept, questions) };
}

/**
 * Its single requests; null where they are kept no longer.
 * @throws {DataError}
 */
export async function loadSamples(
  history: SiteHistory,
  { kept, questions }: LoadedRun,
): Promise<Sample[] | null> {
  const samples = await history.samples(kept.run.id);
  return samples && decodeSamples(samples, kept, questions);
}
