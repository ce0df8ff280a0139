import { formatQuantity } from '../../../src/core/render/format.ts';
import type { SavedAnswer } from '../../../src/schema/output.ts';

export function writeToolCall({ name, arguments: given }: SavedAnswer['toolCalls'][number]): string {
  return `${name} ${JSON.stringify(given, null, 2)}`;
}

/** `3 vectors of 384 dimensions` */
export function describeEmbedding({ vectors, dimensions }: NonNullable<SavedAnswer['embedding']>): string {
  return `${formatQuantity(vectors, 'vector')} of ${formatQuantity(dimensions, 'dimension')}`;
}
