import { expect, test } from 'vitest';
import { createTextStream } from '../../src/embedded/text-stream.ts';

/** Tokens are bytes here, the smallest that a tokenizer has. */
const decoder = new TextDecoder();
const decodeBytes = (bytes: number[]) => decoder.decode(Uint8Array.from(bytes));

function feed(text: string | number[], stops: string[]) {
  const stream = createTextStream<number>(decodeBytes, stops);
  const pieces: string[] = [];
  for (const byte of typeof text === 'string' ? new TextEncoder().encode(text) : text) {
    const ready = stream.push(byte);
    if (ready.text !== '') pieces.push(ready.text);
    if (ready.stopped) return { pieces, stopped: true };
  }
  const rest = stream.flush();
  return { pieces: rest === '' ? pieces : [...pieces, rest], stopped: false };
}

test('a character is sent when it is whole', () => {
  expect(feed('aé😀b', []).pieces).toEqual(['a', 'é', '😀', 'b']);
});

test('broken bytes are not held for ever', () => {
  expect(feed([0xff, 0xff, 0xff, 0xff, 0x61], []).pieces).toEqual(['\uFFFD'.repeat(4), 'a']);
  expect(feed([0x61, 0xf0, 0x9f], []).pieces).toEqual(['a', '\uFFFD']);
});

test.each([
  ['no stop', 'abc', ['x'], ['a', 'b', 'c'], false],
  ['a stop is not sent', 'abSTOPcd', ['STOP'], ['a', 'b'], true],
  ['what might be a stop waits until it is none', 'aSTay', ['STOP'], ['a', 'STa', 'y'], false],
  ['what was held back is sent at the end', 'aST', ['STOP'], ['a', 'ST'], false],
  ['a stop may begin anew within itself', 'ababc', ['abc'], ['ab'], true],
  ['the first of several stops counts', 'a12', ['2', '1'], ['a'], true],
  ['an empty stop is none', 'ab', [''], ['a', 'b'], false],
  ['a stop may be a whole character', 'aéb', ['é'], ['a'], true],
])('%s', (_, text, stops, pieces, stopped) => {
  expect(feed(text, stops)).toEqual({ pieces, stopped });
});

test('text before a stop in one token is sent', () => {
  const stream = createTextStream<string>((tokens) => tokens.join(''), ['.']);
  expect(stream.push('end. And')).toEqual({ text: 'end', stopped: true });
});

test('a tokenizer is told what came before', () => {
  const seen: string[][] = [];
  const stream = createTextStream<string>(
    (tokens, before) => {
      seen.push(before);
      return tokens.join('');
    },
    [],
    ['p', 'q', 'r', 's', 't'],
  );
  stream.push('u');
  stream.push('v');
  expect(seen.at(0)).toEqual(['q', 'r', 's', 't']);
  expect(seen.at(-1)).toEqual(['r', 's', 't', 'u']);
});
