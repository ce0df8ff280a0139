import { OllamaError } from './ollama/errors.ts';
import { UnreadableDocument } from './schema/version.ts';
import { InputError } from './store/input-error.ts';

/** Errors whose message is written for the person who meets them; any other is a fault of ours, and shown whole. */
export function isExpectedError(error: unknown): error is InputError | OllamaError | UnreadableDocument {
  return [InputError, OllamaError, UnreadableDocument].some((kind) => error instanceof kind);
}
