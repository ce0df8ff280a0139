import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ClientMarks } from '../core/calibration.ts';
import { type Reader, type Script, toRequest } from './script.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * The least that takes in a streamed answer: a socket, the clock read first thing when bytes arrive and right before
 * the request is written, HTTP chunks and lines found by hand, each line parsed once. It knows one kind of reply from
 * one kind of server, and nothing of errors: it is what a client could be measured against, not used as.
 */
export function openRawReader(url: string, clock: () => number): Reader {
  const { hostname, port } = new URL(url);
  const idle: Socket[] = [];
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(port), hostname).setNoDelay(true);
    await once(socket, 'connect');
    return socket;
  };
  return {
    async ask(script) {
      const socket = idle.pop() ?? (await open());
      const marks = await readAnswer(socket, formatRequest(script), clock);
      idle.push(socket);
      return marks;
    },
    async close() {
      for (const socket of idle.splice(0)) socket.destroy();
    },
  };
}

function formatRequest(script: Script): string {
  const body = JSON.stringify(toRequest(script));
  return `POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function readAnswer(socket: Socket, request: string, clock: () => number): Promise<ClientMarks> {
  return new Promise((resolve, reject) => {
    const chunksMs: number[] = [];
    let doneMs = Number.NaN;
    let isHeadRead = false;
    let unread: Buffer | null = null;
    let lineStart = '';

    const readLines = (buffer: Buffer, from: number, to: number, atMs: number): void => {
      let start = from;
      for (
        let end = buffer.indexOf(newline, start);
        end >= 0 && end < to;
        end = buffer.indexOf(newline, start)
      ) {
        const { done } = JSON.parse(lineStart + buffer.toString('utf8', start, end));
        if (done) doneMs = atMs;
        else chunksMs.push(atMs);
        lineStart = '';
        start = end + 1;
      }
      if (start < to) lineStart += buffer.toString('utf8', start, to);
    };

    const onData = (bytes: Buffer): void => {
      const atMs = clock();
      const buffer = unread === null ? bytes : Buffer.concat([unread, bytes]);
      let at = 0;
      unread = buffer;
      if (!isHeadRead) {
        at = buffer.indexOf('\r\n\r\n') + 4;
        isHeadRead = at >= 4;
      }
      while (isHeadRead) {
        let size = 0;
        let sizeEnd = at;
        while (sizeEnd < buffer.length && buffer[sizeEnd] !== carriageReturn) {
          size = size * 16 + hexValue(buffer[sizeEnd++] ?? 0);
        }
        const start = sizeEnd + 2;
        const end = start + size + 2;
        if (end > buffer.length) break;
        if (size === 0) {
          socket.off('data', onData).off('error', reject);
          resolve({ sentMs, chunksMs, doneMs });
          return;
        }
        readLines(buffer, start, start + size, atMs);
        at = end;
      }
      unread = at < buffer.length ? buffer.subarray(at) : null;
    };
    socket.on('data', onData).once('error', reject);
    const sentMs = clock();
    socket.write(request);
  });
}

/** Of an ASCII digit. */
function hexValue(code: number): number {
  return code <= 0x39 ? code - 0x30 : (code | 0x20) - 0x57;
}
