import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactService } from './artifact-service.ts';
import type { PullRequestApi } from './pull-request-api.ts';
import { type Job, startJob } from './run-action.ts';

/** A job of a workflow run, with an event, that meets the given GitHub. */
export async function startGithubJob(
  { api, service }: { api: PullRequestApi; service: ArtifactService },
  workflowRun: number,
  event: object,
  env: Record<string, string>,
): Promise<Job> {
  // Nobody checks the signature but GitHub: the client only reads which run and job it speaks for.
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const scp = `Actions.Results:run-${workflowRun}:job-1`;
  const job = await startJob({
    ACTIONS_RUNTIME_TOKEN: `${part({ alg: 'none' })}.${part({ scp })}.`,
    ACTIONS_RESULTS_URL: service.url,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: api.url,
    GITHUB_GRAPHQL_URL: `${api.url}/graphql`,
    GITHUB_REPOSITORY: api.repository,
    GITHUB_RUN_ID: String(workflowRun),
    GITHUB_RUN_ATTEMPT: '1',
    ...env,
  });
  job.env.GITHUB_EVENT_PATH = join(job.workspace, 'event.json');
  await writeFile(job.env.GITHUB_EVENT_PATH, JSON.stringify(event));
  return job;
}
