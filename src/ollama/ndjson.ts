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
const firstBytes = 16 * 1024;

/**
 * Keeps the bytes and when they came, and reads nothing before the end, so that reading delays no arrival. Text is
 * decoded from newline to newline: a character that was cut in two stays one.
 */
export function collectBatches(): LineReader {
  // One buffer, twice as long when it is full: a list of the pieces would keep the collector busy while bytes come.
  let reply = Buffer.allocUnsafeSlow(firstBytes);
  const arrivals: { end: number; atMs: number }[] = [];
  let length = 0;
  return {
    push(bytes, atMs) {
      if (length + bytes.length > reply.length) reply = enlarge(reply, length + bytes.length);
      reply.set(bytes, length);
      length += bytes.length;
      const last = arrivals.at(-1);
      if (last?.atMs === atMs) last.end = length;
      else arrivals.push({ end: length, atMs });
    },
    end(isWhole) {
      const batches: Batch[] = [];
      let taken = 0;
      const take = (upTo: number, atMs: number): void => {
        if (upTo > taken) batches.push({ text: reply.toString('utf8', taken, upTo), atMs });
        taken = upTo;
      };
      let searched = 0;
      for (const { end, atMs } of arrivals) {
        // Only within what is new: a line of megabytes would else be searched again with each packet of it.
        const last = reply.subarray(searched, end).lastIndexOf(newline);
        if (last >= 0) take(searched + last + 1, atMs);
        searched = end;
      }
      if (isWhole) take(length, arrivals.at(-1)?.atMs ?? Number.NaN);
      return batches;
    },
  };
}

function enlarge(buffer: Buffer, needed: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(Math.max(2 * buffer.length, needed));
  buffer.copy(larger);
  return larger;
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
