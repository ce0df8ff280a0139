import type { z } from 'zod';
import type { ModelOptions, think } from '../schema/config.ts';
import type { Prompt } from '../schema/prompt-set.ts';

export type Think = z.infer<typeof think>;
export type Message = NonNullable<Prompt['messages']>[number];

/** Everything that decides an answer, but for the model: what a request hash is taken of. */
export interface RequestContent {
  prompt?: string;
  messages?: Message[];
  options: ModelOptions & { num_predict: number };
  think?: Think;
  format?: NonNullable<Prompt['format']>;
  /** Ollama's default drops the middle of a prompt that is too long; false makes that an error. */
  truncate: false;
}

export interface RequestSettings {
  options: ModelOptions;
  think: Think | null;
  nonce: string | null;
}

/** What is sent for a prompt. The nonce goes to the very start of what the user says. */
export function buildRequest(prompt: Prompt, { options, think, nonce }: RequestSettings): RequestContent {
  return {
    ...(prompt.messages
      ? { messages: prefixFirstUserMessage(prompt.messages, nonce ?? '') }
      : { prompt: `${nonce ?? ''}${prompt.prompt ?? ''}` }),
    options: { ...options, num_predict: prompt.maxTokens },
    ...(think === null ? {} : { think }),
    ...(prompt.format === undefined ? {} : { format: prompt.format }),
    truncate: false,
  };
}

function prefixFirstUserMessage(messages: readonly Message[], nonce: string): Message[] {
  const first = messages.findIndex(({ role }) => role === 'user');
  return messages.map((message, index) =>
    index === Math.max(first, 0) ? { ...message, content: `${nonce}${message.content}` } : message,
  );
}
