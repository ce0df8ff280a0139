import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openGithubArtifacts } from '../../src/store/collect-github.ts';

test('a connection that breaks off is tried again', async () => {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    if (asked === 1) request.socket.destroy();
    else response.end(JSON.stringify({ id: 1, default_branch: 'main' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const github = openGithubArtifacts({ repository: 'a/b', token: null, apiUrl: `http://127.0.0.1:${port}` });
  expect(await github.defaultBranch()).toBe('main');
  expect(asked).toBe(2);
});

test('a host that cannot be reached is said with its fix', async () => {
  const github = openGithubArtifacts({ repository: 'a/b', token: null, apiUrl: 'http://127.0.0.1:1' });
  await expect(github.defaultBranch()).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:1 cannot be reached .*: check the network/,
  );
}, 20_000);

test('a download waits as long as GitHub asks it to', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (asked.length === 1) response.writeHead(429, { 'retry-after': '1' }).end('{"message":"slow down"}');
    else if (request.url?.endsWith('/zip')) response.writeHead(302, { location: `${url}/blob` }).end();
    else response.end('the zip');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = join(await mkdtemp(join(tmpdir(), 'herdmark-download-')), 'run.zip');
  const github = openGithubArtifacts({ repository: 'a/b', token: null, apiUrl: url });
  const wanted = { id: 7, name: 'r', size_in_bytes: 7, expired: false, created_at: null, workflow_run: null };
  await github.download(wanted, path, 100);
  expect(await readFile(path, 'utf8')).toBe('the zip');
  expect(asked.map((it) => it.split('/').at(-1))).toEqual(['zip', 'zip', 'blob']);
});
