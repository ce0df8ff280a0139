/** A line of a reply, and when its last byte arrived. */
export interface Line {
  text: string;
  atMs: number;
}

/** Lines that became whole with the same bytes, as one text with their newlines. */
export interface Batch {
  text: string;
  atMs: number;
}

/** Takes in a reply, wherever the network cut it. */
export interface LineReader {
  push(bytes: Buffer, atMs: number): void;
  /** Whether the reply is whole decides about a last line without a newline: it may lack that, but not its end. */
  end(isWhole: boolean): Batch[];
}

const newline = 0x0a;
const firstBytes = 64 * 1024;

/**
 * Keeps the lines for the end. What arrived is turned into text when more arrives, whose mark is set by then: reading
 * delays no mark. Text is decoded from newline to newline: a character that was cut in two stays one.
 */
export function collectBatches(): LineReader {
  const batches: Batch[] = [];
  // Used over and over: a list of pieces, or a buffer of the whole, costs more than all the rest.
  let pending = Buffer.allocUnsafe(0);
  let length = 0;
  let searched = 0;
  let arrivedMs = Number.NaN;

  const take = (end: number): void => {
    if (end === 0) return;
    batches.push({ text: pending.toString('utf8', 0, end), atMs: arrivedMs });
    pending.copyWithin(0, end, length);
    length -= end;
  };
  const takeLines = (): void => {
    const last = pending.subarray(searched, length).lastIndexOf(newline);
    if (last >= 0) take(searched + last + 1);
    searched = length;
  };
  return {
    push(bytes, atMs) {
      if (atMs !== arrivedMs) takeLines();
      arrivedMs = atMs;
      if (length + bytes.length > pending.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(firstBytes, 2 * (length + bytes.length)));
        pending.copy(larger, 0, 0, length);
        pending = larger;
      }
      pending.set(bytes, length);
      length += bytes.length;
    },
    end(isWhole) {
      takeLines();
      if (isWhole) take(length);
      return batches;
    },
  };
}

/** Passes each line on as soon as it is whole, and keeps none. Empty lines are left out. */
export function passLines(onLine: (line: Line) => void): LineReader {
  const utf8 = new TextDecoder();
  let pending: Buffer[] = [];
  let lastMs = 0;

  const pass = (atMs: number): void => {
    const text = utf8.decode(Buffer.concat(pending)).trim();
    pending = [];
    if (text !== '') onLine({ text, atMs });
  };

  return {
    push(bytes, atMs) {
      lastMs = atMs;
      let start = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
        pending.push(bytes.subarray(start, end));
        pass(atMs);
        start = end + 1;
      }
      if (start < bytes.length) pending.push(bytes.subarray(start));
    },
    end(isWhole) {
      if (isWhole) pass(lastMs);
      return [];
    },
  };
}
