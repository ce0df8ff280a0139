import { toPlainLine } from '../core/render/untrusted-text.ts';

/** What can go wrong between us and a server. Programs branch on it; people read the message. */
export type OllamaErrorCode =
  | 'bad-host'
  | 'unreachable'
  | 'not-ollama'
  | 'forbidden-host'
  | 'model-missing'
  | 'model-moved'
  | 'pull-failed'
  | 'bad-request'
  | 'unsupported'
  | 'prompt-too-long'
  | 'busy'
  | 'out-of-memory'
  | 'runner-died'
  | 'server-error'
  | 'stream-cut'
  | 'bad-reply'
  | 'load-deadline'
  | 'first-token-deadline'
  | 'stall-deadline'
  | 'total-deadline'
  | 'unload-deadline'
  | 'cancelled';

/** Whatever the client throws for a server's or a network's fault: what happened, and what to do about it. */
export class OllamaError extends Error {
  override readonly name = 'OllamaError';
  readonly code: OllamaErrorCode;
  /** HTTP status of the reply; null where there was none. An error line in the middle of a stream comes under 200. */
  readonly status: number | null;

  constructor(
    code: OllamaErrorCode,
    message: string,
    { status = null, cause }: { status?: number | null; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
  }
}

/** Whom a request went to and which model it named: what a sentence about its failure needs. */
export interface Asked {
  baseUrl: string;
  /** null where the request names none. */
  model: string | null;
}

/** A reply that ended before it was complete. Part of an answer is never a sample. */
export function streamCut({ baseUrl }: Asked, status: number | null, cause?: unknown): OllamaError {
  return new OllamaError(
    'stream-cut',
    `${baseUrl} ended its reply before it was complete: see the server’s log for a crash or a restart.`,
    { status, cause },
  );
}

/** A reply that no Ollama sends: a proxy's page, another program's port. */
export function notOllama(
  { baseUrl }: Asked,
  what: string,
  detail: { status?: number; cause?: unknown },
): OllamaError {
  return new OllamaError(
    'not-ollama',
    `${baseUrl} answered with ${what}: another program or a proxy is there. Point host at Ollama itself.`,
    detail,
  );
}

/** A reply of Ollama's kind that lacks what it must have. */
export function badReply({ baseUrl }: Asked, what: string, cause?: unknown): OllamaError {
  return new OllamaError(
    'bad-reply',
    `${baseUrl} sent a reply that cannot be read: ${what}. Check that its version of Ollama is a supported one.`,
    { status: 200, cause },
  );
}

/** No connection, or one that nobody answered on. */
export function unreachable({ baseUrl }: Asked, cause: Error): OllamaError {
  const reason = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
  return new OllamaError(
    'unreachable',
    `${baseUrl} cannot be reached (${toPlainLine(reason)}): start it with \`ollama serve\`, or point host or OLLAMA_HOST at it.`,
    { cause },
  );
}

/** Given up by us: aborted, or the client was closed. */
export function cancelled(cause: unknown): OllamaError {
  return new OllamaError('cancelled', 'The request was cancelled before its reply was complete.', { cause });
}
