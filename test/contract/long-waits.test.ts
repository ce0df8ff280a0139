import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createOllamaClient, type OllamaClient } from '../../src/ollama/client.ts';
import { httpChunk, type RawServer, startRawServer, streamHead } from './raw-server.ts';

// Minutes pass here by turning the clock, so this file is apart: undici keeps a timer for the whole of a process, and
// it must be one of those that are turned.

const minute = 60_000;
const done = '{"response":"yes","done":true,"done_reason":"stop"}\n';
const word = httpChunk('{"response":"yes","done":false}\n');
const ask = { model: 'tiny', prompt: 'Hi' };

let server: RawServer;
let client: OllamaClient;
let arrived: Promise<Socket>;
let outcome: string | undefined;
/** How often the client has read its clock: it does for every packet. */
let reads: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { promise, resolve } = Promise.withResolvers<Socket>();
  arrived = promise;
  server = await startRawServer((socket) => resolve(socket));
  reads = 0;
  client = createOllamaClient({
    clock: () => ++reads,
    baseUrl: server.baseUrl,
    deadlines: { loadMs: 20 * minute, firstTokenMs: 10 * minute, stallMs: minute, totalMs: 12 * minute },
  });
  outcome = undefined;
});

afterEach(async () => {
  vi.useRealTimers();
  await client.close();
  await server.stop();
});

function watch(promise: Promise<unknown>): Promise<void> {
  return promise.then(
    () => {
      outcome = 'done';
    },
    (error) => {
      outcome = error.code;
    },
  );
}

/** Writes, and waits until the client has it. */
async function deliver(socket: Socket, text: string): Promise<void> {
  const before = reads;
  socket.write(text);
  while (reads === before) await setImmediate();
}

async function turnClock(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 5; turn++) await setImmediate();
}

it('waits longer than five minutes for the headers of a slow load', async () => {
  const answered = watch(client.load('tiny'));
  const socket = await arrived;
  await turnClock(19 * minute);
  expect(outcome).toBeUndefined();
  socket.end(`${streamHead}${httpChunk(done)}0\r\n\r\n`);
  await answered;
  expect(outcome).toBe('done');
});

it.each([
  ['load', 20 * minute, () => client.load('tiny'), 'load-deadline'],
  ['first token', 10 * minute, () => client.generate(ask), 'first-token-deadline'],
  ['list', minute, () => client.ps(), 'stall-deadline'],
])('ends the wait for a %s after %d ms and no sooner', async (_, ms, act, code) => {
  const ended = watch(act());
  await arrived;
  await turnClock(ms - 1);
  expect(outcome).toBeUndefined();
  await turnClock(1);
  await ended;
  expect(outcome).toBe(code);
});

it('counts a silence anew with every byte, and the whole from the start', async () => {
  const ended = watch(client.generate(ask));
  const socket = await arrived;
  await deliver(socket, streamHead);
  for (let minutes = 0; minutes < 12; minutes++) {
    await deliver(socket, word);
    await turnClock(minute - 1);
    expect(outcome).toBeUndefined();
  }
  await deliver(socket, word);
  await turnClock(12);
  await ended;
  expect(outcome).toBe('total-deadline');
});

it('ends a silence in the middle of an answer', async () => {
  const ended = watch(client.generate(ask));
  const socket = await arrived;
  await deliver(socket, streamHead);
  await deliver(socket, word);
  await turnClock(minute - 1);
  expect(outcome).toBeUndefined();
  await turnClock(1);
  await ended;
  expect(outcome).toBe('stall-deadline');
});
