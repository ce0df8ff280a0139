import type { Sample } from '../schema/sample.ts';

/** What one warm-up request says of how warm the model is; null where it says nothing. */
export interface WarmUpReading {
  ttftMs: number | null;
  /** The server's time for each output token after the first; where there is none, the whole request's. */
  perTokenMs: number | null;
}

/** How many readings in a row have to agree. */
export const readingsThatAgree = 3;
/** How much slower than the last the two before it may be. Prefill varies more from prompt to prompt than decoding. */
const slower = { ttftMs: 0.25, perTokenMs: 0.1 } as const satisfies Record<keyof WarmUpReading, number>;

/**
 * Whether the last three readings agree that it gets no faster any more: neither of the two before the last is more than
 * 10 % slower in decoding, or 25 % in time to first token. A last one that is slower by chance says nothing against it:
 * held to both sides, 7 loads in 10 of a noisy machine (decoding with a CV of 11 %) would never be warm.
 */
export function hasSettled(readings: readonly WarmUpReading[]): boolean {
  if (readings.length < readingsThatAgree) return false;
  const [last, ...before] = readings.slice(-readingsThatAgree).reverse();
  return (['ttftMs', 'perTokenMs'] as const).every((key) =>
    before.every((it) => {
      const [then, now] = [it[key], last?.[key] ?? null];
      return then === null || now === null || then <= now * (1 + slower[key]);
    }),
  );
}

export function readWarmUp({ client, server }: Pick<Sample, 'client' | 'server'>): WarmUpReading {
  const { evalNs = null, evalCount = null } = server ?? {};
  const decoded = evalNs !== null && evalCount !== null && evalCount > 1;
  return {
    ttftMs: client?.ttftMs ?? null,
    perTokenMs: decoded ? evalNs / 1e6 / (evalCount - 1) : (client?.e2eMs ?? null),
  };
}
