/** How long a run may take, in rounds: one that would not end in time is not begun. */
export interface Budget {
  /** @param kind what rounds are alike, so that one tells how long the next takes. */
  mayBegin(kind: string): boolean;
  /** How long a round took. */
  note(kind: string, tookMs: number): void;
}

/** @param budgetMs null: as long as it takes. */
export function startBudget(budgetMs: number | null, startedMs: number, clock: () => number): Budget {
  const longestMs = new Map<string, number>();
  return {
    mayBegin(kind) {
      if (budgetMs === null) return true;
      const leftMs = budgetMs - (clock() - startedMs);
      return leftMs > 0 && (longestMs.get(kind) ?? 0) <= leftMs;
    },
    note(kind, tookMs) {
      longestMs.set(kind, Math.max(tookMs, longestMs.get(kind) ?? 0));
    },
  };
}
