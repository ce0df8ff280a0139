import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GithubApi, openGithubApi } from '../../src/store/github/api.ts';
import { confirmPullRequest, findPullRequest } from '../../src/store/github/pull-request.ts';
import { goodToken } from './github-api.ts';
import { headSha, measuring, openForkPullRequest } from './offer-run.ts';
import { type PullRequest, type PullRequestApi, startPullRequestApi } from './pull-request-api.ts';

let fake: PullRequestApi;
let api: GithubApi;
beforeEach(async () => {
  fake = await startPullRequestApi();
  const { repository, url: apiUrl } = fake;
  api = openGithubApi({ repository, apiUrl, token: goodToken, graphqlUrl: `${apiUrl}/graphql` });
  openForkPullRequest(fake);
});
afterEach(() => fake.close());

const changePull = (changes: object) => Object.assign(fake.pullRequests[0] ?? {}, changes);
const changeHead = (changes: object) => changePull({ head: { ...fake.pullRequests[0]?.head, ...changes } });
const changeRun = (changes: object) => Object.assign(fake.runs[0] ?? {}, changes);

it('finds the pull request of a fork by repository, branch and commit', async () => {
  // Another fork's, and an older one of the same branch.
  const [ours] = fake.pullRequests as [PullRequest];
  fake.pullRequests.unshift(
    { ...ours, number: 10, head: { ...ours.head, repo: { id: 5, owner: 'alice' } } },
    { ...ours, number: 11, state: 'closed' },
  );
  expect(await findPullRequest(api, measuring)).toEqual({ number: 12, headSha });
});

it.each<[string, () => void, RegExp]>([
  ['was pushed to since', () => changeHead({ sha: 'b'.repeat(40) }), /no open .* has a1b2c3d4.* as its head/],
  ['was closed', () => changePull({ state: 'closed' }), /no open pull request has/],
  [
    'is of another repository with the same branch and commit',
    () => changeHead({ repo: { id: 78, owner: 'mallory' } }),
    /no open pull request has/,
  ],
  [
    'is one of two with the same head',
    () => fake.pullRequests.push({ ...(fake.pullRequests[0] as PullRequest), number: 13 }),
    /#12 and #13 have the same head/,
  ],
  ['is none', () => changeRun({ event: 'workflow_dispatch' }), /was started by workflow_dispatch/],
  ['has lost its repository', () => changeRun({ head_repository: null }), /was deleted/],
])('finds none where the pull request %s', async (_, change, reason) => {
  change();
  expect(await findPullRequest(api, measuring)).toEqual({ reason: expect.stringMatching(reason) });
});

it('looks whether a pull request still has its head', async () => {
  expect(await confirmPullRequest(api, 12, headSha)).toEqual({ number: 12, headSha });
  expect(await confirmPullRequest(api, 12, 'c'.repeat(40))).toEqual({
    reason: `pull request #12 was pushed to since: its head is ${headSha}, not ${'c'.repeat(40)}`,
  });
});
