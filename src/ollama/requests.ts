import type { z } from 'zod';
import type { ModelOptions, think } from '../schema/config.ts';

/** Options of one request: those of a model, and how many tokens it may answer. Without a limit, it is 10 contexts. */
export type RequestOptions = ModelOptions & { num_predict?: number };

interface CommonRequest {
  model: string;
  options?: RequestOptions;
  /** A model that can think does so where this is left out. */
  think?: z.infer<typeof think>;
  format?: 'json' | Record<string, unknown>;
  /** Seconds, or a string with a unit; negative is for ever. */
  keep_alive?: number | string;
  /** Default true. The reply is the same; a whole one has one chunk. */
  stream?: boolean;
  /** Default true: a prompt that is too long loses its middle, silently. false makes it `prompt-too-long`. */
  truncate?: boolean;
  /** Default true: when the context is full, the oldest half is dropped. */
  shift?: boolean;
  logprobs?: boolean;
  top_logprobs?: number;
}

/** The body of POST /api/generate. */
export interface GenerateRequest extends CommonRequest {
  prompt: string;
  suffix?: string;
  system?: string;
  template?: string;
  /** No template at all: then neither `system` nor `template` may be given. */
  raw?: boolean;
  images?: string[];
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  thinking?: string | undefined;
  /** Base64. */
  images?: string[] | undefined;
  tool_calls?: unknown[] | undefined;
  tool_name?: string | undefined;
}

/** The body of POST /api/chat. */
export interface ChatRequest extends CommonRequest {
  messages: ChatMessage[];
  tools?: unknown[];
}

/** The body of POST /api/embed. */
export interface EmbedRequest {
  model: string;
  input: string[];
  options?: ModelOptions | undefined;
  keep_alive?: number | string | undefined;
  /** Default true: a text that is too long loses its end, silently. false makes it `prompt-too-long`. */
  truncate?: boolean;
  /** Cuts vectors to as many dimensions, for models trained for it. */
  dimensions?: number;
}
