import { expect, test } from 'vitest';
import { countChecks } from '../../src/core/checks/count-checks.ts';
import { findCheckProblems, type Judged } from '../../src/core/checks/find-check-problems.ts';
import { judgeAnswer } from '../../src/core/checks/judge-answer.ts';
import type { Check } from '../../src/schema/check.ts';
import type { Tool } from '../../src/schema/prompt-set.ts';

const unusable = 'schema is not a JSON Schema (draft 2020-12) that can be used: ';

const problems: [check: Check, message: string | null][] = [
  [{ type: 'schema', schema: {} }, null],
  [{ type: 'schema', schema: { title: 'A', $comment: 'b', type: 'object', required: ['a'] } }, null],
  [
    { type: 'schema', schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', format: 'date' } },
    null,
  ],
  [{ type: 'schema', schema: { $ref: '#/$defs/a', $defs: { a: { type: 'string' } } } }, null],
  [
    { type: 'schema', schema: { type: 'objekt' } },
    `${unusable}schema is invalid: data/type must be equal to one of the allowed values, data/type must be array, data/type must match a schema in anyOf`,
  ],
  [{ type: 'schema', schema: { requird: [] } }, `${unusable}strict mode: unknown keyword: "requird"`],
  [
    { type: 'schema', schema: { pattern: '(' } },
    `${unusable}Invalid regular expression: /(/u: Unterminated group`,
  ],
  [
    { type: 'schema', schema: { format: 'emial' } },
    `${unusable}unknown format "emial" ignored in schema at path "#"`,
  ],
  [
    { type: 'schema', schema: { $schema: 'http://json-schema.org/draft-07/schema#' } },
    `${unusable}no schema with key or ref "http://json-schema.org/draft-07/schema#"`,
  ],
  [
    { type: 'schema', schema: { $ref: 'https://example.com/a' } },
    `${unusable}can't resolve reference https://example.com/a from id #`,
  ],
  [{ type: 'schema', schema: { $async: true } }, `${unusable}$async schemas are not supported`],
  [{ type: 'length', unit: 'words', min: 1 }, null],
  [{ type: 'length', unit: 'words', min: 0, max: 0 }, null],
  [
    { type: 'length', unit: 'words', min: 0 },
    'every length is at least 0, so this check cannot fail: give a higher min, or a max',
  ],
  [{ type: 'facts', present: ['sparrow'], absent: ['eagle'] }, null],
  [{ type: 'facts', present: [['sparrow', 'finch']], absent: ['sparrow'] }, null],
  [
    { type: 'facts', present: [['sparrow', 'Spare']], absent: ['SPAR'] },
    '["sparrow","Spare"] is wanted under present and ruled out under absent: no answer can pass',
  ],
  [
    { type: 'facts', present: [['a', ' \n']] },
    'a fact of white space alone is in every answer: write the words to look for',
  ],
  [
    { type: 'facts', absent: ['\t'] },
    'a fact of white space alone is in every answer: write the words to look for',
  ],
  [{ type: 'json' }, null],
];

test.each(problems)('%j: %j', (check, message) => {
  expect(findCheckProblems({ checks: [check] })).toEqual(message === null ? [] : [{ index: 0, message }]);
});

const tool: Tool = {
  type: 'function',
  function: { name: 'get_weather', description: 'Weather', parameters: { type: 'object', properties: {} } },
};
const texts = ['a', 'b', 'c'];

const problemsOfKinds: [prompt: Omit<Judged, 'checks'>, check: Check, message: string | null][] = [
  [{ tools: [tool] }, { type: 'tool-call', name: 'get_weather' }, null],
  [{ tools: [tool] }, { type: 'tool-call', not: true }, null],
  [{ tools: [tool] }, { type: 'facts', present: ['sunny'] }, null],
  [{}, { type: 'tool-call' }, 'the prompt has no tools to call: list them under tools'],
  [
    { tools: [tool] },
    { type: 'tool-call', name: 'get_wether', not: true },
    '"get_wether" is none of the prompt\'s tools (get_weather)',
  ],
  [
    { tools: [tool] },
    { type: 'tool-call', arguments: { requird: [] } },
    `${unusable.replace('schema', 'arguments')}strict mode: unknown keyword: "requird"`,
  ],
  [{ embed: texts }, { type: 'embedding' }, null],
  [{ embed: texts }, { type: 'embedding', vectors: 3, dimensions: 4, closer: [[0, 1, 2]] }, null],
  [{ embed: texts }, { type: 'embedding', closer: [[2, 0, 1]], not: true }, null],
  [{}, { type: 'embedding' }, 'the prompt has no texts to embed: list them under embed'],
  [
    { embed: texts },
    { type: 'json', not: true },
    'what is embedded has no text to judge: write an embedding check',
  ],
  [
    { embed: texts },
    { type: 'tool-call', not: true },
    'what is embedded has no text to judge: write an embedding check',
  ],
  [
    { embed: texts },
    { type: 'embedding', vectors: 2 },
    'there is a vector for each text, so vectors can only be 3',
  ],
  [
    { embed: texts },
    { type: 'embedding', not: true },
    'there is a vector for each text, so this check cannot pass: give dimensions or closer',
  ],
  [
    { embed: texts },
    { type: 'embedding', closer: [[0, 1, 3]] },
    'closer [0,1,3] names a text that is not there: the last is 2, as they count from 0',
  ],
  [
    { embed: texts },
    { type: 'embedding', closer: [[0, 1, 1]] },
    'closer [0,1,1] must name three different texts',
  ],
];

test.each(problemsOfKinds)('on %j, %j: %j', (prompt, check, message) => {
  const expected = message === null ? [] : [{ index: 0, message }];
  expect(findCheckProblems({ ...prompt, checks: [check] })).toEqual(expected);
});

test('a problem names the check by its position', () => {
  const checks: Check[] = [{ type: 'json' }, { type: 'schema', schema: { $async: true } }, { type: 'json' }];
  expect(findCheckProblems({ checks }).map(({ index }) => index)).toEqual([1]);
});

test('two schemas may have the same $id and say different things', () => {
  const schema = (type: string) => ({ $id: 'https://example.com/contact', type });
  const checks: Check[] = ['object', 'array'].map((type) => ({ type: 'schema', schema: schema(type) }));
  expect(findCheckProblems({ checks })).toEqual([]);
  expect(judgeAnswer(checks, '[]').map(({ pass }) => pass)).toEqual([false, true]);
});

test('answers are counted by what their checks said', () => {
  const checks: Check[] = [
    { type: 'json' },
    { type: 'keys', keys: ['a'] },
    { type: 'length', unit: 'words', max: 3 },
  ];
  const answers = ['{"a":1}', '{"b":1}', '```json\n{"a":1}\n```', 'no JSON', '{"a":', 'a b c d'];
  expect(countChecks(answers.map((answer) => judgeAnswer(checks, answer)))).toEqual({
    total: 18,
    passed: 3 + 2 + 3 + 1 + 1 + 0,
    answers: 6,
    answersPassed: 2,
    jsonExpected: 6,
    jsonParseFailures: 3,
    jsonFenced: 1,
  });
});

test('an answer that need not be JSON is no parse failure', () => {
  const checks: Check[] = [
    { type: 'json', not: true },
    { type: 'length', unit: 'words', max: 3 },
  ];
  expect(countChecks([judgeAnswer(checks, 'plain'), judgeAnswer(checks, '{}')])).toEqual({
    total: 4,
    passed: 3,
    answers: 2,
    answersPassed: 1,
    jsonExpected: 0,
    jsonParseFailures: 0,
    jsonFenced: 0,
  });
});

test('of no answers everything is 0', () => {
  expect(countChecks([])).toEqual({
    total: 0,
    passed: 0,
    answers: 0,
    answersPassed: 0,
    jsonExpected: 0,
    jsonParseFailures: 0,
    jsonFenced: 0,
  });
});
