/** A line of an answer with text and nothing else. */
export interface PlainChunk {
  text: string;
  thinking: string;
  /** Where the next line begins. */
  end: number;
}

const word = /"[ !#-[\]-\uffff]*"/.source;
/** Of /api/generate and of /api/chat: what comes before the text, and what comes after it. */
const forms = [
  ['"response":"', '","done":false}\n'],
  [String.raw`"message":\{"role":"assistant","content":"`, '"},"done":false}\n'],
].map(([key, tail]) => ({
  head: new RegExp(String.raw`\{"model":${word},"created_at":${word},${key}`, 'y'),
  tail: tail ?? '',
}));
const thinkingKey = '","thinking":"';

/**
 * Reads the line that begins at `start`, if it is one as Ollama writes all but the last of an answer: as its schema
 * would, in a tenth of the time and with little garbage. null for any other, which then has to be parsed as JSON.
 */
export function readPlainChunk(lines: string, start: number): PlainChunk | null {
  for (const { head, tail } of forms) {
    head.lastIndex = start;
    if (!head.test(lines)) continue;
    const textStart = head.lastIndex;
    const textEnd = findStringEnd(lines, textStart);
    const text = readString(lines, textStart, textEnd);
    if (text === null) return null;
    if (lines.startsWith(tail, textEnd)) return { text, thinking: '', end: textEnd + tail.length };
    if (!lines.startsWith(thinkingKey, textEnd)) return null;
    const thinkingStart = textEnd + thinkingKey.length;
    const thinkingEnd = findStringEnd(lines, thinkingStart);
    const thinking = readString(lines, thinkingStart, thinkingEnd);
    if (thinking === null || !lines.startsWith(tail, thinkingEnd)) return null;
    return { text, thinking, end: thinkingEnd + tail.length };
  }
  return null;
}

const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;

/** Where the quote is that ends a string; the end of the line where there is none. */
function findStringEnd(lines: string, start: number): number {
  for (let at = start; ; at++) {
    const code = lines.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote || !(code >= space)) return at;
  }
}

/** null where an escape in it is none. */
function readString(lines: string, start: number, end: number): string | null {
  const raw = lines.slice(start, end);
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`);
  } catch {
    return null;
  }
}
