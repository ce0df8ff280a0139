import type { z } from 'zod';
import type { ModelOptions, think } from '../schema/config.ts';
import type { Prompt, Tool } from '../schema/prompt-set.ts';

export type Think = z.infer<typeof think>;
export type Message = NonNullable<Prompt['messages']>[number];

/**
 * Everything that decides an answer, but for the model: what a request hash is taken of. One of `prompt`, `messages`
 * and `input` is there, in the words of the endpoint that it is sent to.
 */
export interface RequestContent {
  /** Of /api/generate. */
  prompt?: string;
  images?: string[];
  /** Of /api/chat. */
  messages?: Message[];
  tools?: Tool[];
  /** Of /api/embed. */
  input?: string[];
  /** `num_predict` wherever something is generated. */
  options: ModelOptions & { num_predict?: number };
  think?: Think;
  format?: NonNullable<Prompt['format']>;
  /** Ollama's default drops the middle of a prompt that is too long, or a text's end; false makes that an error. */
  truncate: false;
}

export interface RequestSettings {
  options: ModelOptions;
  think: Think | null;
  nonce: string | null;
}

/** What is sent for a prompt. The nonce goes to the very start of everything that a cache could know by its start. */
export function buildRequest(prompt: Prompt, { options, think, nonce }: RequestSettings): RequestContent {
  const prefix = nonce ?? '';
  if (prompt.embed) return { input: prompt.embed.map((text) => prefix + text), options, truncate: false };
  return {
    ...(prompt.messages
      ? { messages: prefixFirst(prompt.messages, prefix) }
      : { prompt: prefix + (prompt.prompt ?? '') }),
    ...(prompt.images ? { images: prompt.images } : {}),
    ...(prompt.tools ? { tools: prefixFirstTool(prompt.tools, prefix) } : {}),
    options: { ...options, num_predict: prompt.maxTokens },
    ...(think === null ? {} : { think }),
    ...(prompt.format === undefined ? {} : { format: prompt.format }),
    truncate: false,
  };
}

/** Whatever its role: behind a system message, that message would come out of the cache. */
function prefixFirst([first, ...rest]: readonly Message[], prefix: string): Message[] {
  return first === undefined ? [] : [{ ...first, content: prefix + first.content }, ...rest];
}

/** Many chat templates put the tools before every message. */
function prefixFirstTool([first, ...rest]: readonly Tool[], prefix: string): Tool[] {
  if (first === undefined) return [];
  const description = prefix + first.function.description;
  return [{ ...first, function: { ...first.function, description } }, ...rest];
}
