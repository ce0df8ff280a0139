import { z } from 'zod';

/** What the API tells of a workflow run, as far as it decides whether its artifacts may enter the history. */
export const workflowRun = z.object({
  id: z.int(),
  run_attempt: z.int().positive().nullish().describe('The latest'),
  event: z.string(),
  path: z.string(),
  head_branch: z.string().nullable(),
  repository: z.object({ id: z.int() }),
  head_repository: z.object({ id: z.int() }).nullable(),
});
export type WorkflowRun = z.infer<typeof workflowRun>;

export interface TrustRules {
  branch: string;
  /** Paths of workflows, e.g. `.github/workflows/nightly.yml`. */
  workflows: readonly string[];
}

/** What the list of artifacts tells of the workflow run that made one. */
export interface ListedRun {
  repository_id?: number | null | undefined;
  head_repository_id?: number | null | undefined;
  head_branch?: string | null | undefined;
}

const trustedEvents = ['schedule', 'push', 'workflow_dispatch'];

/**
 * Why what a workflow run uploaded stays out of the history; null if it may enter.
 * A repository's artifacts include those of pull requests from forks, whose branch may be called `main` as well:
 * only what the API itself says is believed, never what an artifact says.
 */
export function explainMistrust(run: WorkflowRun, { branch, workflows }: TrustRules): string | null {
  if (run.head_repository?.id !== run.repository.id) return 'it comes from a fork';
  if (!trustedEvents.includes(run.event)) return `its workflow was started by ${run.event}`;
  if (run.head_branch !== branch) return `it comes from branch ${run.head_branch}, not ${branch}`;
  const path = run.path.replace(/@.*$/, '');
  if (!workflows.includes(path)) return `workflow ${path} is not among ${workflows.join(', ')}`;
  return null;
}

/**
 * The same by what the list of artifacts tells already, which costs no request: pull requests fall to it. null: the
 * workflow run has to be asked about. What the list does not tell speaks against nobody.
 */
export function explainEarlyMistrust(listed: ListedRun, { branch }: TrustRules): string | null {
  const { repository_id: repository, head_repository_id: head, head_branch: headBranch } = listed;
  if (typeof repository === 'number' && typeof head === 'number' && head !== repository)
    return 'it comes from a fork';
  if (typeof headBranch === 'string' && headBranch !== branch)
    return `it comes from branch ${headBranch}, not ${branch}`;
  return null;
}
