import type { Plan, PlannedRequest } from '../schema/plan.ts';

export interface Timed {
  request: PlannedRequest;
  tookMs: number;
}

/**
 * Estimates what the rest of a plan takes: each request as long as those like it took (same variant and phase), else
 * as long as those of its phase, else as all that were answered: a load tells nothing of an answer. null while there
 * is a request that nothing can tell of.
 */
export function estimateRemainingMs(plan: Plan, done: readonly Timed[]): number | null {
  const sums = new Map<string, { totalMs: number; n: number }>();
  for (const { request, tookMs } of done) {
    for (const key of likenesses(request)) {
      const { totalMs, n } = sums.get(key) ?? { totalMs: 0, n: 0 };
      sums.set(key, { totalMs: totalMs + tookMs, n: n + 1 });
    }
  }
  let remainingMs = 0;
  for (const request of plan.requests.slice(done.length)) {
    const alike = likenesses(request).find((key) => sums.has(key));
    const sum = alike === undefined ? undefined : sums.get(alike);
    if (sum === undefined) return null;
    remainingMs += sum.totalMs / sum.n;
  }
  return remainingMs;
}

function likenesses({ variant, phase }: PlannedRequest): string[] {
  return [`${variant}/${phase}`, phase, ...(phase === 'load' ? [] : ['answer'])];
}

/** As a person would say it: `45 s`, `3 min`, `1 h 20 min`. */
export function formatTimeLeft(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
