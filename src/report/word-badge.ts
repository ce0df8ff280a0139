import { toneOf } from '../core/render/verdict-words.ts';
import type { TextWord, VerdictWord } from '../schema/verdict.ts';
import { type Content, type Html, html } from './html.ts';

/** One of the words, in a colour that only repeats it. */
export function wordBadge(word: VerdictWord | TextWord): Html {
  return html`<span class="badge ${toneOf(word)}">${word}</span>`;
}

/** The same with how much it is. */
export function sizedBadge(word: VerdictWord | TextWord, size: string | null): Content {
  return [wordBadge(word), size !== null && size !== '' && html` ${size}`];
}
