import { type AnswerPorts, answer, type Question } from '../answer.ts';
import type { AnswerShape } from '../answer-shape.ts';
import { parseKeepAlive } from '../keep-alive.ts';
import type { ModelStore, StoredModel } from '../model-store.ts';
import {
  imagesUnsupported,
  insertUnsupported,
  modelNotFound,
  modelRequired,
  notInEngine,
  rawWithTemplate,
  thinkingUnsupported,
  toolsUnsupported,
} from '../refusal.ts';
import type { Route } from '../reply.ts';
import {
  type ChatBody,
  chatBody,
  type GenerateBody,
  generateBody,
  parseBody,
  parseThink,
} from '../request-body.ts';

export type AskPorts = AnswerPorts & { store: ModelStore };

/** POST /api/generate */
export const generateRoute =
  (ports: AskPorts): Route =>
  async (call) => {
    const body = parseBody(call.body, generateBody);
    const asked = await prepare('generate', body, ports.store);
    return answer({ ...asked, prompt: promptOf(body, asked.stored) }, call, ports);
  };

/** POST /api/chat */
export const chatRoute =
  (ports: AskPorts): Route =>
  async (call) => {
    const body = parseBody(call.body, chatBody);
    if (body.model === '') throw modelRequired();
    const asked = await prepare('chat', body, ports.store);
    return answer({ ...asked, prompt: messagesOf(body, asked.stored) }, call, ports);
  };

async function prepare(
  shape: AnswerShape,
  body: GenerateBody | ChatBody,
  store: ModelStore,
): Promise<Omit<Question, 'prompt'>> {
  // In Go these are read with the body, and so refused before a model that does not exist.
  const keepAliveMs = parseKeepAlive(body.keep_alive);
  const think = parseThink(body.think);
  const stored = await store.find(body.model);
  if (stored === null) throw modelNotFound(body.model);
  if (think === true) throw thinkingUnsupported(body.model);
  if (body.logprobs === true) throw notInEngine('`logprobs`');
  return {
    shape,
    name: body.model,
    stored,
    keepAliveMs,
    options: body.options ?? {},
    format: body.format,
    stream: body.stream ?? true,
    truncate: body.truncate ?? true,
    shift: body.shift ?? true,
  };
}

function promptOf(body: GenerateBody, stored: StoredModel): Question['prompt'] {
  const { prompt, raw, system, template, context, suffix, images } = body;
  if (raw === true && (system !== '' || template !== '' || context.length > 0)) throw rawWithTemplate();
  if (suffix !== '') throw insertUnsupported(stored.name);
  if (prompt === '') return null;
  if (images.length > 0) throw imagesUnsupported();
  if (template !== '') throw notInEngine('a `template` in the request');
  if (context.length > 0) throw notInEngine('`context`');
  if (raw === true) return prompt;
  const said = { role: 'user', content: prompt };
  return system === '' ? [said] : [{ role: 'system', content: system }, said];
}

function messagesOf({ messages, tools }: ChatBody, stored: StoredModel): Question['prompt'] {
  if (tools.length > 0) throw toolsUnsupported(stored.name);
  if (messages.length === 0) return null;
  if (messages.some(({ images }) => images.length > 0)) throw imagesUnsupported();
  return messages.map(({ role, content }) => ({ role, content }));
}
