import { diffWordsWithSpace } from 'diff';

export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Comparing costs (length × edits): two long texts that have little in common are not worth it, nor readable as a diff. */
const mostEdits = 600;

/** Word by word from one text to the next, spaces and line breaks included; null where they are too different. */
export function diffAnswers(before: string, now: string): DiffPart[] | null {
  if (before === now) return before === '' ? [] : [{ kind: 'same', text: now }];
  const parts = diffWordsWithSpace(before, now, { maxEditLength: mostEdits });
  return (
    parts?.map(({ added, removed, value }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    })) ?? null
  );
}
