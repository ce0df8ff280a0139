import { setFailed } from '@actions/core';
import { isExpectedError } from '../expected-error.ts';
import { actionLog, toLogText } from './log.ts';

/** Fails the job over an error: an expected one as its sentence, an unexpected one with its stack and causes. */
export function reportFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (!isExpectedError(error)) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
      actionLog.info(cause.stack ?? cause.message);
    }
  }
  setFailed(toLogText(message));
}
