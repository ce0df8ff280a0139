import { setTimeout as delay } from 'node:timers/promises';
import type { LoadShape, PlannedRequest } from '../schema/plan.ts';

export interface Arrivals {
  loadShape: LoadShape;
  /** In the order in which they are to be sent. */
  requests: readonly PlannedRequest[];
  /** Sends one request and waits for its reply. `dueMs`: when an open loop meant to, on the clock. */
  send(request: PlannedRequest, dueMs: number | null): Promise<void>;
  /** Asked before each request is sent; once it says no, what is under way is waited for, and nothing more is sent. */
  mayGoOn(request: PlannedRequest): boolean;
  clock(): number;
  signal: AbortSignal;
}

/** Sends requests as their load shape has it, and returns when all that were sent are answered. */
export function sendRequests(arrivals: Arrivals): Promise<void> {
  return arrivals.loadShape.kind === 'closed'
    ? sendInTurn(arrivals, arrivals.loadShape.concurrency)
    : sendWhenDue(arrivals);
}

/** A closed loop: each of `concurrency` clients sends its next request when it has the reply to the last. */
async function sendInTurn({ requests, send, mayGoOn }: Arrivals, concurrency: number): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    for (;;) {
      const request = requests[next];
      if (request === undefined || !mayGoOn(request)) return;
      next++;
      await send(request, null);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, client));
}

/** An open loop: each request goes out when it is due, whether or not those before it are answered. */
async function sendWhenDue({ requests, send, mayGoOn, clock, signal }: Arrivals): Promise<void> {
  // Of a shape that a killed run had begun, the first that is left is due now.
  const beganMs = clock() - (requests[0]?.scheduledMs ?? 0);
  const underWay: Promise<void>[] = [];
  for (const request of requests) {
    const dueMs = beganMs + (request.scheduledMs ?? 0);
    // A timer counts whole milliseconds, and may fire one early. How late a request went out, its sample says.
    for (let waitMs = dueMs - clock(); waitMs > 0 && !signal.aborted; waitMs = dueMs - clock()) {
      await delay(waitMs, undefined, { signal }).catch(ignoreAbort);
    }
    if (signal.aborted || !mayGoOn(request)) break;
    underWay.push(send(request, dueMs));
  }
  await Promise.all(underWay);
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
