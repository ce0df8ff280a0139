import { toPlainLine } from '../core/render/untrusted-text.ts';
import { unwrapErrorText } from './error-text.ts';
import { type Asked, OllamaError, streamCut } from './errors.ts';
import type { Line } from './ndjson.ts';
import { readJson } from './read-reply.ts';
import { type PullProgress, pullLine } from './replies.ts';

export interface PullReader {
  onLine(line: Line): void;
  /** @throws {OllamaError} `stream-cut` where the server never said `success`. */
  finish(cut: Error | null): void;
}

/** Reads a pull as it comes. It fails under status 200, with a line that says why. */
export function createPullReader(
  asked: Asked,
  onProgress: ((progress: PullProgress) => void) | undefined,
): PullReader {
  let lastStatus = '';
  return {
    onLine({ text }) {
      const progress = readJson(text, pullLine, asked, pullFailed);
      lastStatus = progress.status;
      onProgress?.(progress);
    },
    finish(cut) {
      if (lastStatus !== 'success') throw streamCut(asked, 200, cut);
    },
  };
}

function pullFailed(said: string, status: number, { baseUrl, model }: Asked): OllamaError {
  const reason = toPlainLine(unwrapErrorText(said));
  return new OllamaError(
    'pull-failed',
    `${baseUrl} could not pull ${model}: “${reason}”. Check the name, the network and the space on its disk.`,
    { status },
  );
}
