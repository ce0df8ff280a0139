import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { code, details, list, paragraph, renderMarkdown, table } from '../../src/core/render/markdown.ts';
import { cutText, escapeHtml, toPlainLine, toUntrustedText } from '../../src/core/render/untrusted-text.ts';

const zwsp = '\u200b';

const plainLines: [text: string, line: string][] = [
  ['plain', 'plain'],
  ['  a\r\n\t b\u2028c\u2029d\u00a0e  ', 'a b c d e'],
  ['a\u0000b\u001b[31mc\u007fd\u009be', 'a b [31mc d e'],
  ['\u202egnp.exe\u202c', 'gnp.exe'],
  ['\u2066a\u2069\u200e\u200f\u061cb', 'ab'],
  ['zero\u200bwidth\ufeff\u2060\u00ad', 'zerowidth'],
  ['tag\u{e0041}\u{e007f}', 'tag'],
  ['\ufff9a\ufffa', 'a'],
  ['👩‍👩‍👧 می‌خواهم', '👩‍👩‍👧 می‌خواهم'],
  ['half \ud83d pair', 'half \ufffd pair'],
  ['', ''],
];

test.each(plainLines)('%j is the line %j', (text, line) => {
  expect(toPlainLine(text)).toBe(line);
});

const cuts: [text: string, most: number, cut: string][] = [
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['🙂🙂🙂', 3, '🙂🙂🙂'],
  ['🙂🙂🙂🙂', 3, '🙂🙂…'],
  ['a🙂', 1, '…'],
  ['', 3, ''],
];

test.each(cuts)('%j cut at %i is %j', (text, most, cut) => {
  expect(cutText(text, most)).toBe(cut);
});

test('a line of a huge text is cut without reading all of it, hidden characters apart', () => {
  expect(toPlainLine('x'.repeat(10_000_000), 5)).toBe('xxxx…');
  expect(toPlainLine(`${'\u200b'.repeat(10)}abcdef`, 5)).toBe('abcd…');
});

const hostile: [text: string, broken: string][] = [
  ['@team', `@${zwsp}team`],
  ['ask @org/team, me@example.com', `ask @${zwsp}org/team, me@${zwsp}example.com`],
  ['a @ b', 'a @ b'],
  ['#1 and owner/repo#23', `#${zwsp}1 and owner/repo#${zwsp}23`],
  ['GH-7 gh-8', `GH-${zwsp}7 gh-${zwsp}8`],
  ['C# and # title', 'C# and # title'],
  ['https://a.example www.b.example', `https:${zwsp}//a.example www${zwsp}.b.example`],
  ['::error::boom', `:${zwsp}:error:${zwsp}:boom`],
  [':::', `:${zwsp}:${zwsp}:`],
  ['##[command]rm', `#${zwsp}#[command]rm`],
  ['a: b', 'a: b'],
];

test.each(hostile)('%j becomes %j', (text, broken) => {
  expect(toUntrustedText(text)).toBe(broken);
});

test('breaking comes after hidden characters are gone, so that they cannot hide a reference', () => {
  expect(toUntrustedText('@\u00adteam #\u20601 :\u200d:')).toBe(`@${zwsp}team #${zwsp}1 :\u200d:`);
});

test('HTML is escaped', () => {
  expect(escapeHtml(`<a href="x" title='y'>&amp;`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;',
  );
});

describe('in Markdown', () => {
  const rows: [text: string, markdown: string][] = [
    ['</details><img src=x onerror=alert(1)>', '\\</details>\\<img src=x onerror=alert(1)>'],
    ['<!-- hidden', '\\<!-- hidden'],
    ['1 < 2 && 3 > 2', '1 < 2 && 3 > 2'],
    ['&lt;b&gt; &amp;', '\\&lt;b\\&gt; \\&amp;'],
    ['![x](http://evil.example/p.png)', `!\\[x]\\(http:${zwsp}//evil.example/p.png)`],
    ['[x](javascript:alert(1))', '\\[x]\\(javascript:alert(1))'],
    ['[x]: http://evil.example', `\\[x]: http:${zwsp}//evil.example`],
    ['[^1]', '\\[^1]'],
    ['# title', '\\# title'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['> quote', '\\> quote'],
    ['**bold** _it_ ~~no~~ $x$', '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\$x\\$'],
    ['`code` ```` ```', '\\`code\\` \\`\\`\\`\\` \\`\\`\\`'],
    ['a\n\n---\nb', 'a --- b'],
    ['back\\slash \\<b>', 'back\\slash \\\\\\<b>'],
  ];

  test.each(rows)('%j is the paragraph %j', (text, markdown) => {
    expect(renderMarkdown([paragraph(text)])).toBe(`${markdown}\n`);
  });

  test('the fence of code is longer than any run of backticks in it', () => {
    expect(renderMarkdown([paragraph(code('a```b`c'))])).toBe('``a```b`c``\n');
    expect(renderMarkdown([paragraph(code('`'))])).toBe('`` ` ``\n');
  });

  test('a pipe does not end a cell, in text or in code', () => {
    expect(renderMarkdown([table(['a', 'b'], [['x | y', code('p | q\n| r')]])])).toBe(
      '| a | b |\n| :- | -: |\n| x \\| y | `p \\| q \\| r` |\n',
    );
  });

  test('the summary of a folded block cannot end it', () => {
    expect(renderMarkdown(details('</summary></details>@team <b>', [paragraph('x')]))).toBe(
      `<details>\n<summary>&lt;/summary&gt;&lt;/details&gt;@${zwsp}team &lt;b&gt;</summary>\n\nx\n\n</details>\n`,
    );
  });

  test('whatever the text, a parser finds one list of plain text and code again', () => {
    const texts = [...rows, ...hostile, ...plainLines].map(([text]) => text).filter((text) => text !== '');
    const tree = fromMarkdown(renderMarkdown([list(texts.map((text) => [code('id'), ' ', text]))]));
    const kinds = new Set<string>();
    const visit = (node: { type: string; children?: { type: string }[] }): void => {
      kinds.add(node.type);
      node.children?.forEach(visit);
    };
    visit(tree);
    expect([...kinds].sort()).toEqual(['inlineCode', 'list', 'listItem', 'paragraph', 'root', 'text']);
    expect(tree.children).toHaveLength(1);
  });
});
