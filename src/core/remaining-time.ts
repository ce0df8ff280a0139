import type { PlannedRequest } from '../schema/plan.ts';
import { keyOfLoadShape } from './load-shape.ts';

/** Estimates what the rest of a plan takes, from what the requests before took. */
export interface RemainingTime {
  /** A request was done; `tookMs` is its share of the time, where several were under way. */
  add(request: PlannedRequest, tookMs: number): void;
  /** A request will not be sent. */
  drop(request: PlannedRequest): void;
  /**
   * Each request as long as those like it took (same variant, phase and load shape), else as long as those of its
   * phase, else as all that were answered: a load tells nothing of an answer. null while there is a request that
   * nothing can tell of.
   */
  estimateMs(): number | null;
}

interface Sum {
  totalMs: number;
  n: number;
}

/** @param requests those that are still to be done. */
export function startRemainingTime(requests: readonly PlannedRequest[]): RemainingTime {
  const sums = new Map<string, Sum>();
  const left = new Map<string, { likenesses: string[]; count: number }>();
  for (const request of requests) {
    const keys = likenessesOf(request);
    const kind = left.get(keys[0] ?? '') ?? { likenesses: keys, count: 0 };
    left.set(keys[0] ?? '', { ...kind, count: kind.count + 1 });
  }
  const drop = (request: PlannedRequest): void => {
    const kind = left.get(likenessesOf(request)[0] ?? '');
    if (kind !== undefined) kind.count--;
  };
  return {
    drop,
    add(request, tookMs) {
      drop(request);
      for (const key of likenessesOf(request)) {
        const { totalMs, n } = sums.get(key) ?? { totalMs: 0, n: 0 };
        sums.set(key, { totalMs: totalMs + tookMs, n: n + 1 });
      }
    },
    estimateMs() {
      let remainingMs = 0;
      for (const { likenesses, count } of left.values()) {
        if (count <= 0) continue;
        const sum = likenesses.map((key) => sums.get(key)).find((it) => it !== undefined);
        if (sum === undefined) return null;
        remainingMs += (count * sum.totalMs) / sum.n;
      }
      return remainingMs;
    },
  };
}

function likenessesOf({ variant, phase, loadShape }: PlannedRequest): string[] {
  const kind = `${phase}/${keyOfLoadShape(loadShape)}`;
  return [`${variant}/${kind}`, kind, ...(phase === 'load' ? [] : ['answer'])];
}

/** As a person would say it: `45 s`, `3 min`, `1 h 20 min`. */
export function formatTimeLeft(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
