import { formatQuantity } from '../../../src/core/render/format.ts';
import type { Prompt } from '../../../src/schema/prompt-set.ts';
import type { Run, Variant } from '../../../src/schema/run.ts';
import {
  type AnswerChange,
  type AnswerHistory,
  latestChange,
  traceAnswers,
  writeToolCall,
} from './answers.ts';
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
  /** Models of the run that cannot take the prompt, and why. */
  notAsked: { model: string; reason: string }[];
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
    notAsked: asked.run.variants.flatMap((variant) => {
      const reason = findRefusal(variant, id);
      return reason === null ? [] : [{ model: variant.name, reason }];
    }),
  };
}

/** What a prompt sends, piece by piece: images are told by their number, as nothing but text is shown. */
export function describeAsked(prompt: Prompt): { title: string | null; content: string }[] {
  const { prompt: text, messages = [], embed = [], images, tools } = prompt;
  const pictures = (of: readonly string[] | undefined) =>
    of === undefined ? '' : `[${formatQuantity(of.length, 'image')}]\n`;
  return [
    ...(text === undefined ? [] : [{ title: null, content: pictures(images) + text }]),
    ...messages.map((message) => ({ title: message.role, content: writeMessage(message, pictures) })),
    ...embed.map((content, index) => ({ title: `text ${index}, to be embedded`, content })),
    ...(tools ?? []).map((tool) => ({
      title: 'tool that may be called',
      content: JSON.stringify(tool.function, null, 2),
    })),
  ];
}

type Message = NonNullable<Prompt['messages']>[number];

function writeMessage(message: Message, pictures: (images: string[] | undefined) => string): string {
  if (message.role === 'user') return pictures(message.images) + message.content;
  if (message.role !== 'assistant') return message.content;
  const calls = (message.tool_calls ?? []).map((it) => writeToolCall(it.function));
  return [...(message.content === '' ? [] : [message.content]), ...calls].join('\n');
}

/** Why a model was not asked a prompt; null where it was. */
function findRefusal({ unsupported }: Variant, prompt: string): string | null {
  return unsupported.find((it) => it.prompt === prompt)?.reason ?? null;
}

export interface MatrixCell {
  state: PromptState;
  /** The answer is another than in the run before. */
  change: AnswerChange | null;
}

export interface MatrixRow {
  prompt: { id: string; title: string; category: string };
  /** One for each column; null where the model was not asked, as it cannot take the prompt. */
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
