import type { ContentId } from '../../../src/schema/history.ts';
import { nameAnswers } from './answer-timeline.ts';
import type { PromptLine } from './prompt-view.ts';

/** The answers of one line that can be chosen to be compared, newest first. */
export interface AnswerOptions {
  label: string;
  options: { id: ContentId; label: string }[];
}

/** More are a list that nobody reads; earlier ones are chosen by a URL. */
const mostOptions = 50;

export function listAnswerOptions(lines: readonly PromptLine[]): AnswerOptions[] {
  const groups = lines.map(({ history: { line, machine }, timeline }) => {
    const found = new Map<ContentId, string>();
    for (const { answers, numbers, from, to, state } of timeline.entries) {
      answers.forEach((id, index) => {
        if (found.has(id) || found.size >= mostOptions) return;
        const days =
          from.slice(0, 10) === to.slice(0, 10)
            ? from.slice(0, 10)
            : `${from.slice(0, 10)} to ${to.slice(0, 10)}`;
        found.set(id, `${line.model}: ${nameAnswers(numbers.slice(index, index + 1))}, ${days}, ${state}`);
      });
    }
    const label = [line.model, machine.label, line.options].filter((it) => it !== '').join(', ');
    return { label, options: [...found].map(([id, name]) => ({ id, label: name })) };
  });
  return groups.filter(({ options }) => options.length > 0);
}

/** What is compared where nothing was chosen: the newest change of the first line that has one, else two lines' answers. */
export function suggestPair(lines: readonly PromptLine[]): { a: ContentId; b: ContentId } | null {
  for (const { timeline } of lines) {
    const entry = timeline.entries.find(({ before, answers }) => before !== null && answers[0] !== before);
    if (entry?.before && entry.answers[0]) return { a: entry.before, b: entry.answers[0] };
  }
  const newest = [...new Set(lines.flatMap(({ timeline }) => timeline.entries[0]?.answers[0] ?? []))];
  const [a, b] = newest;
  return a !== undefined && b !== undefined ? { a, b } : null;
}
