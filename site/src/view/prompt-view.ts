import type { Run } from '../../../src/schema/run.ts';
import { type AnswerChange, type AnswerHistory, latestChange, traceAnswers } from './answers.ts';
import { type PromptState, promptState } from './changes.ts';
import { isMeasured, type Line } from './lines.ts';
import type { Machine, SitePrompt } from './site-model.ts';

/** One prompt on one machine: the answers of its newest run that asked it, side by side, and how they came about. */
export interface PromptView {
  machine: Machine;
  run: Run;
  histories: AnswerHistory[];
  /** Models that answered in earlier runs only. */
  retired: AnswerHistory[];
}

/** Null where no run of the machine asked the prompt. */
export function viewPrompt({ set, id }: SitePrompt, machine: Machine): PromptView | null {
  const asked = machine.runs.findLast(
    ({ run }) => run.promptSet.id === set && run.promptSet.prompts.some((it) => it.id === id),
  );
  if (!asked) return null;
  const traces = machine.lines
    .map((line) => traceAnswers(line, set, id))
    .filter(({ answers }) => answers.length > 0);
  const isCurrent = ({ answers }: AnswerHistory) => answers.at(-1)?.point.run.id === asked.run.id;
  return {
    ...{ machine, run: asked.run },
    histories: traces.filter(isCurrent),
    retired: traces.filter((it) => !isCurrent(it)),
  };
}

export interface MatrixCell {
  state: PromptState;
  /** The answer is another than in the run before. */
  change: AnswerChange | null;
}

export interface MatrixRow {
  prompt: { id: string; title: string; category: string };
  /** One for each column; null where the model was not asked. */
  cells: (MatrixCell | null)[];
}

export interface Matrix {
  machine: Machine;
  run: Run;
  columns: Line[];
  rows: MatrixRow[];
}

/** What every model made of every prompt in a machine's latest run. */
export function viewMatrix(machine: Machine): Matrix {
  const { run } = machine.latest;
  const columns = machine.lines.filter(({ points }) =>
    points.some((it) => it.run.id === run.id && isMeasured(it)),
  );
  const rows = run.promptSet.prompts.map((prompt) => ({
    prompt,
    cells: columns.map((line) => viewCell(line, run, prompt.id)),
  }));
  return { machine, run, columns, rows };
}

function viewCell(line: Line, run: Run, prompt: string): MatrixCell | null {
  const point = line.points.find((it) => it.run.id === run.id);
  const series = run.series.find((it) => it.variant === point?.variant?.key && it.prompt === prompt);
  if (!series) return null;
  return { state: promptState(series), change: latestChange(traceAnswers(line, run.promptSet.id, prompt)) };
}
