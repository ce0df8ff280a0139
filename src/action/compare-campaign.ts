import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { GithubApi } from '../store/github/api.ts';
import { confirmPullRequest, type FoundPullRequest, findPullRequest } from '../store/github/pull-request.ts';
import { InputError } from '../store/input-error.ts';
import type { GithubContext } from './github-context.ts';

/** What was measured together: the artifacts of one workflow run. */
export interface Campaign {
  workflowRun: number;
  /** Whether this job is of that workflow run itself. */
  isOwnRun: boolean;
  /** Where to say what was found. */
  pullRequest: FoundPullRequest;
}

const event = z.object({
  pull_request: z.object({ number: z.int().positive(), head: z.object({ sha: z.string() }) }).optional(),
  workflow_run: z.object({ id: z.int().positive() }).optional(),
});

/**
 * Finds out which workflow run is compared, and for which pull request. What it is, the event of this job or GitHub's
 * API say, and never an artifact: the workflow of a fork may upload whatever it likes.
 * @param asked the workflow run that the inputs name, if they do.
 * @throws {InputError}
 */
export async function findCampaign(
  api: GithubApi,
  { campaign }: Pick<GithubContext, 'campaign'>,
  eventPath: string | undefined,
  asked: number | null,
): Promise<Campaign> {
  const given = event.parse(eventPath ? JSON.parse(await readFile(eventPath, 'utf8')) : {});
  const own = campaign === null ? null : Number(campaign.workflowRun);
  const workflowRun = asked ?? given.workflow_run?.id ?? own;
  if (workflowRun === null) {
    throw new InputError(
      'no-workflow-run',
      'Input workflow-run: there is no current workflow run, so name the one whose artifacts are to be compared.',
    );
  }
  const { pull_request: pull } = given;
  const isOwnRun = workflowRun === own;
  if (!isOwnRun) return { workflowRun, isOwnRun, pullRequest: await findPullRequest(api, workflowRun) };
  return {
    ...{ workflowRun, isOwnRun },
    pullRequest:
      pull === undefined
        ? { reason: 'this workflow run was not started by a pull request' }
        : await confirmPullRequest(api, pull.number, pull.head.sha),
  };
}
