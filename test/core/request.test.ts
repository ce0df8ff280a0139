import { expect, test } from 'vitest';
import { buildRequest } from '../../src/core/request.ts';
import { prompt } from '../../src/schema/prompt-set.ts';

const common = { id: 'p', title: 'P', category: 'c', maxTokens: 20, checks: [{ type: 'json' }] };
const settings = { options: { temperature: 0, num_ctx: 512 }, think: null, nonce: null };

test('a bare prompt is sent as it was written, with its cap, and is never truncated', () => {
  expect(buildRequest(prompt.parse({ ...common, prompt: 'Hi' }), settings)).toEqual({
    prompt: 'Hi',
    options: { temperature: 0, num_ctx: 512, num_predict: 20 },
    truncate: false,
  });
});

test('a nonce goes to the very start of the prompt', () => {
  expect(
    buildRequest(prompt.parse({ ...common, prompt: 'Hi' }), { ...settings, nonce: '[12345678] ' }).prompt,
  ).toBe('[12345678] Hi');
});

const nonced = { ...settings, nonce: '[12345678] ' };
const tool = (name: string, description: string) => ({
  type: 'function',
  function: { name, description, parameters: { type: 'object', properties: {} } },
});

test('a nonce goes to the start of the first message, whoever speaks', () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
    { role: 'user', content: 'Bye' },
  ];
  const contentsOf = (turns: object[]) =>
    buildRequest(prompt.parse({ ...common, messages: turns }), nonced).messages?.map((it) => it.content);
  expect(contentsOf(messages)).toEqual(['[12345678] Be brief.', 'Hi', 'Hello', 'Bye']);
  expect(contentsOf(messages.slice(1))).toEqual(['[12345678] Hi', 'Hello', 'Bye']);
});

test('a chat is sent with all its turns and tools as they were written', () => {
  const messages = [
    { role: 'user', content: 'What is this?', images: ['AAAA'] },
    {
      role: 'assistant',
      content: '',
      tool_calls: [{ function: { name: 'look_up', arguments: { text: 'cat' } } }],
    },
    { role: 'tool', content: 'A cat.', tool_name: 'look_up' },
  ];
  const tools = [tool('look_up', 'Looks up')];
  expect(buildRequest(prompt.parse({ ...common, messages, tools }), settings)).toEqual({
    messages,
    tools,
    options: { temperature: 0, num_ctx: 512, num_predict: 20 },
    truncate: false,
  });
});

test('a nonce also goes to the start of the first tool, which a template may put before all messages', () => {
  const messages = [{ role: 'user', content: 'Hi' }];
  const tools = [tool('a', 'Does a.'), tool('b', 'Does b.')];
  const asked = prompt.parse({ ...common, messages, tools });
  const built = buildRequest(asked, nonced);
  expect(built.messages).toEqual([{ role: 'user', content: '[12345678] Hi' }]);
  expect(built.tools).toEqual([tool('a', '[12345678] Does a.'), tool('b', 'Does b.')]);
  expect(asked.tools).toEqual(tools);
});

test('images are sent beside the prompt', () => {
  expect(
    buildRequest(prompt.parse({ ...common, prompt: 'What is this?', images: ['AAAA'] }), nonced),
  ).toMatchObject({ prompt: '[12345678] What is this?', images: ['AAAA'] });
});

test('texts are embedded with a nonce each, and nothing is asked that is for answers', () => {
  const asked = prompt.parse({ ...common, embed: ['a', 'b'] });
  expect(buildRequest(asked, { ...nonced, think: false })).toEqual({
    input: ['[12345678] a', '[12345678] b'],
    options: { temperature: 0, num_ctx: 512 },
    truncate: false,
  });
  expect(buildRequest(asked, settings).input).toEqual(['a', 'b']);
});

test('think and format are sent only where they apply', () => {
  const json = prompt.parse({ ...common, prompt: 'Hi', format: 'json' });
  expect(buildRequest(json, { ...settings, think: false })).toMatchObject({ think: false, format: 'json' });
  expect(buildRequest(prompt.parse({ ...common, prompt: 'Hi' }), settings)).not.toHaveProperty('think');
});
