import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import createConnector from 'undici/lib/core/connect.js';

/** The client's clock, and what it said at its sockets. */
export interface Marks {
  now(): number;
  /** Bytes were last handed to the system. */
  wroteMs: number;
  /** The system handed over the bytes that undici is parsing. */
  arrivedMs: number;
}

/**
 * Opens connections that are marked where bytes enter and leave the process: around them, undici's own work would be
 * in every time. It writes a request and parses what arrived in one go, within the call of a handler: until that
 * returns, the marks are of the handler's own bytes.
 */
export function connectMarked(marks: Marks): buildConnector.connector {
  const connect = createConnector({ allowH2: false });
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      markSocket(socket, marks);
      callback(null, socket);
    });
}

/** Through the methods that a stream is implemented by: they are the last before the system, and the first after it. */
function markSocket(socket: Socket, marks: Marks): void {
  const { push, _write, _writev } = socket;
  let arrivedMs = Number.NaN;
  socket.push = (...bytes) => {
    arrivedMs = marks.now();
    return push.apply(socket, bytes);
  };
  // Before undici's own listener, which parses them.
  socket.on('readable', () => {
    marks.arrivedMs = arrivedMs;
  });
  socket._write = (...bytes) => {
    marks.wroteMs = marks.now();
    _write.apply(socket, bytes);
  };
  if (_writev === undefined) return;
  socket._writev = (...bytes) => {
    marks.wroteMs = marks.now();
    _writev.apply(socket, bytes);
  };
}
