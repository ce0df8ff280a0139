import type { Check } from '../../schema/check.ts';

export type LengthUnit = Extract<Check, { type: 'length' }>['unit'];

// One locale for every machine, or the same answer would be judged differently. Segmentation follows Unicode's
// UAX 29: "state-of-the-art" is four words, "don't" and "3.5" are one, and "Dr. Who" ends a sentence after "Dr.".
const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });
const sentenceSegmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** A list item of Markdown, or one with the • that models write, at any depth; not the rule `* * *`. */
const bullet = /^[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?=\S)(?!(?:[-*][ \t]*)+$)/gmu;

/** How long a text is; white space around it does not count, and characters are code points. */
export function measureLength(text: string, unit: LengthUnit): number {
  const trimmed = text.trim();
  switch (unit) {
    case 'characters':
      return Array.from(trimmed).length;
    case 'words':
      return count(wordSegmenter.segment(trimmed), ({ isWordLike }) => isWordLike === true);
    case 'sentences':
      // Without its marker, as the "1." of a list would be a sentence of its own.
      return count(sentenceSegmenter.segment(trimmed.replace(bullet, '')), ({ segment }) =>
        /[\p{L}\p{N}]/u.test(segment),
      );
    case 'bullets':
      return trimmed.match(bullet)?.length ?? 0;
  }
}

function count<T>(items: Iterable<T>, counts: (item: T) => boolean): number {
  let total = 0;
  for (const item of items) if (counts(item)) total++;
  return total;
}
