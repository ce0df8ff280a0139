import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOllamaClient, type OllamaClient, type PullProgress } from '../../src/ollama/client.ts';
import type { ClientDeadlines } from '../../src/ollama/deadlines.ts';
import { OllamaError } from '../../src/ollama/errors.ts';
import {
  httpChunk,
  httpReply,
  type RawRequest,
  type RawServer,
  startRawServer,
  streamHead,
  writePieces,
} from './raw-server.ts';
import { findRecording, packetsOf } from './recording.ts';

// What a client meets in the field and the recordings lack, on servers that do just that.

const patient = { loadMs: 30_000, firstTokenMs: 30_000, stallMs: 30_000, totalMs: 30_000 };
const ask = { model: 'tiny', prompt: 'Hi' };
const word = '{"model":"tiny","created_at":"2026-11-24T00:00:00Z","response":"yes","done":false}\n';
const done =
  '{"model":"tiny","created_at":"2026-11-24T00:00:00Z","response":"","done":true,"done_reason":"stop"}\n';

const opened: { client: OllamaClient; server: RawServer }[] = [];
afterEach(async () => {
  for (const { client, server } of opened.splice(0)) {
    await client.close();
    await server.stop();
  }
});

type Answer = (socket: Socket, request: RawRequest) => void | Promise<void>;

/** A server that answers so, and a client for it. */
async function connect(
  answer: Answer | string,
  { clock, ...deadlines }: Partial<ClientDeadlines> & { clock?: () => number } = {},
) {
  const server = await startRawServer(
    typeof answer === 'string' ? (socket) => void socket.end(answer) : answer,
  );
  const client = createOllamaClient({
    baseUrl: server.baseUrl,
    deadlines: { ...patient, ...deadlines },
    ...(clock && { clock }),
  });
  opened.push({ client, server });
  return { client, server };
}

async function failureOf(promise: Promise<unknown>): Promise<OllamaError> {
  const error = await promise.then(
    () => expect.unreachable('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof OllamaError)) throw error;
  return error;
}

describe('lines', () => {
  it('come several in a packet, and the last one without a newline', async () => {
    let reads = 0;
    const reply = httpReply(`${word}\n${word}\r\n${done.trim()}`);
    const { client } = await connect(reply, { clock: () => reads++ });
    const { text, chunks, marks } = await client.generate(ask);
    expect(text).toBe('yesyes');
    // The clock counts how often it is read: once as the request leaves, once as the one packet arrives.
    expect(marks).toEqual({
      ...{ sentMs: 0, headersMs: 1, firstByteMs: 1 },
      ...{ firstNonEmptyMs: 1, firstAnswerMs: 1, lastContentMs: 1, doneMs: 1 },
    });
    expect(chunks).toEqual([
      { atMs: 1, kind: 'answer' },
      { atMs: 1, kind: 'answer' },
      { atMs: 1, kind: 'empty' },
    ]);
  });

  it('may be longer than a megabyte', async () => {
    const context = Array.from({ length: 400_000 }, () => 4093);
    const line = JSON.stringify({ response: '', done: true, context, eval_count: 3 });
    expect(line.length).toBeGreaterThan(1_500_000);
    const { client } = await connect(httpReply(`${word}${line}\n`));
    expect(await client.generate(ask)).toMatchObject({ text: 'yes', server: { evalCount: 3 } });
  });

  it('may be cut within a character', async () => {
    const bytes = Buffer.from(httpReply(`{"response":"né 日本 🚀","done":false}\n${done}`));
    const rocket = bytes.indexOf('🚀');
    for (const at of [bytes.indexOf('é') + 1, bytes.indexOf('日') + 1, rocket + 1, rocket + 2, rocket + 3]) {
      const { client } = await connect(async (socket) => {
        await writePieces(socket, [bytes.subarray(0, at), bytes.subarray(at)]);
        socket.end();
      });
      expect((await client.generate(ask)).text).toBe('né 日本 🚀');
    }
  });

  it('after the one that says done are not read', async () => {
    const { client } = await connect(httpReply(`${word}${done}${word}`));
    expect(await client.generate(ask)).toMatchObject({ text: 'yes', chunks: { length: 2 } });
  });
});

describe('an answer', () => {
  it('has its first text where the text is, not in an empty first chunk', async () => {
    const lines = [
      '{"message":{"role":"assistant","content":""},"done":false}\n',
      '{"message":{"role":"assistant","content":"","thinking":"hm"},"done":false}\n',
      '{"message":{"role":"assistant","content":"yes"},"done":false}\n',
      '{"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}\n',
    ];
    const { client } = await connect(httpReply(lines.join('')));
    const answer = await client.chat({ model: 'tiny', messages: [{ role: 'user', content: 'Hi' }] });
    expect(answer).toMatchObject({ text: 'yes', thinking: 'hm' });
    expect(answer.chunks.map(({ kind }) => kind)).toEqual(['empty', 'thinking', 'answer', 'empty']);
  });

  it('may have text in its last chunk', async () => {
    const { client } = await connect(
      httpReply(`${word}{"response":" sir","done":true,"done_reason":"length"}\n`),
    );
    const answer = await client.generate(ask);
    expect(answer).toMatchObject({ text: 'yes sir', doneReason: 'length' });
    expect(answer.chunks.map(({ kind }) => kind)).toEqual(['answer', 'answer']);
    expect(answer.marks.lastContentMs).toBe(answer.marks.doneMs);
  });

  it('may call tools instead of saying something', async () => {
    const call = { function: { name: 'now', arguments: {} } };
    const message = { role: 'assistant', content: '', tool_calls: [call] };
    const { client } = await connect(httpReply(`${JSON.stringify({ message, done: false })}\n${done}`));
    const answer = await client.chat({ model: 'tiny', messages: [], tools: [{}] });
    expect(answer).toMatchObject({ text: '', toolCalls: [call] });
    expect(answer.chunks.map(({ kind }) => kind)).toEqual(['answer', 'empty']);
  });

  it('may come without any metrics, which then are null', async () => {
    const { client } = await connect(httpReply(`${word}${done}`));
    expect((await client.generate(ask)).server).toEqual({
      ...{ totalNs: null, loadNs: null, promptEvalNs: null, evalNs: null },
      ...{ promptEvalCount: null, promptEvalCachedCount: null, evalCount: null },
    });
  });

  it.each([
    ['absent', '', null],
    ['0', ',"prompt_eval_cached_count":0', 0],
    ['positive', ',"prompt_eval_cached_count":17', 17],
  ])('tells a cached count that is %s', async (_, field, count) => {
    const { client } = await connect(httpReply(`{"response":"","done":true,"prompt_eval_count":23${field}}`));
    expect(await client.generate(ask)).toMatchObject({
      server: { promptEvalCount: 23, promptEvalCachedCount: count },
    });
  });

  it.each([2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER])('keeps a duration of %d ns exact', async (ns) => {
    const { client } = await connect(
      httpReply(`{"response":"","done":true,"total_duration":${ns},"eval_duration":${ns - 1}}`),
    );
    expect(await client.generate(ask)).toMatchObject({ server: { totalNs: ns, evalNs: ns - 1 } });
  });

  it('may have fields that nobody knows yet', async () => {
    const { client } = await connect(
      httpReply('{"response":"yes","done":true,"energy_joules":4.2,"speculative":{"accepted":[1]}}'),
    );
    expect(await client.generate(ask)).toMatchObject({ text: 'yes' });
  });
});

describe('a reply that is no answer', () => {
  it.each([
    ['ends without done', httpReply(word), 'stream-cut', 'before it was complete'],
    [
      'is whole and not done',
      httpReply('{"response":"yes","done":false}'),
      'stream-cut',
      'before it was complete',
    ],
    [
      'is cut within a line',
      `${streamHead}${httpChunk(`${word}{"respo`)}`,
      'stream-cut',
      'before it was complete',
    ],
    [
      'is cut where nothing frames it',
      `HTTP/1.1 200 OK\r\n\r\n${word}{"respo`,
      'stream-cut',
      'before it was complete',
    ],
    ['is empty', httpReply(''), 'stream-cut', 'before it was complete'],
    [
      'ends in an error',
      httpReply(`${word}{"error":"an error was encountered while running the model: CUDA"}`),
      'runner-died',
      'CUDA',
    ],
    [
      'is an error from the start',
      httpReply('{"error":"unexpected thing"}'),
      'server-error',
      '“unexpected thing”',
    ],
    ['lacks what it must have', httpReply('{"response":"yes"}'), 'bad-reply', 'done: '],
    [
      'has a negative duration',
      httpReply('{"response":"","done":true,"eval_duration":-1}'),
      'bad-reply',
      'eval_duration: ',
    ],
    [
      'is a web page',
      httpReply('<!DOCTYPE html><html>Sign in</html>', { type: 'text/html' }),
      'not-ollama',
      'a web page',
    ],
    [
      'is a proxy’s failure',
      httpReply('<html>502 Bad Gateway</html>', { status: 502, type: 'text/html' }),
      'not-ollama',
      'status 502 and a web page',
    ],
    ['is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'not-ollama', 'not HTTP'],
    ['is refused for its host name', httpReply('', { status: 403 }), 'forbidden-host', 'OLLAMA_HOST=0.0.0.0'],
    [
      'is refused for the load',
      httpReply('{"error":"server busy, please try again.  maximum pending requests exceeded"}', {
        status: 503,
      }),
      'busy',
      'OLLAMA_MAX_QUEUE',
    ],
    [
      'lacks memory',
      httpReply('{"error":"model requires more system memory (9.1 GiB) than is available (2.0 GiB)"}', {
        status: 500,
      }),
      'out-of-memory',
      '9.1 GiB',
    ],
    [
      'is a failure without a name',
      httpReply('{"error":"something broke"}', { status: 500 }),
      'server-error',
      '“something broke”',
    ],
    [
      'has its error in JSON in a string',
      httpReply(JSON.stringify({ error: JSON.stringify({ error: { message: 'inner words' } }) }), {
        status: 500,
      }),
      'server-error',
      '“inner words”',
    ],
  ])('fails where it %s', async (_, bytes, code, says) => {
    const { client } = await connect(bytes);
    const error = await failureOf(client.generate(ask));
    expect(error).toMatchObject({ code, message: expect.stringContaining(says) });
  });

  it('says what the server said on one line, without controls, and not all of it', async () => {
    const said = `::error::\u001b[31mred\u0007\nnext\u202egnp.exe ${'x'.repeat(5000)}`;
    const { client } = await connect(httpReply(JSON.stringify({ error: said }), { status: 500 }));
    const { message } = await failureOf(client.generate(ask));
    expect(message).toMatch(/failed: “::error:: \[31mred next ?gnp\.exe x+…”/);
    expect(message).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(message.length).toBeLessThan(500);
  });

  it.each([
    ['before its reply', '', null, { code: 'ECONNRESET' }],
    ['within its head', 'HTTP/1.1 200 OK\r\nContent-Ty', null, { code: 'ECONNRESET' }],
    ['within its body', `${streamHead}${httpChunk(word)}40\r\n{"respo`, 200, { name: 'HTTPParserError' }],
  ])('fails where the connection is reset %s', async (_, bytes, status, cause) => {
    const { client } = await connect((socket) => {
      socket.write(bytes);
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    const error = await failureOf(client.generate(ask));
    expect(error).toMatchObject({ code: 'stream-cut', status });
    expect(error.cause).toMatchObject(cause);
  });

  it('fails where it does not end', async () => {
    const megabyte = Buffer.alloc(2 ** 20, 'x');
    const { client } = await connect((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const pour = (): void => {
        while (!socket.destroyed && socket.write(megabyte));
      };
      socket.on('drain', pour);
      pour();
    });
    expect(await failureOf(client.tags())).toMatchObject({ code: 'bad-reply', status: 200 });
  });

  it('fails where nobody listens', async () => {
    const server = await startRawServer(() => undefined);
    await server.stop();
    const client = createOllamaClient({ baseUrl: server.baseUrl, deadlines: patient });
    const error = await failureOf(client.version());
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('ollama serve') });
  });
});

describe('a wait', () => {
  const silent: Answer = () => undefined;
  const stuck: Answer = (socket) => void socket.write(`${streamHead}${httpChunk(word)}`);
  const drip: Answer = (socket) => {
    socket.write(streamHead);
    const timer = setInterval(() => socket.write(httpChunk(word)), 5);
    socket.on('close', () => clearInterval(timer));
  };
  it.each([
    ['for a load', silent, { loadMs: 50 }, 'load-deadline', (to: OllamaClient) => to.load('tiny')],
    [
      'for a first token',
      silent,
      { firstTokenMs: 50 },
      'first-token-deadline',
      (to: OllamaClient) => to.generate(ask),
    ],
    ['in a silence', stuck, { stallMs: 50 }, 'stall-deadline', (to: OllamaClient) => to.generate(ask)],
    [
      'for the end of it all',
      drip,
      { totalMs: 80 },
      'total-deadline',
      (to: OllamaClient) => to.generate(ask),
    ],
    ['for a list', silent, { stallMs: 50 }, 'stall-deadline', (to: OllamaClient) => to.tags()],
    ['for a pull that hangs', silent, { loadMs: 50 }, 'load-deadline', (to: OllamaClient) => to.pull('tiny')],
  ])('%s ends at its deadline, and the connection with it', async (_, answer, deadlines, code, act) => {
    const { client, server } = await connect(answer, deadlines);
    expect(await failureOf(act(client))).toMatchObject({ code });
    await expect.poll(() => server.connections()).toBe(0);
  });

  it('longer than Node’s longest timer does not end at once', async () => {
    const { client } = await connect(
      (socket) => void setTimeout(() => socket.end(httpReply(`${word}${done}`)), 30),
      { firstTokenMs: 2 ** 40, totalMs: 2 ** 40, stallMs: 2 ** 40 },
    );
    expect((await client.generate(ask)).text).toBe('yes');
  });
});

describe('an abort', () => {
  it('closes the connection, so that the server stops too', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const { client, server } = await connect(async (socket) => {
      await writePieces(socket, [Buffer.from(`${streamHead}${httpChunk(word)}`)]);
      abort.abort(reason);
    });
    const error = await failureOf(client.generate(ask, { signal: abort.signal }));
    expect(error).toMatchObject({ code: 'cancelled', cause: reason });
    await expect.poll(() => server.connections()).toBe(0);
  });

  it('before the request sends nothing', async () => {
    const { client, server } = await connect(httpReply(done));
    const error = await failureOf(client.generate(ask, { signal: AbortSignal.abort() }));
    expect(error.code).toBe('cancelled');
    expect(server.requests).toEqual([]);
  });

  it('is what closing the client is to a request under way', async () => {
    const { client } = await connect(() => void setImmediate(() => client.close()));
    expect(await failureOf(client.generate(ask))).toMatchObject({ code: 'cancelled' });
  });
});

describe('a pull', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const pull = async (lines: string[]) => {
    const { client, server } = await connect(httpReply(lines.map((line) => `${line}\n`).join('')));
    const progress: PullProgress[] = [];
    const error = await client.pull('tiny', { onProgress: (it) => progress.push(it) }).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(server.requests).toEqual([{ method: 'POST', path: '/api/pull', body: '{"model":"tiny"}' }]);
    return { progress, error };
  };
  const step = (status: string) => ({ status, digest: null, total: null, completed: null });

  it('tells how far it is', async () => {
    const outcome = await pull([
      '{"status":"pulling manifest"}',
      `{"status":"pulling aaaaaaaaaaaa","digest":"${digest}","total":5000000000}`,
      `{"status":"pulling aaaaaaaaaaaa","digest":"${digest}","total":5000000000,"completed":2500000000}`,
      '{"status":"verifying sha256 digest"}',
      '{"status":"success"}',
    ]);
    const layer = { status: 'pulling aaaaaaaaaaaa', digest, total: 5_000_000_000 };
    expect(outcome.progress).toEqual([
      step('pulling manifest'),
      { ...layer, completed: null },
      { ...layer, completed: 2_500_000_000 },
      step('verifying sha256 digest'),
      step('success'),
    ]);
    expect(outcome.error).toBeNull();
  });

  it('of a model that is there is over at once', async () => {
    expect(await pull(['{"status":"success"}'])).toEqual({ progress: [step('success')], error: null });
  });

  it('fails under status 200', async () => {
    const { error, progress } = await pull([
      '{"status":"pulling manifest"}',
      '{"error":"pull model manifest: file does not exist"}',
    ]);
    expect(progress).toEqual([step('pulling manifest')]);
    expect(error).toMatchObject({
      ...{ name: 'OllamaError', code: 'pull-failed', status: 200 },
      message: expect.stringContaining('“pull model manifest: file does not exist”'),
    });
  });

  it('that never says success was cut', async () => {
    const { error } = await pull(['{"status":"pulling manifest"}']);
    expect(error).toMatchObject({ code: 'stream-cut' });
  });

  it('passes on what its listener throws', async () => {
    const { client } = await connect(httpReply('{"status":"success"}\n'));
    const fault = new Error('a fault in the listener');
    const onProgress = () => {
      throw fault;
    };
    await expect(client.pull('tiny', { onProgress })).rejects.toBe(fault);
  });
});

describe('models in memory', () => {
  const recorded = (name: string) => Buffer.concat(packetsOf(findRecording(name)));

  it.each([
    ['0', ',"size_vram":0', 0],
    ['a part', ',"size_vram":400', 400],
    ['all', ',"size_vram":1000', 1000],
    ['not told', '', null],
  ])('have %s of their bytes on the GPU', async (_, field, vramBytes) => {
    const digest = 'b'.repeat(64);
    const { client } = await connect(
      httpReply(`{"models":[{"name":"tiny:latest","digest":"${digest}","size":1000${field},"details":{}}]}`),
    );
    expect(await client.ps()).toEqual([
      {
        ...{ name: 'tiny:latest', digest: `sha256:${digest}`, sizeBytes: 1000, vramBytes },
        ...{ family: null, format: null, parameterSize: null, quantization: null },
        ...{ contextLength: null, expiresAt: null },
      },
    ]);
  });

  it('are loaded by a request without a prompt', async () => {
    const { client, server } = await connect((socket) => void socket.end(recorded('load-generate')));
    const { sentMs, doneMs } = await client.load('smollm2:135m', {
      keepAlive: '10m',
      options: { num_ctx: 2048 },
    });
    expect(doneMs).toBeGreaterThan(sentMs);
    expect(server.requests.map(({ body }) => JSON.parse(body))).toEqual([
      findRecording('load-generate').request.body,
    ]);
  });

  it('are unloaded once the server no longer lists them', async () => {
    const replies = ['unload', 'ps-two-models', 'ps-loaded', 'ps-after-unload'].map(recorded);
    const { client, server } = await connect((socket) => void socket.end(replies.shift() ?? ''));
    await client.unload('smollm2:135m');
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/api/generate',
      '/api/ps',
      '/api/ps',
      '/api/ps',
    ]);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual(findRecording('unload').request.body);
  });

  it('that somebody holds on to are waited for, but not for ever', async () => {
    const { client } = await connect(
      (socket, { path }) => void socket.end(recorded(path === '/api/ps' ? 'ps-loaded' : 'unload')),
      { stallMs: 150 },
    );
    expect(await failureOf(client.unload('smollm2:135m'))).toMatchObject({ code: 'unload-deadline' });
  });
});

it('asks below the path of its base URL', async () => {
  const { server } = await connect(httpReply('{"version":"1.2.3"}'));
  const behind = createOllamaClient({ baseUrl: `${server.baseUrl}/ollama`, deadlines: patient });
  expect(await behind.version()).toBe('1.2.3');
  expect(server.requests.map(({ path }) => path)).toEqual(['/ollama/api/version']);
  await behind.close();
});

it('opens no connection per request', async () => {
  const version = '{"version":"1.2.3"}';
  const sockets = new Set<Socket>();
  const { client } = await connect((socket) => {
    sockets.add(socket);
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${version.length}\r\n\r\n${version}`);
  });
  for (let asked = 0; asked < 6; asked++) await client.version();
  // undici frees a connection one turn of the event loop after its reply, so two may take turns.
  expect(sockets.size).toBeLessThanOrEqual(2);
});
