import { expect, test } from 'vitest';
import { fitPrompt, renderPrompt } from '../../src/embedded/prompt.ts';

const markers = { bos: '<s>', eos: '</s>' };
const messages = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hi' },
];
const template =
  "{{ bos_token }}{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}{{ eos_token }}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}";

test('messages go into the template of the model', () => {
  expect(renderPrompt(messages, template, markers)).toBe(
    '<s><|system|>Be brief.</s><|user|>Hi</s><|assistant|>',
  );
});

test('a model without one gets the text', () => {
  expect(renderPrompt(messages, null, markers)).toBe('Be brief.Hi');
});

test('a template that refuses is a 500 that says so', () => {
  expect(() => renderPrompt(messages, "{{ raise_exception('no system') }}", markers)).toThrow(
    expect.objectContaining({ status: 500, message: expect.stringContaining('no system') }),
  );
});

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

test.each([
  ['fits', 15, 16, 4, range(0, 15)],
  ['is as long as the context', 16, 16, 4, [...range(0, 4), ...range(10, 16)]],
  ['is far too long', 4010, 2048, 4, [...range(0, 4), ...range(2988, 4010)]],
  ['keeps nothing', 20, 16, 0, range(12, 20)],
])('a prompt that %s', (_, length, context, keep, expected) => {
  expect(fitPrompt(range(0, length), { context, allocated: 4096, keep, truncate: true })).toEqual(expected);
});

test('a prompt that may not be cut has the allocated context, and is refused beyond it', () => {
  const room = { context: 10, allocated: 16, keep: 4, truncate: false };
  expect(fitPrompt(range(0, 15), room)).toEqual(range(0, 15));
  expect(() => fitPrompt(range(0, 16), room)).toThrow(
    /request \(16 tokens\) exceeds the available context size \(16 tokens\)/,
  );
});
