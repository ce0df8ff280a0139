import type { HistoryRun } from '../../../src/schema/history.ts';
import type { Run } from '../../../src/schema/run.ts';

const github = 'https://github.com';
/** An owner and a name, neither of them a step up a path. */
const repository = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.{1,2}$)[\w.-]{1,100}$/;
const commitHash = /^[0-9a-f]{40}$/;
const digits = /^[1-9]\d{0,19}$/;

/**
 * Where on GitHub the facts of a run's source lead to, by the fact's name. Links are put together of parts that are each
 * known to be nothing else; what a run states that is no repository, commit or number leads nowhere.
 */
export function linkSource(
  { source, campaign }: Pick<Run, 'source' | 'campaign'>,
  origin: HistoryRun['origin'],
): Map<string, string> {
  const links = new Map<string, string>();
  const own = origin?.repository ?? source.repository;
  if (own === null || !repository.test(own)) return links;
  links.set('Repository', `${github}/${own}`);
  const commit = linkCommit(own, source.sha);
  if (commit !== null) links.set('Commit', commit);
  if (source.pullRequest !== null) links.set('Pull request', `${github}/${own}/pull/${source.pullRequest}`);
  const workflowRun = origin?.workflowRun ?? campaign?.workflowRun ?? '';
  if (digits.test(workflowRun)) links.set('Workflow run', `${github}/${own}/actions/runs/${workflowRun}`);
  return links;
}

/** Where on GitHub a commit is; null where what a run states is no repository, or no commit. */
export function linkCommit(own: string | null, sha: string | null): string | null {
  if (own === null || sha === null || !repository.test(own) || !commitHash.test(sha)) return null;
  return `${github}/${own}/commit/${sha}`;
}
