import type { SiteNight } from '../data/contract.ts';
import { linkCommit } from './run-links.ts';

/** Which repository a line was measured of, from one of its nights on: of most lines there is one stretch. */
export interface RepositoryStretch {
  /** Index into the nights of the line. */
  from: number;
  repository: string | null;
}

export function listRepositories(nights: readonly Pick<SiteNight, 'repository'>[]): RepositoryStretch[] {
  return nights.flatMap(({ repository }, from) =>
    from > 0 && nights[from - 1]?.repository === repository ? [] : [{ from, repository }],
  );
}

/** Where on GitHub the commit of a night is; null where that is not known. */
export function linkCommitOf(
  repositories: readonly RepositoryStretch[],
  night: number,
  sha: string | null | undefined,
): string | null {
  const stretch = repositories.findLast(({ from }) => from <= night);
  return linkCommit(stretch?.repository ?? null, sha ?? null);
}
