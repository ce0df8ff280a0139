import { expect, it } from 'vitest';
import { readPlainChunk } from '../../src/ollama/plain-chunk.ts';
import { answerChunk } from '../../src/ollama/replies.ts';

const head = '{"model":"qwen3:8b","created_at":"2026-11-24T00:00:00.123456789Z"';

it.each([
  ['an answer', `${head},"response":" yes","done":false}\n`],
  ['an empty one', `${head},"response":"","done":false}\n`],
  ['a thought', `${head},"response":"","thinking":"hm","done":false}\n`],
  ['a chat', `${head},"message":{"role":"assistant","content":"né 日本 🚀"},"done":false}\n`],
  [
    'a thought in a chat',
    `${head},"message":{"role":"assistant","content":"","thinking":"hm"},"done":false}\n`,
  ],
  ['escapes', `${head},"response":"a\\n\\"b\\\\\\u003c\\ud83d\\ude80\\/","done":false}\n`],
  ['two lines', `${head},"response":"one","done":false}\n${head},"response":"two","done":false}\n`],
])('%s is read as its schema reads it', (_, lines) => {
  const line = lines.slice(0, lines.indexOf('\n') + 1);
  const { text, thinking } = answerChunk.parse(JSON.parse(line));
  expect(readPlainChunk(`x${lines}`, 1)).toEqual({ text, thinking, end: 1 + line.length });
});

it.each([
  ['is the last', `${head},"response":"yes","done":true}\n`],
  ['has something else in it', `${head},"response":"yes","done":false,"logprobs":[]}\n`],
  ['calls a tool', `${head},"message":{"role":"assistant","content":"","tool_calls":[{}]},"done":false}\n`],
  ['is an error', '{"error":"unexpected"}\n'],
  ['has its fields in another order', '{"response":"yes","done":false}\n'],
  ['lacks its end', `${head},"response":"yes","done":false}`],
  ['is cut within its text', `${head},"response":"ye\n`],
  ['has an escape that is none', `${head},"response":"\\x","done":false}\n`],
  ['ends in a backslash', `${head},"response":"yes\\","done":false}\n`],
  ['has a control character', `${head},"response":"a\tb","done":false}\n`],
  ['ends as Windows does', `${head},"response":"yes","done":false}\r\n`],
  ['closes a brace that it did not open', `${head},"response":"yes"},"done":false}\n`],
  ['is empty', '\n'],
])('a line that %s is left to the parser', (_, line) => {
  expect(readPlainChunk(line, 0)).toBeNull();
});
