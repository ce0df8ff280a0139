import { z } from 'zod';
import type { Artifact } from '../collect-github.ts';
import type { GithubApi } from './api.ts';

const artifacts: z.ZodType<Artifact[]> = z
  .object({
    artifacts: z.array(
      z.object({
        id: z.int(),
        name: z.string(),
        size_in_bytes: z.int().nonnegative(),
        expired: z.boolean(),
        created_at: z.iso.datetime().nullable(),
        digest: z.string().nullish(),
        workflow_run: z.object({ id: z.int() }).nullable(),
      }),
    ),
  })
  .transform((page) => page.artifacts);

/** Everything that a workflow run uploaded, in all its attempts, the newest first. */
export async function listRunArtifacts(api: GithubApi, workflowRun: number): Promise<Artifact[]> {
  const found = await api.list(`/actions/runs/${workflowRun}/artifacts`, artifacts);
  return found.sort((a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? '') || b.id - a.id);
}
