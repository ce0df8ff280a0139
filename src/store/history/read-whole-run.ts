import { decodeRun } from '../../core/history/decode-run.ts';
import { decodeSamples } from '../../core/history/decode-samples.ts';
import { runPath, samplesPath } from '../../core/history/layout.ts';
import type { HistoryRun } from '../../schema/history.ts';
import type { Run } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';
import { explainDamage } from './kept-document.ts';
import type { History } from './open-history.ts';

export interface WholeRun {
  kept: HistoryRun;
  run: Run;
  /** Empty where they are kept no longer. */
  samples: Sample[];
}

/**
 * A run of a history as everything else knows runs.
 * @throws {UnreadableDocument} where a document of it is damaged, or its columns are not of its questions.
 */
export async function readWholeRun(history: History, id: string): Promise<WholeRun> {
  const kept = await history.readRun(id);
  const questions = await history.readQuestions(kept.inputs.questions);
  const samples = await history.readSamples(id);
  return {
    kept,
    run: explainDamage(runPath(id), () => decodeRun(kept, questions)),
    samples:
      samples === null ? [] : explainDamage(samplesPath(id), () => decodeSamples(samples, kept, questions)),
  };
}
