import { z } from 'zod';
import { type Artifact, artifact } from '../collect-github.ts';
import type { GithubApi } from './api.ts';

const artifacts = z.object({ artifacts: z.array(artifact) }).transform((page) => page.artifacts);

/** Everything that a workflow run uploaded, in all its attempts, the newest first. */
export async function listRunArtifacts(api: GithubApi, workflowRun: number): Promise<Artifact[]> {
  const found = await api.list(`/actions/runs/${workflowRun}/artifacts`, artifacts);
  return found.sort((a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? '') || b.id - a.id);
}
