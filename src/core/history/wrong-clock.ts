import type { HistoryRun } from '../../schema/history.ts';
import { formatTime } from '../render/format.ts';

const dayMs = 86_400_000;
/** A clock may be a time zone off, and a machine that was held up uploads what it measured long before. */
const latestMs = dayMs;
const earliestMs = 365 * dayMs;
/** Ollama's first release: nothing was measured before. Clocks without a battery begin in 1970, 2000 or 2010. */
const firstOllama = '2023-07-01T00:00:00.000Z';

/** When a run says that it started, and where it came from. */
export interface StatedStart {
  startedAt: string;
  origin: HistoryRun['origin'];
}

/**
 * Why a run cannot have started when it says, as the clock of its machine was wrong; null where it can. A run that came
 * as an artifact is held against GitHub's clock, any other one against the clock of whoever looks at it.
 *
 * Such a run is kept, and is no night: one of 2099 would be the newest of its machine for good, and no later night would
 * be missed.
 * @param asOf When it is looked at, ISO 8601 in UTC.
 */
export function explainWrongClock({ startedAt, origin }: StatedStart, asOf: string): string | null {
  const uploadedAt = origin?.uploadedAt ?? null;
  const started = Date.parse(startedAt);
  const said = `it says that it started at ${formatTime(startedAt)}`;
  if (started > Date.parse(uploadedAt ?? asOf) + latestMs) {
    return uploadedAt === null
      ? `${said}, and it is ${formatTime(asOf)} now: the clock of its machine was wrong, or ours is. ${fix}`
      : `${said}, and GitHub had it at ${formatTime(uploadedAt)}: the clock of its machine was wrong. ${fix}`;
  }
  if (uploadedAt !== null && started < Date.parse(uploadedAt) - earliestMs) {
    return `${said}, and GitHub did not have it until ${formatTime(uploadedAt)}: the clock of its machine was wrong. ${fix}`;
  }
  if (started < Date.parse(firstOllama)) {
    return `${said}, before there was an Ollama: the clock of its machine was wrong. ${fix}`;
  }
  return null;
}

const fix = 'It is kept, but is no night. Set the clock, on Linux with `timedatectl set-ntp true`.';
