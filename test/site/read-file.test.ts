import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModelPages } from '../../site/src/client/history/model-pages.ts';
import { openHistory } from '../../site/src/client/history/open-history.ts';
import { DataError, explainError, readJsonFile } from '../../site/src/client/history/read-file.ts';

const json = JSON.stringify({ words: 'Grüße' });
const answers: Record<string, { status?: number; headers?: Record<string, string>; body: string | Buffer }> =
  {
    '/plain.json': { body: json },
    '/packed.json.gz': { body: gzipSync(json) },
    // As a server sends it that knows of the encoding: the client unpacks it before anybody sees it.
    '/encoded.json.gz': { headers: { 'content-encoding': 'gzip' }, body: gzipSync(json) },
    '/cut.json.gz': { body: gzipSync(json).subarray(0, 20) },
    '/none.json': { body: '<!doctype html>' },
    '/busy.json': { status: 503, body: '' },
    '/data/index.json': {
      body: JSON.stringify({ lines: [{ model: 'a:1', modelSlug: 'a-1' }, { model: 2 }] }),
    },
    '/data/runs/2026/11/20261101t013000z-000001.json.gz': { body: gzipSync('{"schemaVersion":"9.0"}') },
  };
let server: Server;
let url: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer(({ url: path = '' }, response) => {
    asked.push(path);
    const { status = 200, headers = {}, body } = answers[path] ?? { status: 404, body: '' };
    response.writeHead(status, headers).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => {
  server.close();
});

describe('a file of the site', () => {
  test.each(['/plain.json', '/packed.json.gz', '/encoded.json.gz'])('%s is read', async (path) => {
    await expect(readJsonFile(url + path)).resolves.toEqual({ words: 'Grüße' });
  });

  test.each([
    ['/nowhere.json', 'missing'],
    ['/busy.json', 'unreachable'],
    ['/cut.json.gz', 'damaged'],
    ['/none.json', 'damaged'],
  ])('%s is %s', async (path, code) => {
    await expect(readJsonFile(url + path)).rejects.toMatchObject({ name: 'DataError', code });
  });

  test('that cannot be reached says what to do', async () => {
    const error = await readJsonFile('http://127.0.0.1:1/x.json').catch((it: unknown) => it);
    expect(error).toBeInstanceOf(DataError);
    expect(explainError(error)).toContain('Check the connection, then try again.');
  });
});

describe('a history', () => {
  test('of a newer Herdmark says so', async () => {
    const history = openHistory(`${url}/data/`);
    await expect(history.run('20261101t013000z-000001')).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining('update Herdmark'),
    });
  });

  test('without samples of a run has null for them, and is asked again', async () => {
    const history = openHistory(`${url}/data/`);
    asked.length = 0;
    const samples = () => history.samples('20261101t013000z-000002');
    expect([await samples(), await samples()]).toEqual([null, null]);
    expect(asked).toHaveLength(2);
  });

  test('is asked for a document once at a time', async () => {
    const history = openHistory(`${url}/data/`);
    asked.length = 0;
    const run = () => history.run('20261101t013000z-000003').catch(() => null);
    await Promise.all([run(), run()]);
    expect(asked).toHaveLength(1);
  });
});

test('models lead to their pages, and to none without an index', async () => {
  await expect(loadModelPages(`${url}/data/`)).resolves.toEqual(new Map([['a:1', 'a-1']]));
  await expect(loadModelPages(`${url}/nowhere/`)).resolves.toEqual(new Map());
});
