import type { Plan, PlannedRequest } from '../schema/plan.ts';

export interface Timed {
  request: PlannedRequest;
  tookMs: number;
}

/**
 * Estimates what the rest of a plan takes: each request as long as those like it took (same variant and phase),
 * else as long as those of its phase, else as all. null before anything was timed.
 */
export function estimateRemainingMs(plan: Plan, done: readonly Timed[]): number | null {
  if (done.length === 0) return null;
  const means = new Map<string, { total: number; n: number }>();
  for (const { request, tookMs } of done) {
    for (const key of likenesses(request)) {
      const sum = means.get(key) ?? { total: 0, n: 0 };
      means.set(key, { total: sum.total + tookMs, n: sum.n + 1 });
    }
  }
  return plan.requests.slice(done.length).reduce((total, request) => {
    const alike = likenesses(request)
      .map((key) => means.get(key))
      .find((sum) => sum !== undefined);
    return total + (alike === undefined ? 0 : alike.total / alike.n);
  }, 0);
}

function likenesses({ variant, phase }: PlannedRequest): string[] {
  return [`${variant}/${phase}`, phase, ''];
}

/** As a person would say it: `45 s`, `3 min`, `1 h 20 min`. */
export function formatTimeLeft(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
