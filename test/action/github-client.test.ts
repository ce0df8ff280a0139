import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GithubApi, openGithubApi } from '../../src/store/github/api.ts';
import { findWaitSeconds } from '../../src/store/github/try-again.ts';
import { goodToken } from './github-api.ts';
import { type PullRequestApi, startPullRequestApi } from './pull-request-api.ts';

const now = new Date('2026-11-24T01:30:00Z');
const reset = String(now.getTime() / 1000 + 90);

it.each<[string, number, Record<string, string>, string, number | null]>([
  ['retry-after', 403, { 'retry-after': '7' }, '', 7],
  ['retry-after, before a reset', 429, { 'retry-after': '7', 'x-ratelimit-remaining': '0' }, '', 7],
  ['a used-up limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }, '', 90],
  [
    'a limit that is not used up',
    403,
    { 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': reset },
    '',
    null,
  ],
  ['a secondary limit without a header', 403, {}, 'You have exceeded a secondary rate limit.', 60],
  ['too many requests', 429, {}, '', 60],
  ['a date in retry-after', 403, { 'retry-after': 'Tue, 24 Nov 2026 01:31:00 GMT' }, '', null],
  ['no permission', 403, {}, 'Resource not accessible by integration', null],
  ['a server in trouble, the third time', 502, {}, '', 4],
  ['not found', 404, { 'retry-after': '7' }, '', null],
])('findWaitSeconds: %s', (_, status, headers, message, expected) => {
  expect(findWaitSeconds({ status, headers, message }, 3, true, now)).toBe(expected);
});

it('does not ask again what may have been done', () => {
  expect(findWaitSeconds({ status: 502, headers: {}, message: '' }, 1, false, now)).toBeNull();
  expect(findWaitSeconds({ status: 403, headers: { 'retry-after': '7' }, message: '' }, 1, false, now)).toBe(
    7,
  );
});

describe('the client', () => {
  let fake: PullRequestApi;
  let api: GithubApi;
  let waits: number[];
  beforeEach(async () => {
    fake = await startPullRequestApi();
    waits = [];
    api = openGithubApi(
      { repository: fake.repository, apiUrl: fake.url, token: goodToken, graphqlUrl: `${fake.url}/graphql` },
      async (seconds) => waits.push(seconds),
    );
  });
  afterEach(() => fake.close());

  const any = z.array(z.unknown());
  const asked = 'GET /issues/12/comments';
  const list = () => api.list('/issues/12/comments', any);

  it('waits as it is told, and tries again', async () => {
    fake.refusals.push({ asked, status: 403, headers: { 'retry-after': '7' } }, { asked, status: 503 });
    expect(await list()).toEqual([]);
    expect(waits).toEqual([7, 2]);
  });

  it('gives up after four times', async () => {
    for (let n = 0; n < 5; n++) fake.refusals.push({ asked, status: 503, message: 'Back ::soon::' });
    await expect(list()).rejects.toThrow(
      'GitHub answered 503 to GET /repos/acme/llm-bench/issues/12/comments (Back ::soon::). It asks to wait 8 seconds: run the job again later.',
    );
    expect(waits).toEqual([1, 2, 4]);
  });

  it('does not wait an hour', async () => {
    fake.refusals.push({ asked, status: 403, headers: { 'retry-after': '3600' } });
    await expect(list()).rejects.toThrow('It asks to wait 3600 seconds: run the job again later.');
    expect(waits).toEqual([]);
  });

  it('says what the token needs', async () => {
    fake.refusals.push({ asked, status: 403, message: 'Resource not accessible by integration' });
    await expect(list()).rejects.toThrow(
      /Resource not accessible by integration\). The token needs `actions: read`, `pull-requests: write` to comment/,
    );
  });

  it('says what GraphQL refuses, though it answers 200', async () => {
    await expect(api.query('query { nobody }', any)).rejects.toThrow(
      'GitHub refused a query: No such field.',
    );
  });
});
