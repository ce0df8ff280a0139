import type { ContentId } from '../../../src/schema/history.ts';
import { nameAnswer } from './answer-choice.ts';
import { nameAnswers } from './answer-timeline.ts';
import type { PromptLine } from './prompt-view.ts';

/** The answers of one line that can be chosen to be compared, newest first. */
export interface AnswerOptions {
  label: string;
  /** Each with its name in a URL. */
  options: { value: string; label: string }[];
}

/** More are a list that nobody reads; earlier ones are chosen by a URL. */
const mostOptions = 50;

export function listAnswerOptions(lines: readonly PromptLine[]): AnswerOptions[] {
  const groups = lines.map(({ history: { line, machine }, timeline }) => {
    const found = new Map<ContentId, string>();
    const isAlone = lines.every(({ history }) => history.machine.id === machine.id);
    const whose = isAlone ? line.model : `${line.model} on ${machine.label}`;
    for (const { answers, numbers, from, to, state } of timeline.entries) {
      answers.forEach((id, index) => {
        if (found.has(id) || found.size >= mostOptions) return;
        const days =
          from.slice(0, 10) === to.slice(0, 10)
            ? from.slice(0, 10)
            : `${from.slice(0, 10)} to ${to.slice(0, 10)}`;
        found.set(id, `${whose}: ${nameAnswers(numbers.slice(index, index + 1))}, ${days}, ${state}`);
      });
    }
    const label = [line.model, machine.label, line.options].filter((it) => it !== '').join(', ');
    return {
      label,
      options: [...found].map(([id, name]) => ({ value: nameAnswer(line.slug, id), label: name })),
    };
  });
  return groups.filter(({ options }) => options.length > 0);
}

/** What is compared where nothing was chosen, as a URL names it: the newest change of the first line that has one, else two lines' answers. */
export function suggestPair(lines: readonly PromptLine[]): { a: string; b: string } | null {
  for (const { history, timeline } of lines) {
    const name = (id: ContentId) => nameAnswer(history.line.slug, id);
    const entry = timeline.entries.find(({ before, answers }) => before !== null && answers[0] !== before);
    if (entry?.before && entry.answers[0]) return { a: name(entry.before), b: name(entry.answers[0]) };
  }
  const newest = new Map(
    lines.toReversed().flatMap(({ history, timeline }): [ContentId, string][] => {
      const id = timeline.entries[0]?.answers[0];
      return id === undefined ? [] : [[id, nameAnswer(history.line.slug, id)]];
    }),
  );
  const [a, b] = [...newest.values()].reverse();
  return a !== undefined && b !== undefined ? { a, b } : null;
}
