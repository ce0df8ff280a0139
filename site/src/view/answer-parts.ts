import type { SavedAnswer } from '../../../src/schema/output.ts';

export function writeToolCall({ name, arguments: given }: SavedAnswer['toolCalls'][number]): string {
  return `${name} ${JSON.stringify(given, null, 2)}`;
}
