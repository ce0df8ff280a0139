import { type Content, type Html, html } from './html.ts';

/** A block that a reader opens, or that is open from the beginning. On paper all are. */
export function fold(title: Content, content: Content, isOpen = false): Html {
  const summary = html`<summary>${title}</summary><div class="folded">${content}</div>`;
  return isOpen ? html`<details open>${summary}</details>` : html`<details>${summary}</details>`;
}

/** A table in a box that scrolls by itself, so that the page never does. */
export function tableBox(
  label: string,
  head: readonly Content[],
  rows: readonly (readonly Content[])[],
): Html {
  return html`<div class="table-box" tabindex="0" role="group" aria-label="${label}"><table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...cells]) =>
      html`<tr><th scope="row">${first ?? ''}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
  )}</tbody>
</table></div>`;
}

/** Names and what they are. */
export function facts(items: readonly (readonly [name: Content, value: Content])[]): Html {
  return html`<dl class="facts">${items.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

export function bullets(items: readonly Content[]): Content {
  return items.length > 0 && html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
