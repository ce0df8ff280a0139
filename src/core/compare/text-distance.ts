/** How often each pair of neighbouring words is in a text. */
export interface WordPairs {
  counts: ReadonlyMap<string, number>;
  total: number;
}

/** Words, single signs, and single characters of scripts that are written without spaces. */
const token = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;

/** A text as its word pairs, with its beginning and end as words of their own. Spacing does not count. */
export function countWordPairs(text: string): WordPairs {
  const words = text.match(token) ?? [];
  const counts = new Map<string, number>();
  let before = '';
  for (const word of [...words, '']) {
    const pair = `${before} ${word}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
    before = word;
  }
  return { counts, total: words.length + 1 };
}

/**
 * 1 − the Sørensen–Dice coefficient of word pairs (Dice, Ecology 26, 1945): 0 for the same words in the same order, 1
 * where no two words stand together in both. In time linear in the texts, unlike an edit distance.
 */
export function measureDistance(a: WordPairs, b: WordPairs): number {
  const [few, many] = a.counts.size <= b.counts.size ? [a, b] : [b, a];
  let common = 0;
  for (const [pair, count] of few.counts) common += Math.min(count, many.counts.get(pair) ?? 0);
  return 1 - (2 * common) / (a.total + b.total);
}
