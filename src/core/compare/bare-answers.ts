import { sum } from 'simple-statistics';
import type { CheckResult } from '../../schema/check.ts';
import type { SavedAnswer } from '../../schema/output.ts';
import type { Prompt } from '../../schema/prompt-set.ts';
import { judgeAnswer, type WithinLimit } from '../checks/judge-answer.ts';
import type { JudgedPrompt } from './quality.ts';
import { isUnanswered } from './requests.ts';
import type { Side } from './side.ts';
import type { AnsweredPrompt, TextAnswer } from './text-changes.ts';

/** What the checks said of both sides' answers; with the checks of head where they had changed. */
export function listJudged(
  base: readonly Side[],
  head: Side,
  {
    compared,
    rechecked,
    withinLimit,
  }: { compared: readonly string[]; rechecked: readonly string[]; withinLimit: WithinLimit },
): { judged: JudgedPrompt[]; notes: string[] } {
  const prompts = head.prompts.filter(({ id }) => compared.includes(id));
  const isVectors = ({ embed }: Prompt) => embed !== undefined;
  const lost = prompts.filter((prompt) => rechecked.includes(prompt.id) && isVectors(prompt));
  const judged = prompts
    .filter((prompt) => !lost.includes(prompt))
    .map((prompt) => {
      const judge = (side: Side) =>
        rechecked.includes(prompt.id) ? judgeAgain(side, prompt, withinLimit) : listResults(side, prompt.id);
      const unanswered = {
        base: sum(base.map((side) => countUnanswered(side, prompt.id))),
        head: countUnanswered(head, prompt.id),
      };
      return { prompt: prompt.id, base: base.flatMap(judge), head: judge(head), unanswered };
    });
  const names = lost.map(({ id }) => id).join(', ');
  return {
    judged,
    notes: lost.length === 0 ? [] : [`Vectors are not saved, so new checks cannot judge old ones: ${names}.`],
  };
}

/** The saved answers of both sides, without vectors, which have no text. */
export function listAnswered(
  base: readonly Side[],
  head: Side,
  compared: readonly string[],
): AnsweredPrompt[] {
  return compared.map((prompt) => ({
    prompt,
    base: base.flatMap((side) => listTexts(side, prompt)),
    head: listTexts(head, prompt),
  }));
}

function listResults({ samples }: Side, prompt: string): CheckResult[][] {
  return samples
    .filter((it) => it.phase === 'bare' && it.status === 'ok' && it.prompt === prompt && it.output !== null)
    .map(({ checks }) => checks);
}

function countUnanswered({ samples }: Side, prompt: string): number {
  return samples.filter((it) => it.phase === 'bare' && it.prompt === prompt && isUnanswered(it)).length;
}

function judgeAgain(side: Side, { id, checks }: Prompt, withinLimit: WithinLimit): CheckResult[][] {
  return listSaved(side, id).map(({ text, toolCalls }) =>
    judgeAnswer(checks, { text, toolCalls: toolCalls.map((call) => ({ function: call })) }, withinLimit),
  );
}

function listTexts(side: Side, prompt: string): TextAnswer[] {
  return listSaved(side, prompt)
    .filter(({ embedding }) => embedding === null)
    .map(({ block, hash, text, toolCalls }) => ({
      ...{ run: side.run.id, block, hash },
      text: toolCalls.length === 0 ? text : `${text}\n${JSON.stringify(toolCalls)}`,
    }));
}

/** Those of valid samples: what a model only thought is no answer. */
function listSaved({ samples, outputs }: Side, prompt: string): SavedAnswer[] {
  const valid = new Set(
    samples
      .filter((it) => it.phase === 'bare' && it.status === 'ok' && it.prompt === prompt)
      .map(({ block }) => block),
  );
  return outputs
    .filter((output) => output.prompt === prompt)
    .flatMap(({ answers }) => answers.filter(({ block }) => valid.has(block)));
}
