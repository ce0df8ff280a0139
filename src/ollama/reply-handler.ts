import type { Dispatcher } from 'undici';
import errors from 'undici/lib/core/errors.js';
import { type DeadlineWatch, explainDeadline, type RequestDeadlines, watchDeadlines } from './deadlines.ts';
import { type Asked, badReply, cancelled, notOllama, streamCut, unreachable } from './errors.ts';
import type { Reply } from './exchange.ts';
import type { Marks } from './marked-connection.ts';
import { collectBatches, type Line, type LineReader, passLines } from './ndjson.ts';

/** No reply is as long as this, a day of pull progress included: whoever sends more will not stop. */
const maxReplyBytes = 256 * 1024 * 1024;

/** Takes in one reply from undici. */
export class ReplyHandler implements Dispatcher.DispatchHandler {
  /** Settles when the reply has ended, early or not, or has failed. */
  readonly reply: Promise<Reply>;
  readonly #asked: Asked;
  readonly #marks: Pick<Marks, 'wroteMs' | 'arrivedMs'>;
  readonly #onLine: ((line: Line) => void) | undefined;
  readonly #watch: DeadlineWatch;
  readonly #resolve: (reply: Reply) => void;
  readonly #reject: (error: unknown) => void;
  #reader: LineReader = collectBatches();
  #controller: Dispatcher.DispatchController | null = null;
  #failure: Error | null = null;
  #status = 0;
  #starts = 0;
  #sentMs = Number.NaN;
  #headersMs: number | null = null;
  #firstByteMs: number | null = null;
  #lastByteMs = Number.NaN;
  #bytes = 0;

  constructor(
    asked: Asked,
    marks: Pick<Marks, 'wroteMs' | 'arrivedMs'>,
    deadlines: RequestDeadlines,
    onLine: ((line: Line) => void) | undefined,
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    this.reply = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#asked = asked;
    this.#marks = marks;
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

  /** undici has an open socket, and is about to write; again, if it has to write to another one. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#starts += 1;
    this.#controller = controller;
    if (this.#failure) controller.abort(this.#failure);
  }

  onRequestSent(): void {
    this.#sentMs = this.#marks.wroteMs;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.#headersMs = this.#marks.arrivedMs;
    this.#status = status;
    if (status === 200 && this.#onLine !== undefined) this.#reader = passLines(this.#onLine);
  }

  onResponseData(_: Dispatcher.DispatchController, bytes: Buffer): void {
    const atMs = this.#marks.arrivedMs;
    if (atMs !== this.#lastByteMs) this.#watch.onBytes();
    this.#firstByteMs ??= atMs;
    this.#lastByteMs = atMs;
    this.#bytes += bytes.length;
    if (this.#bytes > maxReplyBytes) {
      this.fail(badReply(this.#asked, 'it does not end'));
      return;
    }
    try {
      this.#reader.push(bytes, atMs);
    } catch (error) {
      this.#failInListener(error);
    }
  }

  onResponseEnd(): void {
    this.#finish(null);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (error instanceof errors.ClientDestroyedError) this.fail(cancelled(error));
    else if (this.#headersMs !== null) this.#finish(error);
    else if (this.#starts === 0) this.fail(unreachable(this.#asked, error));
    else if (error instanceof errors.HTTPParserError) {
      this.fail(notOllama(this.#asked, 'something that is not HTTP', { cause: error }));
    } else this.fail(streamCut(this.#asked, null, error));
  }

  #finish(cut: Error | null): void {
    this.#watch.stop();
    try {
      this.#resolve({
        status: this.#status,
        sentMs: this.#sentMs,
        retried: this.#starts > 1,
        headersMs: this.#headersMs ?? Number.NaN,
        firstByteMs: this.#firstByteMs,
        batches: this.#reader.end(cut === null),
        cut,
      });
    } catch (error) {
      this.#failInListener(error);
    }
  }

  /** undici would report what a listener for lines throws as a broken connection. */
  #failInListener(error: unknown): void {
    this.fail(error instanceof Error ? error : new Error('onLine threw', { cause: error }));
  }
}
