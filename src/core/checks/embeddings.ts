import type { Check } from '../../schema/check.ts';
import type { Finding } from './finding.ts';
import { countOf, listOf } from './wording.ts';

type EmbeddingCheck = Extract<Check, { type: 'embedding' }>;
type Vector = readonly number[];

/**
 * Looks at how many vectors there are, how long they are, and which lie closer together. That there are as many as
 * texts, and all as long, is what the client requires of a reply.
 */
export function examineEmbeddings(
  { vectors, dimensions, closer = [] }: EmbeddingCheck,
  embeddings: readonly Vector[],
): Finding {
  const [first] = embeddings;
  if (first === undefined) return { holds: false, finding: 'the answer has no vectors', unanswerable: true };
  const zero = embeddings.findIndex((vector) => norm(vector) === 0);
  // It points nowhere: no text is closer to it than another.
  if (zero >= 0)
    return { holds: false, finding: `the vector of text ${zero} is all zeros`, unanswerable: true };

  const size = (count: number, length: number) =>
    `${countOf(count, 'vector')} of ${countOf(length, 'dimension')}`;
  const found = `the answer has ${size(embeddings.length, first.length)}`;
  const wanted = size(vectors ?? embeddings.length, dimensions ?? first.length);
  if (found !== `the answer has ${wanted}`) return { holds: false, finding: found, wanted };

  const wrong = closer.flatMap(([a, b, c]) => {
    const near = cosine(embeddings[a], embeddings[b]);
    const far = cosine(embeddings[a], embeddings[c]);
    return near > far
      ? []
      : [`text ${a} is not closer to text ${b} (${near.toFixed(3)}) than to text ${c} (${far.toFixed(3)})`];
  });
  if (wrong.length > 0) return { holds: false, finding: listOf(wrong) };
  return {
    holds: true,
    finding:
      closer.length === 0 ? found : `${found}, closer as wanted in ${closer.length} of ${closer.length}`,
  };
}

/** From -1 to 1; NaN where a vector is missing, which compares as closer to nothing. */
function cosine(a: Vector = [], b: Vector = []): number {
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? Number.NaN), 0);
  return dot / (norm(a) * norm(b));
}

function norm(vector: Vector): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
