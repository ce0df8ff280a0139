import { isExpectedError } from '../expected-error.ts';
import { terminalLog } from './terminal-log.ts';

/** Prints an error for a person: an expected one as its sentence, an unexpected one whole. Returns the exit status. */
export function reportFailure(error: unknown): number {
  const text = isExpectedError(error)
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  for (const line of text.split('\n')) terminalLog.warn(line);
  if (error instanceof Error && error.cause instanceof Error && !isExpectedError(error))
    terminalLog.warn(`caused by: ${error.cause.message}`);
  return 1;
}
