import { diffArrays } from 'diff';
import { findJson } from './checks/answer-json.ts';

export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

export interface TextDiff {
  /** json: both texts are JSON; parts are lines of it, pretty-printed, with their keys in order. */
  by: 'words' | 'json';
  /** null where the texts are too different for a diff to be read. */
  parts: readonly DiffPart[] | null;
  /** Whether only the beginnings were compared. */
  isCut: boolean;
}

/** Comparing costs (length × edits): a text that does its worst takes milliseconds, and nobody reads such a diff. */
const mostEdits = 400;
export const mostDiffedCharacters = 20_000;
/** Deeper JSON is nobody's answer, and would exhaust the stack. */
const deepestJson = 100;
const words = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * What one text became: by the structure where both are JSON, bare or in a code fence, else word by word, spaces and
 * line breaks included. JSON that is the same but for order and spacing is compared word by word.
 */
export function diffTexts(base: string, head: string): TextDiff {
  const isCut = Math.max(base.length, head.length) > mostDiffedCharacters;
  const [before, now] = isCut ? [null, null] : [printJson(base), printJson(head)];
  if (before !== null && now !== null && before !== now) {
    return { by: 'json', parts: diffTokens(before.split(/(?<=\n)/), now.split(/(?<=\n)/)), isCut };
  }
  return { by: 'words', parts: diffWords(cut(base), cut(head)), isCut };
}

function diffWords(base: string, head: string): DiffPart[] | null {
  const parts = diffTokens(splitWords(base), splitWords(head));
  return parts && joinOverSpaces(parts);
}

function diffTokens(base: readonly string[], head: readonly string[]): DiffPart[] | null {
  if (countLeastEdits(base, head) > mostEdits) return null;
  const parts = diffArrays([...base], [...head], { maxEditLength: mostEdits });
  return (
    parts?.map(({ added, removed, value }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value.join(''),
    })) ?? null
  );
}

/** What one has more often than the other has to be edited, wherever it stands: texts on other things are told at once. */
function countLeastEdits(base: readonly string[], head: readonly string[]): number {
  const surplus = new Map<string, number>();
  for (const token of head) surplus.set(token, (surplus.get(token) ?? 0) + 1);
  for (const token of base) surplus.set(token, (surplus.get(token) ?? 0) - 1);
  return surplus.values().reduce((sum, count) => sum + Math.abs(count), 0);
}

function splitWords(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment);
}

/** Spaces that two changes have in common would tear them into single words: `a b` → `x y` is one change. */
function joinOverSpaces(parts: readonly DiffPart[]): DiffPart[] {
  const joined: DiffPart[] = [];
  let run = { removed: '', added: '' };
  const flush = () => {
    for (const kind of ['removed', 'added'] as const) {
      if (run[kind] !== '') joined.push({ kind, text: run[kind] });
    }
    run = { removed: '', added: '' };
  };
  parts.forEach(({ kind, text }, index) => {
    if (kind !== 'same') {
      run = { ...run, [kind]: run[kind] + text };
    } else if (
      run.removed !== '' &&
      run.added !== '' &&
      /^[^\S\n]+$/.test(text) &&
      index + 1 < parts.length
    ) {
      run = { removed: run.removed + text, added: run.added + text };
    } else {
      flush();
      joined.push({ kind, text });
    }
  });
  flush();
  return joined;
}

/** An object or a list, a value on each line; null where the text is something else. */
function printJson(text: string): string | null {
  const found = findJson(text);
  if (found.form === 'none' || typeof found.value !== 'object' || found.value === null) return null;
  if (!isShallow(found.value, deepestJson)) return null;
  return `${JSON.stringify(sortKeys(found.value), null, 2)}\n`;
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((it) => isShallow(it, levels - 1));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, it]) => [key, sortKeys(it)]));
}

/** Not through the middle of a character. */
function cut(text: string): string {
  return text.slice(0, mostDiffedCharacters).replace(/[\ud800-\udbff]$/, '');
}
