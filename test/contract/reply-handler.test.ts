import type { Dispatcher } from 'undici';
import { expect, it } from 'vitest';
import { ReplyHandler } from '../../src/ollama/reply-handler.ts';

const controller: Dispatcher.DispatchController = {
  ...{ aborted: false, paused: false, reason: null },
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
};

it.each([
  ['once', 1, { sentMs: 1, retried: false }],
  ['again, as its socket broke', 2, { sentMs: 2, retried: true }],
])('a request that is sent %s counts from the last time', async (_, times, expected) => {
  const marks = { wroteMs: 0, arrivedMs: 9 };
  const wait = { ms: 1000, code: 'stall-deadline' } as const;
  const handler = new ReplyHandler(
    { baseUrl: 'http://127.0.0.1', model: null },
    marks,
    { firstByte: wait, stall: wait },
    undefined,
  );
  for (let time = 0; time < times; time++) {
    handler.onRequestStart(controller);
    marks.wroteMs++;
    handler.onRequestSent();
  }
  handler.onResponseStart(controller, 200);
  handler.onResponseData(controller, Buffer.from('{}'));
  handler.onResponseEnd();
  expect(await handler.reply).toEqual({
    ...{ status: 200, headersMs: 9, firstByteMs: 9, cut: null, ...expected },
    batches: [{ text: '{}', atMs: 9 }],
  });
});
