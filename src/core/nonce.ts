import type { HashText } from './hash.ts';

/**
 * What a timed round puts before a prompt, so that no prompt cache has seen its beginning: `[7f3a9c2e] `.
 *
 * A function of prompt set, prompt and round alone: a nonce changes the answer itself, even at temperature 0, so
 * every variant on every night must send the same bytes in the same round to stay comparable. Always as long.
 */
export function nonceFor(promptSetId: string, promptId: string, round: number, hashText: HashText): string {
  const digest = hashText(`${promptSetId}/${promptId}/${round}`).replace('sha256:', '');
  return `[${digest.slice(0, 8)}] `;
}
