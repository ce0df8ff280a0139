import { once } from 'node:events';
import { createServer } from 'node:http';
import sirv from 'sirv';
import type { Log } from '../core/log.ts';

const firstPort = 4173;

/** Serves a folder on this machine until Ctrl-C, on the first port that is free. */
export async function serveFolder(folder: string, log: Log): Promise<void> {
  const server = createServer(sirv(folder));
  for (let port = firstPort; !server.listening; port++) await listen(server, port);
  const address = server.address();
  log.info(
    `Serving ${folder} on http://127.0.0.1:${typeof address === 'object' ? address?.port : firstPort}/ (Ctrl-C to stop)`,
  );
  await once(process, 'SIGINT');
  server.close();
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
  }
}
