/** Turns what a model generates into text that may be sent: whole characters, and never a part of a stop string. */
export interface TextStream<Token> {
  /** Text that is ready after this token; `stopped` once a stop string is complete, which is not part of the text. */
  push(token: Token): { text: string; stopped: boolean };
  /** What was held back, for an answer that ends here. */
  flush(): string;
}

/** `detokenize` gives the text of tokens that follow others; bytes that are no character yet come as U+FFFD. */
export function createTextStream<Token>(
  detokenize: (tokens: Token[], before: Token[]) => string,
  stops: readonly string[],
  prompt: readonly Token[] = [],
): TextStream<Token> {
  // A token may hold a part of a character; what it means is clear once the rest has come.
  let before = prompt.slice(-contextTokens);
  let unclear: Token[] = [];
  let held = '';

  const decode = () => {
    const text = detokenize(unclear, before);
    before = [...before, ...unclear].slice(-contextTokens);
    unclear = [];
    return text;
  };

  return {
    push(token) {
      unclear.push(token);
      if (unclear.length < maxBytes && detokenize(unclear, before).endsWith('\uFFFD')) {
        return { text: '', stopped: false };
      }
      held += decode();
      const stopAt = findFirst(held, stops);
      if (stopAt !== -1) {
        const text = held.slice(0, stopAt);
        held = '';
        return { text, stopped: true };
      }
      const safe = held.length - longestOverlap(held, stops);
      const text = held.slice(0, safe);
      held = held.slice(safe);
      return { text, stopped: false };
    },
    flush: () => held + (unclear.length === 0 ? '' : decode()),
  };
}

/** How many tokens back a tokenizer looks to tell whether a space belongs before the next. */
const contextTokens = 4;
/** A character has at most four bytes: a token that is still unclear then is a broken one. */
const maxBytes = 4;

function findFirst(text: string, stops: readonly string[]): number {
  const found = stops.map((stop) => (stop === '' ? -1 : text.indexOf(stop))).filter((at) => at !== -1);
  return found.length === 0 ? -1 : Math.min(...found);
}

/** The length of the longest end of the text that a stop string begins with. */
function longestOverlap(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(text.length, stop.length - 1); length > longest; length--) {
      if (stop.startsWith(text.slice(-length))) longest = length;
    }
  }
  return longest;
}
