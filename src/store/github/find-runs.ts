import { findRunId } from '../artifacts.ts';
import { type Artifact, type GithubArtifacts, isBefore, notFound } from '../collect-github.ts';
import {
  explainEarlyMistrust,
  explainMistrust,
  type TrustRules,
  type WorkflowRun,
} from '../collect-trust.ts';
import { InputError } from '../input-error.ts';

/** An artifact that holds a run by its name, and what is to be done with it. */
export type FoundRun = { artifact: Artifact; runId: string } & Judgement;
type Judgement =
  | { kind: 'known' }
  | { kind: 'mistrusted'; reason: string }
  | { kind: 'trusted'; workflowRun: WorkflowRun };

export interface FindRules extends TrustRules {
  /** Artifacts that were made before are not looked at. */
  since: Date;
  /** Runs that need not be taken. */
  isKnown(runId: string): boolean;
}

/**
 * Finds the runs among a repository's artifacts, the newest first, those of workflow runs that are still under way
 * included. The API counts requests: a workflow run is asked about once, and one that the list rules out already, or
 * whose runs are known, not at all.
 */
export async function* findRuns(
  github: Pick<GithubArtifacts, 'list' | 'workflowRun'>,
  rules: FindRules,
): AsyncGenerator<FoundRun> {
  const asked = new Map<number, Promise<WorkflowRun | null>>();
  const ask = (id: number) => {
    const answer = asked.get(id) ?? github.workflowRun(id).catch(readMissing);
    asked.set(id, answer);
    return answer;
  };
  const judge = async ({ expired, workflow_run: listed }: Artifact, runId: string): Promise<Judgement> => {
    if (rules.isKnown(runId)) return { kind: 'known' };
    const mistrust = (reason: string) => ({ kind: 'mistrusted', reason }) as const;
    if (expired) return mistrust('it has expired');
    if (listed === null) return mistrust('GitHub does not tell which workflow run made it');
    const early = explainEarlyMistrust(listed, rules);
    if (early !== null) return mistrust(early);
    const workflowRun = await ask(listed.id);
    if (workflowRun === null) return mistrust('GitHub no longer has the workflow run that made it');
    const reason = explainMistrust(workflowRun, rules);
    return reason === null ? { kind: 'trusted', workflowRun } : mistrust(reason);
  };
  for await (const artifact of github.list(rules.since)) {
    const runId = findRunId(artifact.name);
    if (runId === null || isBefore(artifact, rules.since)) continue;
    yield { artifact, runId, ...(await judge(artifact, runId)) };
  }
}

/** A workflow run that was deleted costs its own artifacts. */
function readMissing(error: unknown): null {
  if (error instanceof InputError && error.code === notFound) return null;
  throw error;
}
