import type { Phase } from '../schema/plan.ts';
import type { Flag, ServerTimings } from '../schema/sample.ts';

export interface Answered {
  phase: Phase;
  /** The answer, without the thinking. */
  text: string;
  server: ServerTimings;
  /** Whether this run may have put the same prompts to this very load of the model before. */
  isRepeat: boolean;
}

/** Why an answered request says less than it seems to: with any of these it stays out of the statistics. */
export function findFlags({ phase, text, server, isRepeat }: Answered): Flag[] {
  if (phase !== 'bare' && phase !== 'timed') return [];
  const flags: Flag[] = [];
  if (text.trim() === '') {
    flags.push({
      code: 'thinking-exhausted',
      reason: `The model only thought, and gave no answer (done_reason: ${server.doneReason ?? 'none'}): raise maxTokens, or set think: false.`,
    });
  }
  if (isRepeat) {
    flags.push({
      code: 'not-reloaded',
      reason:
        'The model could not be reloaded, and this prompt may still have been cached from the load before.',
    });
  }
  if (isWhollyCached(server)) {
    flags.push({
      code: 'cache-contaminated',
      reason: `${server.promptEvalCachedCount} of ${server.promptEvalCount} prompt tokens came out of the prompt cache.`,
    });
  }
  return flags;
}

/** The last token is always evaluated; all before it are cached only where the very same prompt was seen before. */
function isWhollyCached({ promptEvalCount, promptEvalCachedCount }: ServerTimings): boolean {
  return (
    promptEvalCount !== null && promptEvalCachedCount !== null && promptEvalCachedCount >= promptEvalCount - 1
  );
}
