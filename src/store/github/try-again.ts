/** What tells whether, and when, a request may be made again. */
export interface Refusal {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What GitHub says, in its own words. */
  message: string;
}

const serverFaults = [500, 502, 503, 504];

/**
 * How many seconds to wait before asking again; null where asking again is no use. As GitHub's documentation has it:
 * `retry-after` first, else the reset of a used-up limit, else a minute for a secondary limit.
 * @param attempt how often it was asked already.
 * @param repeatable whether asking twice does no more than asking once: GitHub may have done what it failed to confirm.
 */
export function findWaitSeconds(
  { status, headers, message }: Refusal,
  attempt: number,
  repeatable: boolean,
  now: Date,
): number | null {
  if (serverFaults.includes(status)) return repeatable ? 2 ** (attempt - 1) : null;
  if (status !== 403 && status !== 429) return null;
  const retryAfter = readWhole(headers['retry-after']);
  if (retryAfter !== null) return retryAfter;
  const reset = readWhole(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && reset !== null) {
    return Math.max(0, Math.ceil(reset - now.getTime() / 1000));
  }
  return status === 429 || /rate limit/i.test(message) ? 60 : null;
}

function readWhole(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : null;
}
