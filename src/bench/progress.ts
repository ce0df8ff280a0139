import type { Log } from '../core/log.ts';
import { formatTimeLeft } from '../core/remaining-time.ts';
import type { PlannedRequest } from '../schema/plan.ts';

export interface Step {
  done: number;
  total: number;
  /** The request that was just done. */
  request: PlannedRequest;
  /** null until anything was measured that could tell. */
  remainingMs: number | null;
}

/** Who watches a run: a bar in a terminal, or plain lines in a log. */
export interface Progress {
  /** @param done what an earlier process had done already. */
  begin(total: number, done: number): void;
  step(step: Step): void;
  end(): void;
}

const betweenLinesMs = 10_000;

/** A line for each load of a model, and one every ten seconds: what a log can bear. */
export function progressLines(log: Log, clock: () => number): Progress {
  let lastLineMs = Number.NEGATIVE_INFINITY;
  return {
    begin: (total, done) =>
      log.info(`Measuring: ${total} requests${done === 0 ? '' : `, of which ${done} are done`}.`),
    step: ({ done, total, request, remainingMs }) => {
      const now = clock();
      if (request.phase !== 'load' && done < total && now - lastLineMs < betweenLinesMs) return;
      lastLineMs = now;
      const left =
        remainingMs === null || done === total ? '' : `, about ${formatTimeLeft(remainingMs)} left`;
      log.info(`${done}/${total} ${request.variant}, load ${request.block + 1}, ${request.phase}${left}`);
    },
    end: () => undefined,
  };
}
