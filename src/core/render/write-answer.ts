import type { SavedAnswer } from '../../schema/output.ts';
import { formatQuantity } from './format.ts';
import { revealHidden } from './verdict-text.ts';

/**
 * All that a model answered, as one text in which nothing is hidden: what it said, called and embedded. Calls alone are
 * JSON, so that they are compared by their structure.
 */
export function writeAnswer({
  text,
  toolCalls,
  embedding,
}: Pick<SavedAnswer, 'text' | 'toolCalls' | 'embedding'>): string {
  const parts = [
    ...(text === '' ? [] : [text]),
    ...(toolCalls.length === 0 ? [] : [JSON.stringify(toolCalls, null, 2)]),
    ...(embedding === null ? [] : [describeEmbedding(embedding)]),
  ];
  return revealHidden(parts.join('\n'));
}

/** `3 vectors of 384 dimensions` */
export function describeEmbedding({ vectors, dimensions }: NonNullable<SavedAnswer['embedding']>): string {
  return `${formatQuantity(vectors, 'vector')} of ${formatQuantity(dimensions, 'dimension')}`;
}
