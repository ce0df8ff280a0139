/** A JSON string with nothing in it that a parser could refuse. */
const string = String.raw`"([ !#-\[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-\[\]-\uffff]*)*)"`;
const skipped = string.replace('(', '(?:');
const plain = new RegExp(
  String.raw`\{"model":${skipped},"created_at":${skipped},(?:"response":${string}(?:,"thinking":${string})?|` +
    String.raw`"message":\{"role":"assistant","content":${string}(?:,"thinking":${string})?\}),"done":false\}\r?\n`,
  'y',
);

/** A line of an answer with text and nothing else. */
export interface PlainChunk {
  text: string;
  thinking: string;
  /** Where the next line begins. */
  end: number;
}

/**
 * Reads the line that begins at `start`, if it is one as Ollama writes all but the last of an answer: byte for byte
 * what its schema takes, in a tenth of the time. null for any other, which then has to be parsed as JSON.
 */
export function readPlainChunk(lines: string, start: number): PlainChunk | null {
  plain.lastIndex = start;
  const match = plain.exec(lines);
  if (match === null) return null;
  const [, response, thought, content, messageThought] = match;
  return {
    text: readEscapes(response ?? content ?? ''),
    thinking: readEscapes(thought ?? messageThought ?? ''),
    end: plain.lastIndex,
  };
}

function readEscapes(text: string): string {
  return text.includes('\\') ? JSON.parse(`"${text}"`) : text;
}
