import { expect, test } from 'vitest';
import { judgeAnswer } from '../../src/core/checks/judge-answer.ts';
import { type Check, checkResult } from '../../src/schema/check.ts';

type ToolCallCheck = Extract<Check, { type: 'tool-call' }>;

const call = (name: string, args: unknown = {}) => ({
  id: 'x',
  function: { index: 0, name, arguments: args },
});
const weather = call('get_weather', { city: 'Oslo', days: 2 });
const clock = call('get_time', { city: 'Lima' });

const oslo = {
  type: 'object',
  required: ['city'],
  properties: { city: { const: 'Oslo' }, days: { type: 'integer' } },
};

const rows: [calls: unknown[], check: ToolCallCheck, pass: boolean, reason: string][] = [
  [[weather], { type: 'tool-call', name: 'get_weather' }, true, 'The answer calls “get_weather”.'],
  [
    [clock, weather],
    { type: 'tool-call', name: 'get_weather' },
    true,
    'The answer calls “get_time”, “get_weather”.',
  ],
  [
    [clock],
    { type: 'tool-call', name: 'get_weather' },
    false,
    'The answer calls “get_time”; wanted a call of “get_weather”.',
  ],
  [
    [],
    { type: 'tool-call', name: 'get_weather' },
    false,
    'The answer calls no tool; wanted a call of “get_weather”.',
  ],
  [[], { type: 'tool-call' }, false, 'The answer calls no tool; wanted a tool call.'],
  [[clock], { type: 'tool-call' }, true, 'The answer calls “get_time”.'],
  [[], { type: 'tool-call', not: true }, true, 'The answer calls no tool.'],
  [
    [clock],
    { type: 'tool-call', not: true },
    false,
    'The answer calls “get_time”; wanted anything but a tool call.',
  ],
  [[clock], { type: 'tool-call', name: 'get_weather', not: true }, true, 'The answer calls “get_time”.'],
  [
    [weather],
    { type: 'tool-call', name: 'get_weather', not: true },
    false,
    'The answer calls “get_weather”; wanted anything but a call of “get_weather”.',
  ],
  [
    [weather],
    { type: 'tool-call', name: 'get_weather', arguments: oslo },
    true,
    'The input of “get_weather” satisfies the schema.',
  ],
  [
    [call('get_weather', { city: 'Paris' })],
    { type: 'tool-call', name: 'get_weather', arguments: oslo },
    false,
    '/city is “Paris” and must be equal to constant ("Oslo").',
  ],
  [
    [call('get_weather', { place: 'Oslo' })],
    { type: 'tool-call', name: 'get_weather', arguments: oslo },
    false,
    `The input of “get_weather” is an object with “place” and must have required property 'city'.`,
  ],
  [
    [call('get_weather', { city: 'Paris' }), weather],
    { type: 'tool-call', arguments: oslo },
    true,
    'The input of “get_weather” satisfies the schema.',
  ],
  [
    [call('get_time', { city: 'Oslo' })],
    { type: 'tool-call', name: 'get_weather', arguments: oslo },
    false,
    'The answer calls “get_time”; wanted a call of “get_weather”.',
  ],
  [
    [weather],
    { type: 'tool-call', arguments: oslo, not: true },
    false,
    'The input of “get_weather” satisfies the schema; wanted the opposite.',
  ],
  [
    ['get_weather', null, {}, { function: { arguments: {} } }, call('get_weather', 'Oslo')],
    { type: 'tool-call' },
    false,
    'The answer calls no tool; wanted a tool call.',
  ],
  [
    [call('get\u202e\n::error::')],
    { type: 'tool-call', name: 'get_weather' },
    false,
    'The answer calls “get ::error::”; wanted a call of “get_weather”.',
  ],
];

test.each(rows)('of %j by %j', (toolCalls, check, pass, reason) => {
  const [result] = judgeAnswer([check], { text: '', toolCalls });
  expect(checkResult.parse(result)).toMatchObject({ type: 'tool-call', pass, reason });
});

test('of an answer that is only text there are none', () => {
  expect(judgeAnswer([{ type: 'tool-call' }], 'get_weather("Oslo")').map(({ pass }) => pass)).toEqual([
    false,
  ]);
});

test('text beside a call is judged as ever', () => {
  const checks: Check[] = [
    { type: 'tool-call', name: 'get_weather' },
    { type: 'equals', value: 'One moment' },
  ];
  const results = judgeAnswer(checks, { text: 'One moment', toolCalls: [weather] });
  expect(results.map(({ pass }) => pass)).toEqual([true, true]);
});
