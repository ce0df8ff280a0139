import type { Sample } from '../schema/sample.ts';

/** What one warm-up request says of how warm the model is; null where it says nothing. */
export interface WarmUpReading {
  ttftMs: number | null;
  /** The server's time for each output token after the first; where there is none, the whole request's. */
  perTokenMs: number | null;
}

/** How many readings in a row have to agree. */
export const readingsThatAgree = 3;
/** How far the largest of them may lie above the smallest. Prefill varies more from prompt to prompt than decoding. */
const widest = { ttftMs: 0.25, perTokenMs: 0.1 } as const satisfies Record<keyof WarmUpReading, number>;

/** Whether the last three readings agree: decoding within 10 %, time to first token within 25 %. */
export function hasSettled(readings: readonly WarmUpReading[]): boolean {
  const last = readings.slice(-readingsThatAgree);
  if (last.length < readingsThatAgree) return false;
  return (['ttftMs', 'perTokenMs'] as const).every((key) => {
    const values = last.map((it) => it[key]).filter((value) => value !== null);
    return values.length === 0 || Math.max(...values) <= Math.min(...values) * (1 + widest[key]);
  });
}

export function readWarmUp({ client, server }: Pick<Sample, 'client' | 'server'>): WarmUpReading {
  const { evalNs = null, evalCount = null } = server ?? {};
  const decoded = evalNs !== null && evalCount !== null && evalCount > 1;
  return {
    ttftMs: client?.ttftMs ?? null,
    perTokenMs: decoded ? evalNs / 1e6 / (evalCount - 1) : (client?.e2eMs ?? null),
  };
}
