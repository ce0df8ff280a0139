import { escapeHtml } from '../core/render/untrusted-text.ts';
import { revealHidden } from '../core/render/verdict-text.ts';

/** Markup. Made by `html` alone, so whatever is not this was not escaped yet. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand between tags, or between the quotes of an attribute. Nothing, null and false leave no trace. */
export type Content = string | number | null | false | Html | readonly Content[];

/**
 * Escapes every value that is not markup already, and makes visible what is hidden in it. Attributes have to be quoted:
 * then no value can end one.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.map((part, index) => part + write(values[index] ?? null)).join(''));
}

function write(content: Content): string {
  if (content === null || content === false) return '';
  if (content instanceof Html) return content.markup;
  if (typeof content === 'object') return content.map(write).join('');
  return escapeHtml(revealHidden(String(content)));
}
