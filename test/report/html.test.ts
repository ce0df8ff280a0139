import { expect, test } from 'vitest';
import { type Content, html } from '../../src/report/html.ts';

const values: [value: Content, markup: string][] = [
  ['plain', 'plain'],
  ['</p><script>alert(1)</script>', '&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;'],
  [`" onclick='x' &amp;`, '&quot; onclick=&#39;x&#39; &amp;amp;'],
  ['a\u202eb\u0000c\ud83d', 'a⟨U+202E⟩b⟨U+0000⟩c\ufffd'],
  ['two\r\nlines\tand a tab', 'two\nlines\tand a tab'],
  [0, '0'],
  [null, ''],
  [false, ''],
  [[], ''],
  [['<', [1, null, html`<b>${'&'}</b>`]], '&lt;1<b>&amp;</b>'],
];

test.each(values)('%j in a template is %j', (value, markup) => {
  expect(html`<p title="${value}">${value}</p>`.markup).toBe(`<p title="${markup}">${markup}</p>`);
});
