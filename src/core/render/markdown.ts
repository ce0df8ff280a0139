import type { List, ListItem, Paragraph, PhrasingContent, RootContent, Table, TableRow } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { breakCommands, escapeHtml, toPlainLine, toUntrustedText } from './untrusted-text.ts';

/** A string is text and taken as untrusted, whoever wrote it; so there is nothing to forget. */
export type Phrase = string | PhrasingContent | readonly Phrase[];

/** An identifier. In code GitHub links nothing, so it can be copied as it is. */
export function code(text: string, maxCharacters = 120): PhrasingContent {
  return { type: 'inlineCode', value: breakCommands(toPlainLine(text, maxCharacters)) };
}

export function heading(depth: 2 | 3, ...phrases: Phrase[]): RootContent {
  return { type: 'heading', depth, children: toPhrasing(phrases) };
}

export function paragraph(...phrases: Phrase[]): Paragraph {
  return { type: 'paragraph', children: toPhrasing(phrases) };
}

export function list(items: readonly Phrase[]): List {
  const children = items.map((item): ListItem => ({ type: 'listItem', children: [paragraph(item)] }));
  return { type: 'list', ordered: false, spread: false, children };
}

/** The first column to the left; those after it to the right, as they are numbers unless it is said otherwise. */
export function table(
  head: readonly Phrase[],
  rows: readonly (readonly Phrase[])[],
  others: 'left' | 'right' = 'right',
): Table {
  const toRow = (cells: readonly Phrase[]): TableRow => ({
    type: 'tableRow',
    children: cells.map((cell) => ({ type: 'tableCell', children: toPhrasing([cell]) })),
  });
  return {
    type: 'table',
    align: head.map((_, column) => (column === 0 ? 'left' : others)),
    children: [head, ...rows].map(toRow),
  };
}

/** A block that is folded until somebody opens it. The summary is HTML, so it takes text alone. */
export function details(summary: string, children: readonly RootContent[]): RootContent[] {
  const title = escapeHtml(toUntrustedText(summary));
  return [
    { type: 'html', value: `<details>\n<summary>${title}</summary>` },
    ...children,
    { type: 'html', value: '</details>' },
  ];
}

/** GitHub-flavoured Markdown with everything escaped that is not a node of the tree. */
export function renderMarkdown(children: readonly RootContent[]): string {
  return toMarkdown(
    { type: 'root', children: [...children] },
    {
      bullet: '-',
      extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
      // Strikethrough, and the $math$ that GitHub renders: neither is in CommonMark, so neither would be escaped.
      unsafe: [
        { character: '~', inConstruct: 'phrasing' },
        { character: '$', inConstruct: 'phrasing' },
      ],
    },
  );
}

function toPhrasing(phrases: readonly Phrase[]): PhrasingContent[] {
  return phrases.flatMap((phrase): PhrasingContent[] => {
    if (typeof phrase === 'string') return phrase === '' ? [] : [{ type: 'text', value: keepEdges(phrase) }];
    return isNode(phrase) ? [phrase] : toPhrasing(phrase);
  });
}

function isNode(phrase: PhrasingContent | readonly Phrase[]): phrase is PhrasingContent {
  return 'type' in phrase;
}

/** Plain lines are trimmed, but a phrase may stand between two others. */
function keepEdges(text: string): string {
  const line = toUntrustedText(text);
  return line === '' ? ' ' : `${/^\s/.test(text) ? ' ' : ''}${line}${/\s$/.test(text) ? ' ' : ''}`;
}
