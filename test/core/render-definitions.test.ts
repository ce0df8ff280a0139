import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { flagDefinitions } from '../../src/core/flags.ts';
import { metricDefinitions } from '../../src/core/metrics.ts';
import { insertDefinitions, splitDefinition } from '../../src/core/render/definitions.ts';

const markers = '<!-- metrics -->\noutdated\n<!-- /metrics -->\n\nbetween\n\n<!-- flags --><!-- /flags -->\n';

test('the committed documentation has the tables as the code has them: npm run build writes them', async () => {
  const committed = await readFile(new URL('../../docs/methodology.md', import.meta.url), 'utf8');
  expect(insertDefinitions(committed)).toBe(committed);
});

test('what stands between the markers is replaced, and nothing else', () => {
  const document = insertDefinitions(`# Before\n\n${markers}after\n`);
  expect(document).toMatch(/^# Before\n\n<!-- metrics -->\n\n### Of a request\n/);
  expect(document).toMatch(/\n\n<!-- \/metrics -->\n\nbetween\n\n<!-- flags -->\n\n\| Flag \|/);
  expect(document).toMatch(/\|\n\n<!-- \/flags -->\nafter\n$/);
  expect(document).not.toContain('outdated');
  expect(insertDefinitions(document)).toBe(document);
});

test('every metric and every flag has its row', () => {
  const document = insertDefinitions(markers);
  for (const { name, unit } of Object.values(metricDefinitions)) {
    expect(document).toContain(`| ${name} | ${unit} |`);
  }
  for (const code of Object.keys(flagDefinitions)) expect(document).toContain(`| \`${code}\` |`);
});

test.each([
  '<!-- metrics --><!-- /metrics -->',
  '<!-- /metrics --><!-- metrics --> <!-- flags --><!-- /flags -->',
])('a document without its markers is refused: %s', (document) => {
  expect(() => insertDefinitions(document)).toThrow(/^The document has no <!-- \w+ --> … <!-- \/\w+ -->\.$/);
});

test.each([
  ['plain words', [['plain words', false]]],
  [
    '`cache: measure` is code',
    [
      ['cache: measure', true],
      [' is code', false],
    ],
  ],
  [
    'so is prompt_eval_duration.',
    [
      ['so is ', false],
      ['prompt_eval_duration', true],
      ['.', false],
    ],
  ],
  [
    'gen_ai.server.time_to_first_token, too',
    [
      ['gen_ai.server.time_to_first_token', true],
      [', too', false],
    ],
  ],
])('in %j code is told from words', (text, parts) => {
  expect(splitDefinition(text).map(({ text: part, isCode }) => [part, isCode])).toEqual(parts);
});
