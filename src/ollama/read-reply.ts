import type { z } from 'zod';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import { type Asked, badReply, notOllama, type OllamaError, streamCut } from './errors.ts';
import type { Reply } from './exchange.ts';
import { explainRefusal } from './refusal.ts';

/** Reads one JSON text as what the schema says, or throws what the server said instead, explained by `refuse`. */
export function readJson<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  asked: Asked,
  refuse = explainRefusal,
): z.output<Schema> {
  const value = parseJson(text, asked);
  const said = errorOf(value);
  if (said !== null) throw refuse(said, 200, asked);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') || 'the reply';
  throw badReply(asked, toPlainLine(`${where}: ${issue?.message}`), result.error);
}

/** Reads a reply that is one document. */
export function readDocument<Schema extends z.ZodType>(
  { batches, cut }: Reply,
  schema: Schema,
  asked: Asked,
): z.output<Schema> {
  if (cut !== null) throw streamCut(asked, 200, cut);
  return readJson(textOf(batches), schema, asked);
}

/** What a reply with any status but 200 means. */
export function readRefusal({ status, batches, cut }: Reply, asked: Asked): OllamaError {
  if (cut !== null) return streamCut(asked, status, cut);
  const text = textOf(batches);
  // A server that refuses the Host header says nothing but 403.
  if (status === 403 && text === '') return explainRefusal('', status, asked);
  const said = readErrorText(text);
  return said === null || (status === 404 && asked.model === null)
    ? notOllama(asked, `status ${status} and ${describeText(text)}`, { status })
    : explainRefusal(said, status, asked);
}

/** By hand, as nearly every value has none: a schema takes its time to say so. */
function errorOf(value: unknown): string | null {
  const isError = typeof value === 'object' && value !== null && 'error' in value;
  return isError && typeof value.error === 'string' ? value.error : null;
}

function textOf(batches: Reply['batches']): string {
  return batches
    .map(({ text }) => text)
    .join('')
    .trim();
}

function readErrorText(text: string): string | null {
  try {
    return errorOf(JSON.parse(text));
  } catch {
    // A proxy's page, or another program's way to refuse: no words of Ollama's.
    return null;
  }
}

function parseJson(text: string, asked: Asked): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // What begins as JSON and is none has lost its end: where a proxy drops the framing, a cut looks like an end.
    if (text.startsWith('{')) throw streamCut(asked, 200, cause);
    throw notOllama(asked, describeText(text), { status: 200, cause });
  }
}

function describeText(text: string): string {
  if (text === '') return 'nothing';
  return /^<(?:!doctype|html)/i.test(text) ? 'a web page' : `“${toPlainLine(text.slice(0, 60))}”`;
}
