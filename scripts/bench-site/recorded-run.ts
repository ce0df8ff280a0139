import { join } from 'node:path';
import { decodeOutputs, decodeRun } from '../../src/core/history/decode-run.ts';
import { decodeSamples } from '../../src/core/history/decode-samples.ts';
import type { RunToKeep } from '../../src/core/history/encode-run.ts';
import type { KeptAnswer } from '../../src/schema/history.ts';
import type { PromptSet } from '../../src/schema/prompt-set.ts';
import { openHistory } from '../../src/store/history/open-history.ts';

export type RecordedRun = RunToKeep & { promptSet: PromptSet };

/**
 * A real run, from a history that holds only that: 3 loads × 4 rounds of the core prompts on the embedded engine, as
 * `herdmark bench --model herdmark-tiny:v1 --model herdmark-tiny:v2` recorded it.
 * @param prompts How many of its prompts to take.
 */
export async function readRecordedRun(prompts: number): Promise<RecordedRun> {
  const history = await openHistory(join(import.meta.dirname, '../../test/site/recordings/core-run'));
  const kept = await history.readRun(history.runIds()[0] ?? '');
  const questions = await history.readQuestions(kept.inputs.questions);
  const samples = await history.readSamples(kept.run.id);
  const promptSet =
    kept.inputs.promptSet === null ? null : await history.readPromptSet(kept.inputs.promptSet);
  if (samples === null || promptSet === null) throw new Error('The recorded run is not whole.');
  const answers = new Map<string, KeptAnswer>();
  for (const id of kept.answers) answers.set(id, await history.readAnswer(id));

  const taken = promptSet.prompts.slice(0, prompts);
  const isTaken = ({ prompt }: { prompt: string | null }) => taken.some(({ id }) => id === prompt);
  const run = decodeRun(kept, questions);
  return {
    run: {
      ...{ ...run, series: run.series.filter(isTaken) },
      promptSet: { ...run.promptSet, prompts: run.promptSet.prompts.slice(0, prompts) },
    },
    samples: decodeSamples(samples, kept, questions).filter(isTaken),
    outputs: decodeOutputs(kept, questions, (id) => answers.get(id) ?? null).filter(isTaken),
    promptSet: { ...promptSet, prompts: taken },
    config: kept.inputs.config === null ? null : await history.readConfig(kept.inputs.config),
  };
}
