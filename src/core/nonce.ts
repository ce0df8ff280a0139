import type { HashText } from './hash.ts';

/**
 * What a timed round puts before a prompt, so that no prompt cache has seen its beginning: `[7f3a9c2e] `.
 *
 * A function of prompt set, prompt, load shape and round alone: a nonce changes the answer itself, even at
 * temperature 0, so every variant on every night must send the same bytes in the same round to stay comparable.
 * Always as long.
 *
 * @param shape The load shape's name, as the rounds of each must find nothing of another's in the cache. Empty for
 *   one request at a time, whose nonces are those of runs from before there were others.
 */
export function nonceFor(
  promptSetId: string,
  promptId: string,
  round: number,
  hashText: HashText,
  shape = '',
): string {
  const parts = [promptSetId, promptId, ...(shape === '' ? [] : [shape]), round];
  const digest = hashText(parts.join('/')).replace('sha256:', '');
  return `[${digest.slice(0, 8)}] `;
}
