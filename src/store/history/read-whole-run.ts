import { decodeRun } from '../../core/history/decode-run.ts';
import { decodeSamples } from '../../core/history/decode-samples.ts';
import { runPath, samplesPath } from '../../core/history/layout.ts';
import type { HistoryRun } from '../../schema/history.ts';
import type { Run } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';
import { UnreadableDocument } from '../../schema/version.ts';
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
    run: decode(runPath(id), () => decodeRun(kept, questions)),
    samples: samples === null ? [] : decode(samplesPath(id), () => decodeSamples(samples, kept, questions)),
  };
}

function decode<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UnreadableDocument('invalid', `${path} is damaged: ${cause.message}`, { cause });
  }
}
