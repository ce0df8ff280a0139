import { z } from 'zod';

/**
 * Text from elsewhere in documents, such as the name of a model: a machine or an artifact may state anything. It is made
 * fit to be shown when it is read, so that no reader has to think of it; documents stay as they are.
 */

// Format characters reorder or hide text (bidi overrides, tags, zero-width spaces). The two joiners stay: emoji
// and several scripts are written with them. Noncharacters are no text, and XML cannot write all of them.
const hidden = /(?![\u200c\u200d])[\p{Cf}\p{Noncharacter_Code_Point}]/gu;
const controls = /\p{Cc}/gu;

/** Well-formed text on one line without control, bidi or other hidden characters, of at most `maxCharacters` code points. */
export function toPlainLine(text: string, maxCharacters = 300): string {
  // A character may take two units, and hidden ones go: what is left of this is still longer than the cut.
  const read = text.length > maxCharacters * 16 ? text.slice(0, maxCharacters * 16) : text;
  return cutText(dropHidden(read).replace(/\s+/gu, ' ').trim(), maxCharacters);
}

/** At most `maxCharacters` code points, the last one an ellipsis where something was cut. */
export function cutText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const characters = Array.from(text.slice(0, maxCharacters * 2 + 2));
  if (characters.length <= maxCharacters) return text;
  return `${characters.slice(0, maxCharacters - 1).join('')}…`;
}

function dropHidden(text: string): string {
  return text.toWellFormed().replace(controls, ' ').replace(hidden, '');
}

/** A name or a label: one plain line, cut where it is longer than any real one. */
export const plainLine = z.string().overwrite((text) => toPlainLine(text));

/** What may quote something, and so keeps its spaces. */
export const plainText = (schema: z.ZodString) => schema.overwrite(dropHidden);
