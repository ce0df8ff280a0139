import type { Trouble } from '../core/render/verdict-trouble.ts';
import { bullets } from './fold.ts';
import { type Content, html } from './html.ts';

/** What has to be read with the figures, each with what it is said of. */
export function troubleList(troubles: readonly Trouble[]): Content {
  return bullets(
    troubles.map(({ title, text, names }) => {
      const of = names.map((name, at) => [at > 0 && ', ', html`<code>${name}</code>`]);
      return html`<strong>${title}</strong> ${names.length > 0 && [of, ': ']}${text}`;
    }),
  );
}
