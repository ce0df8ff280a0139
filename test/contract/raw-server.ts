import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

export interface RawRequest {
  method: string;
  path: string;
  body: string;
}

export interface RawServer {
  baseUrl: string;
  requests: RawRequest[];
  /** How many connections are open. */
  connections(): number;
  stop(): Promise<void>;
}

/** A TCP server on loopback that knows enough HTTP to hear a request out; every byte of the answer is the test's. */
export async function startRawServer(
  answer: (socket: Socket, request: RawRequest) => void | Promise<void>,
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const requests: RawRequest[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    // A client may leave at any time; what it leaves behind is what the tests look at.
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes.toString('utf8');
      const request = parseRequest(heard);
      if (request === null) return;
      heard = '';
      requests.push(request);
      void answer(socket, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    requests,
    connections: () => sockets.size,
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** Writes pieces as packets of their own, as far as a loopback connection allows. */
export async function writePieces(socket: Socket, pieces: Iterable<Uint8Array>): Promise<void> {
  for (const piece of pieces) {
    if (socket.destroyed) return;
    socket.write(piece);
    await setImmediate();
  }
}

/** A whole HTTP reply that ends with its connection. */
export function httpReply(body: string, { status = 200, type = 'application/x-ndjson' } = {}): string {
  return `HTTP/1.1 ${status} Whatever\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
}

/** The head of a chunked reply, for answers that are written bit by bit. */
export const streamHead =
  'HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';

export function httpChunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

function parseRequest(heard: string): RawRequest | null {
  const end = heard.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [requestLine = '', ...headers] = heard.slice(0, end).split('\r\n');
  const length = headers.map((header) => /^content-length: (\d+)$/i.exec(header)?.[1]).find(Boolean);
  const body = heard.slice(end + 4);
  if (Buffer.byteLength(body) < Number(length ?? 0)) return null;
  const [method = '', path = ''] = requestLine.split(' ');
  return { method, path, body };
}
