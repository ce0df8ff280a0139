import type { SavedAnswer, SavedOutput } from '../../schema/output.ts';
import type { Run } from '../../schema/run.ts';
import type { TextChange, Verdict } from '../../schema/verdict.ts';
import type { AnswerPair } from '../render/verdict-answers.ts';

interface AnsweredRun {
  run: Pick<Run, 'id'>;
  outputs: readonly SavedOutput[];
}

/** The answers that a verdict points to, out of the runs that it was made of; what is not among them is left out. */
export function listAnswerPairs(verdict: Verdict, runs: readonly AnsweredRun[]): AnswerPair[] {
  const outputs = new Map(
    runs.flatMap(({ run, outputs: own }) =>
      own.map((output) => [`${run.id}/${output.variant}/${output.prompt}`, output] as const),
    ),
  );
  const find = (
    variant: string,
    prompt: string,
    { run, block, hash }: TextChange['base'],
  ): SavedAnswer | undefined =>
    outputs.get(`${run}/${variant}/${prompt}`)?.answers.find((it) => it.block === block && it.hash === hash);
  return verdict.models.flatMap(({ base, head, text }) =>
    text.changes.flatMap((change): AnswerPair[] => {
      const { prompt } = change;
      const [before, now] = [find(base.key, prompt, change.base), find(head.key, prompt, change.head)];
      if (before === undefined || now === undefined) return [];
      const where = { machine: verdict.machine.id, variantBase: base.key, variantHead: head.key };
      return [{ ...where, prompt, base: before, head: now }];
    }),
  );
}
