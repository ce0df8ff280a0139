import type { AnswerState, SiteLine, SiteMachine, SitePrompt, SiteState } from '../data/contract.ts';
import { promptKey } from './prompt-view.ts';

export interface MatrixCell {
  state: AnswerState;
  /** The answer is another than in the night before. */
  isNew: boolean;
}

/** What every model of a machine's newest night made of every prompt. */
export interface PromptMatrix {
  machine: SiteMachine;
  columns: SiteLine[];
  /** The options of all columns; null where they are not the same. */
  options: string | null;
  rows: {
    prompt: SitePrompt;
    /** One for each column; null where the model was not asked. */
    cells: (MatrixCell | null)[];
  }[];
}

export function buildMatrix({ lines, prompts }: SiteState, machine: SiteMachine): PromptMatrix {
  const newest = machine.nights.length - 1;
  const columns = lines.filter((line) => line.machine === machine.id && line.nights.at(-1) === newest);
  const rows = prompts.map((prompt) => ({ prompt, cells: columns.map((line) => readCell(line, prompt)) }));
  const options = new Set(columns.map((line) => line.options));
  return {
    ...{ machine, columns, options: options.size === 1 ? ([...options][0] ?? null) : null },
    rows: rows.filter(({ cells }) => cells.some((it) => it !== null)),
  };
}

/** What a line made of a prompt on its newest night; null where it was not asked. */
export function readCell(
  { prompts, nights }: Pick<SiteLine, 'prompts' | 'nights'>,
  { set, id }: Pick<SitePrompt, 'set' | 'id'>,
): MatrixCell | null {
  const answers = prompts[promptKey(set, id)]?.answers ?? [];
  const stretch = answers.at(-1);
  const newest = nights.length - 1;
  if (stretch?.to !== newest) return null;
  return { state: stretch.state, isNew: stretch.from === newest && answers.length > 1 };
}
