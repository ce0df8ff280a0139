import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BlobHost {
  /** Serves bytes under a name, and returns their URL. */
  serve(name: string, bytes: Buffer): string;
  /** The headers of every request that came. */
  headers: IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** A host that hands out whatever bytes a test wants, and remembers what it was told. */
export async function startBlobHost(): Promise<BlobHost> {
  const blobs = new Map<string, Buffer>();
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    const bytes = blobs.get(request.url ?? '');
    response.writeHead(bytes ? 200 : 404).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    headers,
    serve(name, bytes) {
      blobs.set(`/${name}`, bytes);
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
