import { describe, expect, test } from 'vitest';
import { judgeAnswer, longestJudgedAnswer } from '../../src/core/checks/judge-answer.ts';
import { labelCheck } from '../../src/core/checks/label.ts';
import { type LengthUnit, measureLength } from '../../src/core/checks/text-length.ts';
import { type Check, checkResult } from '../../src/schema/check.ts';

type Row = [answer: string, check: Check, pass: boolean, reason: string, jsonForm?: string];

const fence = '```';

/** What else there is to judge has its own tests: checks-tool-calls, checks-embeddings. */
type TextCheckType = Exclude<Check['type'], 'tool-call' | 'embedding'>;

const rowsByType: Record<TextCheckType, Row[]> = {
  json: [
    ['{"a":1}', { type: 'json' }, true, 'The answer is bare JSON: an object with “a”.', 'bare'],
    ['  [1]\n', { type: 'json' }, true, 'The answer is bare JSON: an array of 1 item.', 'bare'],
    ['{}', { type: 'json' }, true, 'The answer is bare JSON: an empty object.', 'bare'],
    ['-4.2e1', { type: 'json' }, true, 'The answer is bare JSON: -42.', 'bare'],
    ['null', { type: 'json' }, true, 'The answer is bare JSON: null.', 'bare'],
    ['"日本"', { type: 'json' }, true, 'The answer is bare JSON: “日本”.', 'bare'],
    ['""', { type: 'json' }, true, 'The answer is bare JSON: an empty text.', 'bare'],
    [
      `${fence}json\n{"a":1}\n${fence}`,
      { type: 'json' },
      true,
      'The answer is JSON in a code fence: an object with “a”.',
      'fenced',
    ],
    [
      `\n ${fence}\n[]\n${fence} \n`,
      { type: 'json' },
      true,
      'The answer is JSON in a code fence: an array of 0 items.',
      'fenced',
    ],
    [
      `${fence}json\r\n{}\r\n${fence}`,
      { type: 'json' },
      true,
      'The answer is JSON in a code fence: an empty object.',
      'fenced',
    ],
    [
      `${fence}JSON5\n{}${fence}`,
      { type: 'json' },
      true,
      'The answer is JSON in a code fence: an empty object.',
      'fenced',
    ],
    ['````\n"```"\n````', { type: 'json' }, true, 'The answer is JSON in a code fence: “```”.', 'fenced'],
    ['', { type: 'json' }, false, 'The answer is not JSON: there is no text.', 'none'],
    [' \n', { type: 'json' }, false, 'The answer is not JSON: there is no text.', 'none'],
    [`${fence}\n${fence}`, { type: 'json' }, false, 'The answer is not JSON: there is no text.', 'none'],
    [
      'Sure! {"a":1}',
      { type: 'json' },
      false,
      `The answer is not JSON: Unexpected token 'S', "Sure! {"a":1}" is not valid JSON.`,
      'none',
    ],
    [
      '{"a":1}\nDone.',
      { type: 'json' },
      false,
      'The answer is not JSON: Unexpected non-whitespace character after JSON at position 8 (line 2 column 1).',
      'none',
    ],
    [
      '{"a":1,}',
      { type: 'json' },
      false,
      'The answer is not JSON: Expected double-quoted property name in JSON at position 7 (line 1 column 8).',
      'none',
    ],
    [
      '{"a":1',
      { type: 'json' },
      false,
      `The answer is not JSON: Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7).`,
      'none',
    ],
    [
      "{'a':1}",
      { type: 'json' },
      false,
      `The answer is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2).`,
      'none',
    ],
    ['NaN', { type: 'json' }, false, 'The answer is not JSON: "NaN" is not valid JSON.', 'none'],
    [
      '\u00a0{}',
      { type: 'json' },
      false,
      `The answer is not JSON: Unexpected token ' ', " {}" is not valid JSON.`,
      'none',
    ],
    [
      `Here:\n${fence}json\n{}\n${fence}`,
      { type: 'json' },
      false,
      'The answer is not JSON: its code fence is not closed, or does not stand alone.',
      'none',
    ],
    [
      `${fence}json\n{}\n${fence}\nDone.`,
      { type: 'json' },
      false,
      'The answer is not JSON: its code fence is not closed, or does not stand alone.',
      'none',
    ],
    [
      `${fence}json\n{}`,
      { type: 'json' },
      false,
      'The answer is not JSON: its code fence is not closed, or does not stand alone.',
      'none',
    ],
    [
      `${fence}\n{}\n${fence}\n${fence}\n{}\n${fence}`,
      { type: 'json' },
      false,
      'The answer is not JSON: Unexpected non-whitespace character after JSON at position 3 (line 2 column 1).',
      'none',
    ],
    [
      `${fence}{}${fence}`,
      { type: 'json' },
      false,
      'The answer is not JSON: its code fence is not closed, or does not stand alone.',
      'none',
    ],
    [
      '~~~\n{}\n~~~',
      { type: 'json' },
      false,
      `The answer is not JSON: Unexpected token '~', "~~~ {} ~~~" is not valid JSON.`,
      'none',
    ],
    [
      `${fence}json\n{"a":}\n${fence}`,
      { type: 'json' },
      false,
      `The answer is not JSON: Unexpected token '}', "{"a":} " is not valid JSON.`,
      'none',
    ],
    ['{}', { type: 'json', form: 'bare' }, true, 'The answer is bare JSON: an empty object.', 'bare'],
    [
      `${fence}\n{}\n${fence}`,
      { type: 'json', form: 'bare' },
      false,
      'The answer is JSON in a code fence: an empty object; wanted bare JSON.',
      'fenced',
    ],
    [
      '{}',
      { type: 'json', form: 'fenced' },
      false,
      'The answer is bare JSON: an empty object; wanted fenced JSON.',
      'bare',
    ],
    [
      `${fence}\n{}\n${fence}`,
      { type: 'json', form: 'fenced' },
      true,
      'The answer is JSON in a code fence: an empty object.',
      'fenced',
    ],
    [
      'no',
      { type: 'json', form: 'bare' },
      false,
      `The answer is not JSON: Unexpected token 'o', "no" is not valid JSON.`,
      'none',
    ],
    [
      '{}',
      { type: 'json', not: true },
      false,
      'The answer is bare JSON: an empty object; wanted anything but JSON.',
    ],
    [
      'hi',
      { type: 'json', not: true },
      true,
      `The answer is not JSON: Unexpected token 'h', "hi" is not valid JSON.`,
    ],
    [
      `${fence}\n{}\n${fence}`,
      { type: 'json', form: 'bare', not: true },
      true,
      'The answer is JSON in a code fence: an empty object.',
    ],
  ],
  keys: [
    [
      '{"name":1,"email":null}',
      { type: 'keys', keys: ['name', 'email'] },
      true,
      'The JSON has “name”, “email”.',
      'bare',
    ],
    [
      '{"name":1}',
      { type: 'keys', keys: ['name', 'email'] },
      false,
      'The JSON is an object with “name” and lacks “email”.',
      'bare',
    ],
    [
      '{"Name":1}',
      { type: 'keys', keys: ['name'] },
      false,
      'The JSON is an object with “Name” and lacks “name”.',
      'bare',
    ],
    [
      `${fence}\n{"name":1}\n${fence}`,
      { type: 'keys', keys: ['name'] },
      true,
      'The JSON has “name”.',
      'fenced',
    ],
    [
      '{}',
      { type: 'keys', keys: ['constructor'] },
      false,
      'The JSON is an empty object and lacks “constructor”.',
      'bare',
    ],
    ['{"__proto__":1}', { type: 'keys', keys: ['__proto__'] }, true, 'The JSON has “__proto__”.', 'bare'],
    [
      '[{"name":1}]',
      { type: 'keys', keys: ['name'] },
      false,
      'The JSON is an array of 1 item, not an object.',
      'bare',
    ],
    ['null', { type: 'keys', keys: ['name'] }, false, 'The JSON is null, not an object.', 'bare'],
    [
      'name',
      { type: 'keys', keys: ['name'] },
      false,
      `The answer is not JSON: Unexpected token 'a', "name" is not valid JSON.`,
      'none',
    ],
    [
      'name',
      { type: 'keys', keys: ['name'], not: true },
      false,
      `The answer is not JSON: Unexpected token 'a', "name" is not valid JSON.`,
      'none',
    ],
    [
      '{"key":1}',
      { type: 'keys', keys: ['key'], not: true },
      false,
      'The JSON has “key”; wanted the opposite.',
      'bare',
    ],
    [
      '{"a":1}',
      { type: 'keys', keys: ['key'], not: true },
      true,
      'The JSON is an object with “a” and lacks “key”.',
      'bare',
    ],
    [
      '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1}',
      { type: 'keys', keys: ['z'] },
      false,
      'The JSON is an object with “a”, “b”, “c”, “d”, “e”, “f”, “g”, “h” and 2 more and lacks “z”.',
      'bare',
    ],
  ],
  schema: [
    [
      '{"age":34}',
      { type: 'schema', schema: { required: ['age'], properties: { age: { const: 34 } } } },
      true,
      'The JSON satisfies the schema.',
      'bare',
    ],
    [
      '{"age":35}',
      { type: 'schema', schema: { required: ['age'], properties: { age: { const: 34 } } } },
      false,
      '/age is 35 and must be equal to constant (34).',
      'bare',
    ],
    [
      '{"age":"34"}',
      { type: 'schema', schema: { properties: { age: { type: 'number' } } } },
      false,
      '/age is “34” and must be number.',
      'bare',
    ],
    [
      '{}',
      { type: 'schema', schema: { type: 'object', required: ['age'] } },
      false,
      `The JSON is an empty object and must have required property 'age'.`,
      'bare',
    ],
    [
      '3',
      { type: 'schema', schema: { enum: [1, '2'] } },
      false,
      'The JSON is 3 and must be equal to one of the allowed values ([1,"2"]).',
      'bare',
    ],
    [
      '{"b":1}',
      { type: 'schema', schema: { properties: { a: {} }, additionalProperties: false } },
      false,
      'The JSON is an object with “b” and must NOT have additional properties ("b").',
      'bare',
    ],
    [
      '[1,2]',
      { type: 'schema', schema: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
      false,
      'The JSON is an array of 2 items and must match a schema in anyOf.',
      'bare',
    ],
    [
      '"x"',
      { type: 'schema', schema: { type: 'string', format: 'email' } },
      false,
      'The JSON is “x” and must match format "email".',
      'bare',
    ],
    [
      '["red","red"]',
      { type: 'schema', schema: { type: 'array', uniqueItems: true } },
      false,
      'The JSON is an array of 2 items and must NOT have duplicate items (items ## 0 and 1 are identical).',
      'bare',
    ],
    [
      '[1,"x"]',
      { type: 'schema', schema: { prefixItems: [{ type: 'number' }, { type: 'number' }] } },
      false,
      '/1 is “x” and must be number.',
      'bare',
    ],
    [
      '{"a/b":{"c":1}}',
      { type: 'schema', schema: { properties: { 'a/b': { properties: { c: { type: 'string' } } } } } },
      false,
      '/a~1b/c is 1 and must be string.',
      'bare',
    ],
    [
      `${fence}\n[]\n${fence}`,
      { type: 'schema', schema: { type: 'array' } },
      true,
      'The JSON satisfies the schema.',
      'fenced',
    ],
    [
      'prose',
      { type: 'schema', schema: { type: 'array' } },
      false,
      `The answer is not JSON: Unexpected token 'p', "prose" is not valid JSON.`,
      'none',
    ],
    [
      'prose',
      { type: 'schema', schema: { type: 'array' }, not: true },
      false,
      `The answer is not JSON: Unexpected token 'p', "prose" is not valid JSON.`,
      'none',
    ],
    [
      '[]',
      { type: 'schema', schema: { type: 'array' }, not: true },
      false,
      'The JSON satisfies the schema; wanted the opposite.',
      'bare',
    ],
    [
      '{}',
      { type: 'schema', schema: { type: 'array' }, not: true },
      true,
      'The JSON is an empty object and must be array.',
      'bare',
    ],
  ],
  length: [
    ['one two', { type: 'length', unit: 'words', min: 2, max: 2 }, true, 'The answer has 2 words.'],
    [
      'one two',
      { type: 'length', unit: 'words', min: 3, max: 3 },
      false,
      'The answer has 2 words; wanted exactly 3 words.',
    ],
    ['one', { type: 'length', unit: 'words', min: 1, max: 1 }, true, 'The answer has 1 word.'],
    [
      'one two',
      { type: 'length', unit: 'words', max: 1 },
      false,
      'The answer has 2 words; wanted at most 1 word.',
    ],
    [
      'one two',
      { type: 'length', unit: 'words', min: 0, max: 1 },
      false,
      'The answer has 2 words; wanted at most 1 word.',
    ],
    [
      'one two',
      { type: 'length', unit: 'words', min: 3, max: 9 },
      false,
      'The answer has 2 words; wanted 3 to 9 words.',
    ],
    [
      'one two',
      { type: 'length', unit: 'words', min: 1, max: 2, not: true },
      false,
      'The answer has 2 words; wanted anything but 1 to 2 words.',
    ],
    ['one', { type: 'length', unit: 'words', min: 2, not: true }, true, 'The answer has 1 word.'],
  ],
  facts: [
    [
      'The REPORT,\n  Kindly.',
      { type: 'facts', present: ['report', ['please', 'kindly']] },
      true,
      'The answer has “report”, “kindly”.',
    ],
    [
      'Ship it  on\tFriday',
      { type: 'facts', present: ['ship  it on friday'] },
      true,
      'The answer has “ship it on friday”.',
    ],
    ['an evaluation', { type: 'facts', present: ['evaluat'] }, true, 'The answer has “evaluat”.'],
    ['cafe\u0301', { type: 'facts', present: ['CAFÉ'] }, true, 'The answer has “CAFÉ”.'],
    [
      'ÅÄÖ straße',
      { type: 'facts', present: ['åäö', 'STRASSE'] },
      false,
      'The answer has “åäö”; lacks “STRASSE”.',
    ],
    [
      'report',
      { type: 'facts', present: ['report', ['please', 'kindly', 'would you']] },
      false,
      'The answer has “report”; lacks “please” (or 2 other wordings).',
    ],
    [
      'no',
      { type: 'facts', present: [['yes', 'sure'], 'ok'] },
      false,
      'The answer lacks “yes” (or 1 other wording), “ok”.',
    ],
    [
      'As an AI, ok',
      { type: 'facts', present: ['ok'], absent: ['as an ai', 'sorry'] },
      false,
      'The answer has “ok”; has the unwanted “as an ai”.',
    ],
    [
      'ok',
      { type: 'facts', present: ['ok'], absent: ['sorry'] },
      true,
      'The answer has “ok”; has nothing unwanted.',
    ],
    ['', { type: 'facts', absent: ['sorry'] }, true, 'The answer has nothing unwanted.'],
    ['sorry', { type: 'facts', absent: ['sorry'] }, false, 'The answer has the unwanted “sorry”.'],
    ['ok', { type: 'facts', present: ['ok'], not: true }, false, 'The answer has “ok”; wanted the opposite.'],
    ['no', { type: 'facts', present: ['ok'], not: true }, true, 'The answer lacks “ok”.'],
  ],
  regex: [
    ['It is 42.', { type: 'regex', pattern: '(^|\\D)42(\\D|$)' }, true, 'The pattern matches “42.”.'],
    ['142', { type: 'regex', pattern: '(^|\\D)42(\\D|$)' }, false, 'The pattern matches nowhere in “142”.'],
    ['YES', { type: 'regex', pattern: 'yes', flags: 'i' }, true, 'The pattern matches “YES”.'],
    ['YES', { type: 'regex', pattern: 'yes' }, false, 'The pattern matches nowhere in “YES”.'],
    ['a\n- b', { type: 'regex', pattern: '^- \\S', flags: 'm' }, true, 'The pattern matches “- b”.'],
    ['a\nb', { type: 'regex', pattern: 'a.b', flags: 's' }, true, 'The pattern matches “a b”.'],
    ['🙂', { type: 'regex', pattern: '^.$' }, true, 'The pattern matches “🙂”.'],
    ['', { type: 'regex', pattern: '^$' }, true, 'The pattern matches an empty text.'],
    ['', { type: 'regex', pattern: 'x' }, false, 'The pattern matches nowhere in an empty text.'],
    [
      'select * from t',
      { type: 'regex', pattern: 'select\\s+\\*', not: true },
      false,
      'The pattern matches “select *”; wanted the opposite.',
    ],
    [
      'select a from t',
      { type: 'regex', pattern: 'select\\s+\\*', not: true },
      true,
      'The pattern matches nowhere in “select a from t”.',
    ],
  ],
  equals: [
    [' positive\n', { type: 'equals', value: 'positive' }, true, 'The answer is “positive”.'],
    [
      'Positive',
      { type: 'equals', value: 'positive' },
      false,
      'The answer is “Positive”; wanted “positive”.',
    ],
    ['Positive', { type: 'equals', value: 'positive', ignoreCase: true }, true, 'The answer is “Positive”.'],
    [
      'positive.',
      { type: 'equals', value: 'positive' },
      false,
      'The answer is “positive.”; wanted “positive”.',
    ],
    [
      '"Positive."',
      { type: 'equals', value: 'positive', ignoreCase: true, ignorePunctuation: true },
      true,
      'The answer is “"Positive."”.',
    ],
    [
      '“positive”!',
      { type: 'equals', value: 'positive', ignorePunctuation: true },
      true,
      'The answer is ““positive”!”.',
    ],
    [
      "'positive'.",
      { type: 'equals', value: 'positive', ignorePunctuation: true },
      true,
      `The answer is “'positive'.”.`,
    ],
    [
      'positive?',
      { type: 'equals', value: 'positive', ignorePunctuation: true },
      false,
      'The answer is “positive?”; wanted “positive”.',
    ],
    [
      'The build is green',
      { type: 'equals', value: 'The build is green.', ignorePunctuation: true },
      true,
      'The answer is “The build is green”.',
    ],
    ['v1.2', { type: 'equals', value: 'v1.2', ignorePunctuation: true }, true, 'The answer is “v1.2”.'],
    [
      '...',
      { type: 'equals', value: 'positive', ignorePunctuation: true },
      false,
      'The answer is “...”; wanted “positive”.',
    ],
    ['cafe\u0301', { type: 'equals', value: 'café' }, true, 'The answer is “café”.'],
    ['', { type: 'equals', value: 'x' }, false, 'The answer is an empty text; wanted “x”.'],
    ['x', { type: 'equals', value: 'x', not: true }, false, 'The answer is “x”; wanted anything but “x”.'],
    ['y', { type: 'equals', value: 'x', not: true }, true, 'The answer is “y”.'],
  ],
};

describe.each(Object.entries(rowsByType))('a %s check', (type, rows) => {
  test.each(rows)('of %j by %j', (answer, check, pass, reason, jsonForm) => {
    const [result] = judgeAnswer([check], answer);
    expect(result).toEqual({
      type,
      label: labelCheck(check),
      pass,
      reason,
      ...(jsonForm ? { jsonForm } : {}),
    });
  });
});

const lengths: [text: string, unit: LengthUnit, length: number][] = [
  ['a\u0301b🙂', 'characters', 4],
  ['  abc\n', 'characters', 3],
  ['', 'characters', 0],
  ['👨‍👩‍👧', 'characters', 5],
  ["Don't pay 3.50, or 1,000!", 'words', 5],
  ['state-of-the-art', 'words', 4],
  ['今日は良い天気です。', 'words', 5],
  ['🙂 … — !', 'words', 0],
  ['snake_case kebab-case', 'words', 3],
  ['One. Two! Three?', 'sentences', 3],
  ['Version 2.4 is out.', 'sentences', 1],
  ['No full stop', 'sentences', 1],
  ['Wait... what?! Really.', 'sentences', 2],
  ['你好。再见。', 'sentences', 2],
  ['1. First.\n2. Second.', 'sentences', 2],
  ['- one\n- two', 'sentences', 2],
  ['...', 'sentences', 0],
  ['“It works.” She left.', 'sentences', 2],
  ['- a\n* b\n+ c\n• d\n1. e\n2) f', 'bullets', 6],
  ['- a\n  - nested\n\n\t* deep', 'bullets', 3],
  ['-a\n-\n*\n1.x\n– dash\n1 a', 'bullets', 0],
  ['---\n- - -\n* * *\n***', 'bullets', 0],
  ['a - b * c', 'bullets', 0],
  ['- **Speed**: fast\r\n- *Cost*: low\r\n', 'bullets', 2],
  ['- - x', 'bullets', 1],
  ['1234567890. x', 'bullets', 0],
];

test.each(lengths)('the length of %j in %s is %i', (text, unit, length) => {
  expect(measureLength(text, unit)).toBe(length);
});

const labels: [check: Check, label: string][] = [
  [{ type: 'json' }, 'JSON'],
  [{ type: 'json', form: 'any', not: true }, 'not: JSON'],
  [{ type: 'json', form: 'bare' }, 'bare JSON'],
  [{ type: 'json', form: 'fenced' }, 'fenced JSON'],
  [{ type: 'keys', keys: ['name', 'email'] }, 'JSON with name, email'],
  [{ type: 'schema', schema: {} }, 'JSON Schema'],
  [{ type: 'schema', schema: { title: 'A contact' } }, 'JSON Schema “A contact”'],
  [{ type: 'length', unit: 'bullets', min: 3, max: 3 }, 'exactly 3 bullets'],
  [{ type: 'length', unit: 'sentences', min: 1, max: 1 }, 'exactly 1 sentence'],
  [{ type: 'length', unit: 'words', max: 12 }, 'at most 12 words'],
  [{ type: 'length', unit: 'words', min: 4 }, 'at least 4 words'],
  [{ type: 'length', unit: 'words', min: 4, max: 40, not: true }, 'not: 4 to 40 words'],
  [{ type: 'facts', present: ['report', ['please', 'kindly']] }, 'has report, please'],
  [{ type: 'facts', present: ['ok'], absent: ['sorry', 'as an ai'] }, 'has ok; lacks sorry, as an ai'],
  [{ type: 'regex', pattern: '^a' }, 'matches ^a'],
  [{ type: 'equals', value: 'positive' }, 'is “positive”'],
  [{ type: 'equals', value: 'x', label: 'the letter', not: true }, 'the letter'],
  [{ type: 'regex', pattern: 'x'.repeat(200) }, `matches ${'x'.repeat(111)}…`],
  [{ type: 'tool-call', name: 'get_weather' }, 'calls get_weather'],
  [{ type: 'tool-call', name: 'get_weather', arguments: {} }, 'calls get_weather with the right arguments'],
  [{ type: 'tool-call', not: true }, 'not: calls a tool'],
  [{ type: 'embedding' }, 'vectors'],
  [{ type: 'embedding', vectors: 1 }, '1 vector'],
  [{ type: 'embedding', dimensions: 384 }, 'vectors of 384 dimensions'],
  [{ type: 'embedding', closer: [[0, 1, 2]] }, '1 similarity'],
  [
    {
      type: 'embedding',
      vectors: 3,
      dimensions: 384,
      closer: [
        [0, 1, 2],
        [1, 0, 2],
      ],
    },
    '3 vectors of 384 dimensions, 2 similarities',
  ],
  [{ type: 'json', label: 'a\nb\u0007\u202ec' }, 'a b c'],
];

test.each(labels)('%j is called %j', (check, label) => {
  expect(labelCheck(check)).toBe(label);
});

test('every check gives its own result, in order', () => {
  const checks: Check[] = [
    { type: 'json' },
    { type: 'keys', keys: ['a'] },
    { type: 'length', unit: 'words', max: 1 },
  ];
  expect(judgeAnswer(checks, '{"a":"b c"}').map(({ type, pass }) => [type, pass])).toEqual([
    ['json', true],
    ['keys', true],
    ['length', false],
  ]);
});

describe('hostile answers', () => {
  const everyCheck: Check[] = [
    { type: 'json' },
    { type: 'keys', keys: ['a'] },
    {
      type: 'schema',
      schema: { $ref: '#/$defs/tree', $defs: { tree: { items: { $ref: '#/$defs/tree' } } } },
    },
    { type: 'length', unit: 'characters', max: 1 },
    { type: 'length', unit: 'words', max: 1 },
    { type: 'length', unit: 'sentences', max: 1 },
    { type: 'length', unit: 'bullets', max: 1 },
    { type: 'facts', present: ['x'], absent: ['y'] },
    { type: 'regex', pattern: 'zzz' },
    { type: 'equals', value: 'x', ignoreCase: true, ignorePunctuation: true },
  ];
  const most = longestJudgedAnswer;
  const answers: [name: string, answer: string][] = [
    ['deep JSON', '['.repeat(most / 2) + ']'.repeat(most / 2)],
    ['an endless fence', `${fence}\n${'`'.repeat(most - 5)}x`],
    ['an endless rule', `${'- '.repeat(most / 2 - 1)}x`],
    ['white space', ' '.repeat(most)],
    ['line ends', '\n'.repeat(most)],
    ['quotation marks', '"'.repeat(most)],
    ['one word', 'a'.repeat(most)],
    ['no words', '🙂'.repeat(most / 2)],
    ['combining marks', '\u0301'.repeat(most)],
    ['half a character', '\ud83d'],
    ['control characters', '\u0000\u001b[31m\r\n::error::\u202e'.repeat(1000)],
  ];

  test.each(answers)('%s: judged, and every reason is one clean line', (_, answer) => {
    const results = judgeAnswer(everyCheck, answer);
    expect(results).toHaveLength(everyCheck.length);
    for (const result of results) {
      expect(checkResult.parse(result)).toEqual(result);
      expect(result.reason).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]{1,1000}$/u);
      expect(result.reason.isWellFormed()).toBe(true);
    }
  });

  test('JSON nested deeper than a recursive schema can follow fails it', () => {
    const schema = {
      type: 'array',
      $ref: '#/$defs/tree',
      $defs: { tree: { items: { $ref: '#/$defs/tree' } } },
    };
    const [result] = judgeAnswer(
      [{ type: 'schema', schema, not: true }],
      '['.repeat(200_000) + ']'.repeat(200_000),
    );
    expect(result?.reason).toBe('The JSON is nested too deeply to be checked.');
    expect(result?.pass).toBe(false);
  });

  test('an answer longer than any model may give fails every check, inverted ones too', () => {
    const checks: Check[] = [
      { type: 'json' },
      { type: 'facts', absent: ['y'] },
      { type: 'regex', pattern: 'y', not: true },
    ];
    const reason = 'It has 1000001 characters, and above 1000000 an answer is not judged.';
    expect(judgeAnswer(checks, 'x'.repeat(most + 1))).toEqual([
      { type: 'json', label: 'JSON', pass: false, reason, jsonForm: 'none' },
      { type: 'facts', label: 'lacks y', pass: false, reason },
      { type: 'regex', label: 'not: matches y', pass: false, reason },
    ]);
  });
});
