import { spawn } from 'node:child_process';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { git } from './history-fixture.ts';

export interface GitHttpHost {
  /** Of the server. */
  origin: string;
  /** Of a repository in its folder. */
  urlOf(name: string): string;
  /** Let the next push happen, and lose the answer to it. */
  losesNextPush: boolean;
  requests: { path: string; headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

/** Git's own server for HTTP, for who shows the right credentials. */
export async function startGitHttpHost(repository: string, authorization: string): Promise<GitHttpHost> {
  const requests: GitHttpHost['requests'] = [];
  git(`--git-dir=${repository}`, 'config', 'http.receivepack', 'true');
  const host = { losesNextPush: false };
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    requests.push({ path: pathname, headers: request.headers });
    if (request.headers.authorization !== authorization) {
      response.writeHead(403).end();
      return;
    }
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        ...{ GIT_PROJECT_ROOT: dirname(repository), GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: pathname },
        ...{ REQUEST_METHOD: request.method, QUERY_STRING: search.slice(1), REMOTE_USER: 'test' },
        CONTENT_TYPE: request.headers['content-type'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        GIT_PROTOCOL: request.headers['git-protocol'] as string | undefined,
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.on('close', () => {
      if (host.losesNextPush && request.method === 'POST' && pathname.endsWith('/git-receive-pack')) {
        host.losesNextPush = false;
        response.destroy();
        return;
      }
      const all = Buffer.concat(chunks);
      const end = all.indexOf('\r\n\r\n');
      const fields = all
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line) => line.split(': ') as [string, string]);
      const { Status: status = '200', ...headers } = Object.fromEntries(fields);
      response.writeHead(Number.parseInt(status, 10), headers).end(all.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(host, {
    origin,
    urlOf: (name: string) => `${origin}/${name}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
