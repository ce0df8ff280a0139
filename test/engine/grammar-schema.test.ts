import { expect, test } from 'vitest';
import { toGrammarSchema } from '../../src/embedded/grammar-schema.ts';

const string = { type: 'string' };

test.each<[string, unknown, unknown]>([
  ['a scalar', { type: 'integer', minimum: 3 }, { type: 'integer' }],
  ['a string with limits', { ...string, minLength: 1, pattern: '^a' }, { ...string, minLength: 1 }],
  ['a format it knows', { ...string, format: 'date' }, { ...string, format: 'date' }],
  ['a format it does not', { ...string, format: 'email' }, string],
  ['anyOf', { anyOf: [string, { type: 'null' }] }, { oneOf: [string, { type: 'null' }] }],
  [
    'several types',
    { type: ['string', 'null'], maxLength: 3 },
    { oneOf: [{ ...string, maxLength: 3 }, { type: 'null' }] },
  ],
  [
    'properties without a type',
    { properties: { a: string }, required: ['a'] },
    { type: 'object', properties: { a: string }, additionalProperties: false },
  ],
  ['any object', { type: 'object' }, { type: 'object', properties: {}, additionalProperties: true }],
  [
    'a dictionary',
    { type: 'object', additionalProperties: { anyOf: [string] } },
    { type: 'object', properties: {}, additionalProperties: { oneOf: [string] } },
  ],
  ['an array', { items: string, minItems: 2 }, { type: 'array', items: string, minItems: 2 }],
  ['const and enum', { enum: ['a', 1] }, { enum: ['a', 1] }],
  ['a reference', { $ref: '#/$defs/x', $defs: { x: string } }, { $ref: '#/$defs/x', $defs: { x: string } }],
])('%s', (_, schema, expected) => {
  expect(toGrammarSchema(schema)).toEqual(expected);
});

test.each([
  [{ type: 'nonsense' }, /no type "nonsense"/],
  [{ allOf: [string] }, /allOf/],
  [{ $ref: '#/definitions/x' }, /#\/definitions\/x/],
  [{ properties: { a: false } }, /false is not a schema/],
])('%j is refused', (schema, message) => {
  expect(() => toGrammarSchema(schema)).toThrow(message);
});
