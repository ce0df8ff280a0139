import { formatQuantity } from '../../../src/core/render/format.ts';
import type { Prompt } from '../../../src/schema/prompt-set.ts';
import type { LinePrompt, SiteMachine, SitePrompt, SiteState } from '../data/contract.ts';
import { writeToolCall } from './answer-parts.ts';
import { type AnswerTimeline, buildTimeline } from './answer-timeline.ts';
import { type LineHistory, readLine } from './line-history.ts';

/** One line as it answered one prompt. */
export interface PromptLine {
  history: LineHistory;
  prompt: LinePrompt;
  timeline: AnswerTimeline;
  /** Asked in the newest night of its machine. */
  isCurrent: boolean;
}

/** Every line that was ever asked a prompt; those that still are come first. */
export function listPromptLines(state: SiteState, { set, id }: Pick<SitePrompt, 'set' | 'id'>): PromptLine[] {
  const found = state.lines.flatMap((line): PromptLine[] => {
    const prompt = line.prompts[promptKey(set, id)];
    const history = readLine(state, line);
    if (prompt === undefined || history === null) return [];
    const isCurrent = history.isCurrent && prompt.answers.at(-1)?.to === history.nights.length - 1;
    return [{ history, prompt, timeline: buildTimeline(history, prompt), isCurrent }];
  });
  return found.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}

/** Under what a line keeps a prompt. */
export function promptKey(set: string, id: string): string {
  return `${set}/${id}`;
}

/** Models of a machine's newest night that cannot take a prompt, and why. */
export function listNotAsked(
  { latest }: Pick<SiteMachine, 'latest'>,
  { set, id }: Pick<SitePrompt, 'set' | 'id'>,
): { model: string; reason: string }[] {
  return latest
    .filter(({ run }) => run.promptSet.id === set)
    .flatMap(({ run }) => run.variants)
    .flatMap(({ name, unsupported }) => {
      const found = unsupported.find(({ prompt }) => prompt === id);
      return found === undefined ? [] : [{ model: name, reason: found.reason }];
    });
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
