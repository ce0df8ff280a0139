import type { Check } from '../../schema/check.ts';

type EqualsCheck = Extract<Check, { type: 'equals' }>;

const quotationMarks = new Set('"\'`“”„‘’‚«»');
const closingMarks = new Set([...quotationMarks, '.', '!']);

/** Whether an answer is the wanted text, white space around either and the composition of characters aside. */
export function equalsText({ value, ignoreCase, ignorePunctuation }: EqualsCheck, answer: string): boolean {
  const fold = (text: string) => {
    const trimmed = text.normalize('NFC').trim();
    const bare = ignorePunctuation ? stripMarks(trimmed) : trimmed;
    return ignoreCase ? bare.toLowerCase() : bare;
  };
  return fold(answer) === fold(value);
}

/** Without quotation marks around it and without final full stops and exclamation marks, inside the quotes or outside. */
function stripMarks(text: string): string {
  // Not a pattern: one with both ends is quadratic in a long run of marks.
  let start = 0;
  let end = text.length;
  while (start < end && quotationMarks.has(text.charAt(start))) start++;
  while (end > start && closingMarks.has(text.charAt(end - 1))) end--;
  return text.slice(start, end).trim();
}
