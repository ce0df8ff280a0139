import { createContext, Script } from 'node:vm';
import type { WithinLimit } from '../core/checks/judge-answer.ts';

const limitMs = 1000;
const script = new Script('work()');
/** A new one for each check would take longer than most checks do. */
const context = createContext({});

/**
 * A prompt set may have the pattern `(a+)+$`, in a check or in a JSON Schema, by mistake or by somebody's pull request:
 * a check has a second. While it runs nothing else does, no deadline and no signal.
 */
export const withinSecond: WithinLimit = (work) => {
  try {
    context.work = work;
    return script.runInContext(context, { timeout: limitMs });
  } catch (error) {
    // An Error of the other context, and so none of ours.
    const code = typeof error === 'object' && error !== null && Reflect.get(error, 'code');
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return 'out of time';
    throw error;
  }
};
