/** One at a time, in the order of asking. */
export interface Turns {
  /** Waits for a turn and gives what ends it. Throws the signal's reason if it is aborted by then. */
  acquire(signal?: AbortSignal): Promise<() => void>;
  /** Does the work in a turn of its own. */
  take<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
}

export function createTurns(): Turns {
  let last: Promise<void> = Promise.resolve();

  const acquire: Turns['acquire'] = async (signal) => {
    const mine = Promise.withResolvers<void>();
    const before = last;
    last = mine.promise;
    await before;
    if (signal?.aborted) {
      mine.resolve();
      throw signal.reason;
    }
    return mine.resolve;
  };

  return {
    acquire,
    async take(work, signal) {
      const release = await acquire(signal);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
