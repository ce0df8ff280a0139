import type { WholeRun as ComparedRun } from '../../core/compare/compare-runs.ts';
import { decodeOutputs, decodeRun } from '../../core/history/decode-run.ts';
import { decodeSamples } from '../../core/history/decode-samples.ts';
import { runPath, samplesPath } from '../../core/history/layout.ts';
import type { ContentId, HistoryRun, KeptAnswer } from '../../schema/history.ts';
import type { Run } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';
import { UnreadableDocument } from '../../schema/version.ts';
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

/**
 * A run of a history with everything that a comparison needs of it; null where its samples are kept no longer.
 * @param known Answers that were read before: most are the same from night to night.
 * @throws {UnreadableDocument} where a document of it is damaged.
 */
export async function readRunToCompare(
  history: History,
  id: string,
  known: Map<ContentId, KeptAnswer>,
): Promise<ComparedRun | null> {
  const { kept, run, samples } = await readWholeRun(history, id);
  if (samples.length === 0) return null;
  const { questions: asked, promptSet: set } = kept.inputs;
  const promptSet = set === null ? null : await history.readPromptSet(set);
  if (promptSet === null) {
    throw new UnreadableDocument('not-a-document', `The prompt set of run ${id} cannot be read.`);
  }
  for (const answer of kept.answers) {
    if (!known.has(answer)) known.set(answer, await history.readAnswer(answer));
  }
  const questions = await history.readQuestions(asked);
  const outputs = decodeOutputs(kept, questions, (answer) => known.get(answer) ?? null);
  return { run, samples, outputs, prompts: promptSet.prompts };
}
