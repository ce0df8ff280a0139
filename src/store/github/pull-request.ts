import { z } from 'zod';
import type { GithubApi } from './api.ts';

/** A pull request that something may be said to, or why there is none. */
export type FoundPullRequest = { number: number; headSha: string } | { reason: string };

const workflowRun = z.object({
  event: z.string(),
  head_sha: z.string(),
  head_branch: z.string().nullable(),
  head_repository: z.object({ id: z.int(), owner: z.object({ login: z.string() }) }).nullable(),
});

const pullRequest = z.object({
  number: z.int().positive(),
  head: z.object({ sha: z.string(), repo: z.object({ id: z.int() }).nullable() }),
});

/**
 * Finds the pull request that a workflow run was started by. GitHub tells it for no run of a fork, so that it is
 * looked up by what GitHub does tell: the head's repository, branch and commit. All three have to be the same, and
 * nothing that the run uploaded is asked.
 */
export async function findPullRequest(api: GithubApi, runId: number): Promise<FoundPullRequest> {
  const run = await api.get(`/actions/runs/${runId}`, workflowRun);
  const { event, head_sha: sha, head_branch: branch, head_repository: repository } = run;
  if (event !== 'pull_request') return { reason: `workflow run ${runId} was started by ${event}` };
  if (repository === null || branch === null) return { reason: 'the head of the pull request was deleted' };

  const head = encodeURIComponent(`${repository.owner.login}:${branch}`);
  const open = await api.list(`/pulls?state=open&head=${head}`, z.array(pullRequest));
  const found = open.filter((it) => it.head.sha === sha && it.head.repo?.id === repository.id);
  const [only, another] = found;
  if (only === undefined) {
    return { reason: `no open pull request has ${sha} as its head: it was closed, or pushed to since` };
  }
  if (another !== undefined) {
    const numbers = found.map(({ number }) => `#${number}`).join(' and ');
    return { reason: `the pull requests ${numbers} have the same head, ${sha}` };
  }
  return { number: only.number, headSha: sha };
}

/** Looks whether a pull request, as the event of this job tells it, still has the head that was measured. */
export async function confirmPullRequest(
  api: GithubApi,
  number: number,
  sha: string,
): Promise<FoundPullRequest> {
  const { head } = await api.get(`/pulls/${number}`, pullRequest);
  return head.sha === sha
    ? { number, headSha: sha }
    : { reason: `pull request #${number} was pushed to since: its head is ${head.sha}, not ${sha}` };
}
