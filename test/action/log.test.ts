import { expect, it } from 'vitest';
import { toLogText } from '../../src/action/log.ts';

// How the runner reads a line: trimmed, then `::` at its start; or `##[` anywhere.
const isCommand = (line: string) => line.trim().startsWith('::') || line.includes('##[');

it.each([
  '::add-mask::x',
  '  \t ::set-env name=PATH::x',
  'fine\n::error::x',
  'fine\r::error::x',
  'fine\r\n::error::x',
  '\u00a0::warning::x',
  '\u0000::warning::x',
  '\u001b::warning::x',
  '\ufeff::warning::x',
  ':::error::x',
  'the answer is ##[set-env name=PATH]x',
  '###[error]x',
])('toLogText(%j) holds no workflow command', (text) => {
  expect(text.split(/\r\n?|\n/).some(isCommand) || text.includes('\u0000') || text.includes('\u001b')).toBe(
    true,
  );
  expect(
    toLogText(text)
      .split(/\r\n?|\n/)
      .filter(isCommand),
  ).toEqual([]);
});

it('leaves plain text as it is, makes line ends plain, and takes control characters out', () => {
  expect(toLogText('a\r\nb\rc')).toBe('a\nb\nc');
  expect(toLogText('a::b #[c] ## d\n\te')).toBe('a::b #[c] ## d\n\te');
  expect(toLogText('red: \u001b[31m!\u0007')).toBe('red:  [31m! ');
});
