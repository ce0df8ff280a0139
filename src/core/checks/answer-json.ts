export type FoundJson =
  | { form: 'bare' | 'fenced'; value: unknown }
  /** `problem` is the parser's own complaint, which quotes the answer: untrusted. */
  | { form: 'none'; problem: string };

/**
 * Finds the JSON that an answer is. Bare: the whole answer parses. Fenced: the whole answer is one fence of three or
 * more backticks, with a language or without, and what is in it parses. Prose beside either means that there is no
 * JSON: a program that reads the answer would have to guess where it begins.
 */
export function findJson(answer: string): FoundJson {
  const bare = parseJson(answer);
  if ('value' in bare) return { form: 'bare', value: bare.value };
  const trimmed = answer.trim();
  const inside = unwrapFence(trimmed);
  if (inside === null) {
    const problem = trimmed.includes('```')
      ? 'its code fence is not closed, or does not stand alone'
      : bare.problem;
    return { form: 'none', problem };
  }
  const fenced = parseJson(inside);
  return 'value' in fenced ? { form: 'fenced', value: fenced.value } : { form: 'none', ...fenced };
}

/** What is between the fences of a text that is a fence, or null. A second fence inside cannot parse as JSON. */
function unwrapFence(text: string): string | null {
  const [opening, backticks] = /^(`{3,})[ \t]*[\w+.-]*[ \t]*\r?\n/.exec(text) ?? [];
  if (opening === undefined || backticks === undefined) return null;
  const body = text.slice(opening.length);
  return body.endsWith(backticks) ? body.slice(0, body.length - backticks.length) : null;
}

function parseJson(text: string): { value: unknown } | { problem: string } {
  if (text.trim() === '') return { problem: 'there is no text' };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    // A SyntaxError, which says where the text stops being JSON.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
