import { toPlainLine } from '../render/untrusted-text.ts';

const longestReason = 500;
const longestQuote = 80;

/** A finding as the one-line sentence of a report. It may quote the answer, so it stays untrusted text. */
export function toReason(clause: string): string {
  const line = toPlainLine(clause, longestReason - 1);
  const sentence = line.charAt(0).toUpperCase() + line.slice(1);
  return /[.…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Text in quotation marks, on one line and cut: “The build is gr…”. */
export function quote(text: string): string {
  const line = toPlainLine(text, longestQuote);
  return line === '' ? 'an empty text' : `“${line}”`;
}

/** A JSON value in a few words, without walking into it: it may be huge or deep. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `an array of ${countOf(value.length, 'item')}`;
  if (typeof value !== 'object' || value === null) return String(value);
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${listOf(keys.map(quote))}`;
}

/** `1 item`, `3 items`. */
export function countOf(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`;
}

/** `a, b, c`, and how many more there are. */
export function listOf(items: readonly string[], most = 8): string {
  const more = items.length - most;
  const shown = items.slice(0, most).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
