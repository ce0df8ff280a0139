import { createContext, Script } from 'node:vm';
import type { ExecRegex } from '../core/checks/judge-answer.ts';

const limitMs = 1000;
const script = new Script('(regex.exec(text) ?? [null])[0]');

/** A pattern of a prompt set may be `(a+)+$`, by mistake or by somebody's pull request: it has a second. */
export const execWithinLimit: ExecRegex = (regex, text) => {
  try {
    return script.runInContext(createContext({ regex, text }), { timeout: limitMs });
  } catch (error) {
    // An Error of the other context, and so none of ours.
    const code = typeof error === 'object' && error !== null && Reflect.get(error, 'code');
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return 'out of time';
    throw error;
  }
};
