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

test('a nonce goes to the start of the first thing the user says', () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
    { role: 'user', content: 'Bye' },
  ];
  const built = buildRequest(prompt.parse({ ...common, messages }), { ...settings, nonce: '[12345678] ' });
  expect(built.messages?.map(({ content }) => content)).toEqual([
    'Be brief.',
    '[12345678] Hi',
    'Hello',
    'Bye',
  ]);
});

test('think and format are sent only where they apply', () => {
  const json = prompt.parse({ ...common, prompt: 'Hi', format: 'json' });
  expect(buildRequest(json, { ...settings, think: false })).toMatchObject({ think: false, format: 'json' });
  expect(buildRequest(prompt.parse({ ...common, prompt: 'Hi' }), settings)).not.toHaveProperty('think');
});
