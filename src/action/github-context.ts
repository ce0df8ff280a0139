import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Environment, Run } from '../schema/run.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What the platform tells of the job. */
export interface GithubContext extends Pick<Run, 'source' | 'campaign'> {
  runner: Environment['runner'];
  job: string;
  /** The page of the workflow run; null where it is not known. */
  runUrl: string | null;
}

const pullRequestEvent = z.object({ pull_request: z.object({ number: z.int().positive() }) });

/** Reads the variables and the event that the runner gives to every step. */
export async function readGithubContext(env: Env): Promise<GithubContext> {
  const of = (name: string) => env[name] || null;
  const repository = of('GITHUB_REPOSITORY');
  const workflowRun = of('GITHUB_RUN_ID');
  const attempt = Number(of('GITHUB_RUN_ATTEMPT') ?? 1);
  return {
    source: {
      event: of('GITHUB_EVENT_NAME'),
      repository,
      // "owner/name/.github/workflows/nightly.yml@refs/heads/main"
      workflowPath: of('GITHUB_WORKFLOW_REF')?.replace(`${repository}/`, '').replace(/@.*$/, '') ?? null,
      ref: of('GITHUB_REF'),
      sha: of('GITHUB_SHA'),
      pullRequest: await readPullRequest(of('GITHUB_EVENT_PATH')),
    },
    campaign: workflowRun === null ? null : { id: `${workflowRun}-${attempt}`, workflowRun, attempt },
    runner: {
      // A self-hosted runner is named after its host, which nobody else needs to know.
      name: null,
      environment: of('RUNNER_ENVIRONMENT'),
      // The runner does not tell the labels that were given to it, only what the default ones are made of.
      labels: [of('RUNNER_ENVIRONMENT'), of('RUNNER_OS'), of('RUNNER_ARCH')].filter((it) => it !== null),
    },
    job: of('GITHUB_JOB') ?? 'job',
    runUrl:
      repository === null || workflowRun === null
        ? null
        : `${of('GITHUB_SERVER_URL') ?? 'https://github.com'}/${repository}/actions/runs/${workflowRun}`,
  };
}

async function readPullRequest(eventPath: string | null): Promise<number | null> {
  if (eventPath === null) return null;
  const event = pullRequestEvent.safeParse(JSON.parse(await readFile(eventPath, 'utf8')));
  return event.success ? event.data.pull_request.number : null;
}
