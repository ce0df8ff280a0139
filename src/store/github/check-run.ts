import { z } from 'zod';
import type { GithubApi } from './api.ts';

/** In characters, of a summary; GitHub refuses a longer one. */
export const longestCheckSummary = 65_535;
/** GitHub takes no more in one request. */
const mostAnnotations = 50;

/** What GitHub shows beside the commit that was measured, and on the lines of its files. */
export interface CheckRun {
  name: string;
  headSha: string;
  conclusion: 'success' | 'neutral' | 'failure';
  title: string;
  /** Markdown. */
  summary: string;
  /** Where its details are; null: on its own page. */
  detailsUrl: string | null;
  annotations: readonly { file: string; line: number; message: string; level: 'error' | 'notice' }[];
}

const created = z.object({ html_url: z.string().nullable() });
const levels = { error: 'failure', notice: 'notice' };

/**
 * Creates a check that is already completed. Of several of one name GitHub shows the latest; one that is updated would
 * keep the annotations of before.
 * @throws {InputError} where the token may not: it needs `checks: write`.
 */
export async function createCheckRun(
  api: GithubApi,
  { name, headSha, conclusion, title, summary, detailsUrl, annotations }: CheckRun,
): Promise<{ url: string | null }> {
  const marks = annotations.slice(0, mostAnnotations).map(({ file, line, message, level }) => ({
    ...{ path: file, start_line: line, end_line: line, annotation_level: levels[level], message },
  }));
  const { html_url: url } = await api.create(
    '/check-runs',
    {
      ...{ name, head_sha: headSha, status: 'completed', conclusion },
      ...(detailsUrl === null ? {} : { details_url: detailsUrl }),
      output: { title, summary, annotations: marks },
    },
    created,
  );
  return { url };
}
