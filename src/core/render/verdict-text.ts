import type { PhrasingContent } from 'mdast';
import { formatQuantity } from './format.ts';
import type { Phrase } from './markdown.ts';
import { breakCommands, breakReferences, toPlainLine, toUntrustedText } from './untrusted-text.ts';

/** Longer than a phrase: a sentence of the contract may have so many characters. */
const longestSentence = 2000;

/** A sentence of a verdict, whole. */
export function sentence(text: string): PhrasingContent {
  return { type: 'text', value: toUntrustedText(text, longestSentence) };
}

export function strong(text: string): PhrasingContent {
  return { type: 'strong', children: [{ type: 'text', value: toUntrustedText(text) }] };
}

/** The first so many, and how many others there are. */
export function capPhrases(phrases: readonly Phrase[], most: number): readonly Phrase[] {
  if (phrases.length <= most) return phrases;
  return [...phrases.slice(0, most), `and ${formatQuantity(phrases.length - most, 'other')}`];
}

/** The same in one line. */
export function joinPhrases(phrases: readonly Phrase[], most: number, separator = ', '): Phrase {
  return capPhrases(phrases, most).flatMap((phrase, index) => (index === 0 ? [phrase] : [separator, phrase]));
}

/**
 * Several lines of a model's with what cannot be seen made visible, so that two texts which differ look different:
 * control, bidi and other hidden characters become their code points, as ⟨U+200B⟩. Joiners stay, as emoji and several
 * scripts are written with them.
 */
export function revealHidden(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replace(/(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu, nameCodePoint);
}

/**
 * Lines for a block of code in a comment: indented as they are, each fit to be shown. Nobody is mentioned and nothing
 * linked; and none begins with a slash, as bots read commands such as /approve at the beginning of any line.
 */
export function toCodeLines(text: string, maxCharacters = 300): string[] {
  return text.split('\n').map((line) => {
    const indent = /^[ \t]*/.exec(line)?.[0].slice(0, maxCharacters) ?? '';
    const plain = toPlainLine(line, maxCharacters).replace(/^\//, '\u200b/');
    return plain === '' ? '' : `${indent}${breakReferences(breakCommands(plain))}`;
  });
}

function nameCodePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `⟨U+${hex}⟩`;
}
