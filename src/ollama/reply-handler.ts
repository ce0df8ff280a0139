import { type Dispatcher, errors } from 'undici';
import { type DeadlineWatch, explainDeadline, type RequestDeadlines, watchDeadlines } from './deadlines.ts';
import { type Asked, badReply, cancelled, notOllama, streamCut, unreachable } from './errors.ts';
import type { Reply } from './exchange.ts';
import { createLineDecoder, type Line } from './ndjson.ts';

/** No reply is as long as this, a day of pull progress included: whoever sends more will not stop. */
const maxReplyBytes = 256 * 1024 * 1024;

/**
 * Takes in one reply from undici. The clock is read first thing in every callback, before any byte is looked at, so
 * that our own work is never in a mark.
 */
export class ReplyHandler implements Dispatcher.DispatchHandler {
  /** Settles when the reply has ended, early or not, or has failed. */
  readonly reply: Promise<Reply>;
  readonly #asked: Asked;
  readonly #clock: () => number;
  readonly #onLine: ((line: Line) => void) | undefined;
  readonly #watch: DeadlineWatch;
  readonly #resolve: (reply: Reply) => void;
  readonly #reject: (error: unknown) => void;
  readonly #decoder = createLineDecoder();
  readonly #lines: Line[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #failure: Error | null = null;
  #status = 0;
  #sentMs: number | null = null;
  #headersMs: number | null = null;
  #firstByteMs: number | null = null;
  #bytes = 0;

  constructor(
    asked: Asked,
    clock: () => number,
    deadlines: RequestDeadlines,
    onLine: ((line: Line) => void) | undefined,
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    this.reply = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#asked = asked;
    this.#clock = clock;
    this.#onLine = onLine;
    this.#watch = watchDeadlines(deadlines, (deadline) => this.fail(explainDeadline(deadline, asked)));
  }

  /** Gives the reply up and closes its socket, which is how the server learns that nobody waits for it any more. */
  fail(error: Error): void {
    this.#watch.stop();
    this.#failure = error;
    this.#reject(error);
    this.#controller?.abort(error);
  }

  /**
   * undici calls this on an open socket and writes the request in the same breath, a few microseconds later. The
   * diagnostics channel `undici:client:sendHeaders` lies between the two, but cannot be told apart by request.
   */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#sentMs = this.#clock();
    this.#controller = controller;
    if (this.#failure) controller.abort(this.#failure);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.#headersMs = this.#clock();
    this.#status = status;
  }

  onResponseData(_: Dispatcher.DispatchController, bytes: Buffer): void {
    const atMs = this.#clock();
    this.#firstByteMs ??= atMs;
    this.#watch.onBytes();
    this.#bytes += bytes.length;
    if (this.#bytes > maxReplyBytes) this.fail(badReply(this.#asked, 'it does not end'));
    else this.#take(this.#decoder.push(bytes, atMs));
  }

  onResponseEnd(): void {
    this.#finish(null);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (error instanceof errors.ClientDestroyedError) this.fail(cancelled(error));
    else if (this.#headersMs !== null) this.#finish(error);
    else if (this.#sentMs === null) this.fail(unreachable(this.#asked, error));
    else if (error instanceof errors.HTTPParserError) {
      this.fail(notOllama(this.#asked, 'something that is not HTTP', { cause: error }));
    } else this.fail(streamCut(this.#asked, null, error));
  }

  #finish(cut: Error | null): void {
    this.#watch.stop();
    // A line that lost its end is not one; a last line may lack its newline.
    if (cut === null) this.#take(this.#decoder.end());
    this.#resolve({
      status: this.#status,
      sentMs: this.#sentMs ?? Number.NaN,
      headersMs: this.#headersMs ?? Number.NaN,
      firstByteMs: this.#firstByteMs,
      lines: this.#lines,
      cut,
    });
  }

  #take(lines: readonly Line[]): void {
    if (this.#status !== 200 || this.#onLine === undefined) this.#lines.push(...lines);
    else {
      try {
        for (const line of lines) this.#onLine(line);
      } catch (error) {
        // undici would report it as a broken connection.
        this.fail(error instanceof Error ? error : new Error('onLine threw', { cause: error }));
      }
    }
  }
}
