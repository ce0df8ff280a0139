import type { KeptAnswer } from '../../../src/schema/history.ts';
import { describeEmbedding, writeToolCall } from './answer-parts.ts';

/** All that a model answered, as one text that can be compared: what it said, which tools it called, what it embedded. */
export function writeAnswer({
  text,
  toolCalls,
  embedding,
}: Pick<KeptAnswer, 'text' | 'toolCalls' | 'embedding'>): string {
  return [
    ...(text === '' ? [] : [text]),
    ...toolCalls.map(writeToolCall),
    ...(embedding === null ? [] : [describeEmbedding(embedding)]),
  ].join('\n');
}
