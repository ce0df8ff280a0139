import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
