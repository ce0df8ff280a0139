import { type Asked, OllamaError, type OllamaErrorCode } from './errors.ts';

/** What a client waits for, and how long, in milliseconds. */
export interface ClientDeadlines {
  /** A model's load, from asking to the reply; and a silence within a pull, where big files are being verified. */
  loadMs: number;
  /** From asking to the first byte of an answer: queue, load and prefill all come before it. */
  firstTokenMs: number;
  /** A silence within a reply, and the wait for one that needs no model. */
  stallMs: number;
  /** A whole answer. */
  totalMs: number;
}

export interface Deadline {
  ms: number;
  code: Extract<OllamaErrorCode, `${string}-deadline`>;
}

/** The deadlines of one request. */
export interface RequestDeadlines {
  firstByte: Deadline;
  stall: Deadline;
  total?: Deadline;
}

export interface DeadlineWatch {
  /** Something arrived: the first byte is no longer waited for, and the silence begins anew. */
  onBytes(): void;
  stop(): void;
}

/** Longer timers than this fire at once in Node. */
const maxTimerMs = 2 ** 31 - 1;

/** Calls `expire` once, with the deadline that passed first, unless it is stopped before. */
export function watchDeadlines(
  { firstByte, stall, total }: RequestDeadlines,
  expire: (deadline: Deadline) => void,
): DeadlineWatch {
  const start = (deadline: Deadline) => setTimeout(() => expire(deadline), Math.min(deadline.ms, maxTimerMs));
  let silence: NodeJS.Timeout | null = null;
  const first = start(firstByte);
  const whole = total && start(total);
  return {
    onBytes() {
      clearTimeout(first);
      silence = silence?.refresh() ?? start(stall);
    },
    stop() {
      for (const timer of [first, silence, whole]) clearTimeout(timer ?? undefined);
    },
  };
}

/** What a passed deadline means, and which setting is the one to raise. */
export function explainDeadline({ ms, code }: Deadline, { baseUrl, model }: Asked): OllamaError {
  const limit = `${ms / 1000} s`;
  const who = model ?? baseUrl;
  const sentences: Record<Deadline['code'], string> = {
    'load-deadline': `${who} was not ready after ${limit} without a word from the server. Raise deadlines.load, or take a smaller model.`,
    'first-token-deadline': `${who} gave no answer within ${limit}. See whether the server is busy with something else, or raise deadlines.firstToken.`,
    'stall-deadline': `${baseUrl} has been silent for ${limit}. See its log, or raise deadlines.stall.`,
    'total-deadline': `${who} had not finished after ${limit}. Lower num_predict, or raise deadlines.total.`,
    'unload-deadline': `${who} was still in memory ${limit} after it was unloaded. See whether somebody else is using it.`,
  };
  return new OllamaError(code, sentences[code]);
}
