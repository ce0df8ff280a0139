/** A line of a reply, and when its last byte arrived. */
export interface Line {
  text: string;
  atMs: number;
}

export interface LineDecoder {
  /** Takes what arrived and returns the lines that are complete with it. */
  push(bytes: Uint8Array, atMs: number): Line[];
  /** Returns the last line, if it lacks its newline. */
  end(): Line[];
}

const newline = 0x0a;

/**
 * Cuts a stream of bytes into lines, wherever the network cut it: text is decoded only once its line is whole, so a
 * character split between two packets stays one. Empty lines are left out.
 */
export function createLineDecoder(): LineDecoder {
  const utf8 = new TextDecoder();
  let pending: Uint8Array[] = [];
  let lastMs = 0;

  const take = (atMs: number): Line[] => {
    const text = utf8.decode(pending.length === 1 ? pending[0] : Buffer.concat(pending)).trim();
    pending = [];
    return text === '' ? [] : [{ text, atMs }];
  };

  return {
    push(bytes, atMs) {
      lastMs = atMs;
      const lines: Line[] = [];
      let start = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
        pending.push(bytes.subarray(start, end));
        lines.push(...take(atMs));
        start = end + 1;
      }
      if (start < bytes.length) pending.push(bytes.subarray(start));
      return lines;
    },
    end: () => take(lastMs),
  };
}
