import { expect, test } from 'vitest';
import {
  explainMissingCapabilities,
  findMissingCapabilities,
  findNeededCapabilities,
} from '../../src/core/capabilities.ts';
import { prompt } from '../../src/schema/prompt-set.ts';

const checks = [{ type: 'json' }];
const tool = {
  type: 'function',
  function: { name: 'now', description: 'The time', parameters: { type: 'object', properties: {} } },
};
const asking = (what: object) => prompt.parse({ id: 'p', title: 'P', category: 'c', checks, ...what });

const plain = asking({ prompt: 'Hi' });
const chat = asking({ messages: [{ role: 'user', content: 'Hi' }] });
const embed = asking({ embed: ['Hi'] });
const seen = asking({ prompt: 'What is this?', images: ['a.png'] });
const shown = asking({
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'What is this?', images: ['a.png'] },
  ],
});
const called = asking({ messages: [{ role: 'user', content: 'Hi' }], tools: [tool] });
const all = asking({ messages: [{ role: 'user', content: 'Hi', images: ['a.png'] }], tools: [tool] });

test.each([
  ['text', plain, ['completion']],
  ['a chat', chat, ['completion']],
  ['texts to embed', embed, ['embedding']],
  ['an image', seen, ['completion', 'vision']],
  ['an image in a message', shown, ['completion', 'vision']],
  ['tools', called, ['completion', 'tools']],
  ['tools and an image', all, ['completion', 'vision', 'tools']],
])('%s needs what it needs', (_, asked, needed) => {
  expect(findNeededCapabilities(asked)).toEqual(needed);
});

test.each([
  ['a model that has them all', all, ['completion', 'vision', 'tools', 'thinking'], []],
  ['a model of text', all, ['completion', 'insert'], ['vision', 'tools']],
  ['an embedding model asked to answer', plain, ['embedding'], ['completion']],
  ['a model of text asked to embed', embed, ['completion'], ['embedding']],
  ['an older server that lists nothing', all, [], []],
])('of %s', (_, asked, listed, missing) => {
  expect(findMissingCapabilities(asked, listed)).toEqual(missing);
});

test('what is missing is said in a sentence', () => {
  expect(explainMissingCapabilities('smollm2:135m', ['vision'], ['completion'])).toBe(
    'smollm2:135m cannot see images (the server lists: completion).',
  );
  expect(explainMissingCapabilities('all-minilm:22m', ['completion', 'tools'], ['embedding', 'a\nb'])).toBe(
    'all-minilm:22m cannot answer a prompt or call tools (the server lists: embedding, a b).',
  );
});
