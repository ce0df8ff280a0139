import { z } from 'zod';
import type { GithubApi } from './api.ts';

/** In characters; GitHub refuses a longer one. */
export const longestComment = 65_536;

const comment = z.object({
  id: z.int(),
  html_url: z.string(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullable(),
});

const viewer = z.object({ viewer: z.object({ login: z.string() }) });

/**
 * Writes the one comment that a pull request has from us: over what it said before, or as a new one. It is known by
 * the marker that it begins with and by its author, over all pages: anybody can write a marker. Should there be more
 * than one, as two jobs wrote at once, the oldest is kept.
 *
 * Who we are is asked of GraphQL, as `GET /user` refuses the token of a job. Its `viewer` is the same login as the
 * author of a comment has in REST, e.g. `github-actions[bot]`: nobody can register a name with a bracket.
 */
export async function putStickyComment(
  api: GithubApi,
  pullRequest: number,
  marker: string,
  text: string,
): Promise<{ url: string; outcome: 'created' | 'updated' }> {
  const body = `${marker}\n${text}`;
  const us = (await api.query('query { viewer { login } }', viewer)).viewer.login;
  const all = await api.list(`/issues/${pullRequest}/comments`, z.array(comment));
  const [kept, ...more] = all
    .filter((it) => it.user?.login === us && it.body?.startsWith(marker))
    .sort((a, b) => a.id - b.id);
  for (const { id } of more) await api.remove(`/issues/comments/${id}`);
  if (kept === undefined) {
    const { html_url: url } = await api.create(`/issues/${pullRequest}/comments`, { body }, comment);
    return { url, outcome: 'created' };
  }
  const { html_url: url } = await api.update(`/issues/comments/${kept.id}`, { body }, comment);
  return { url, outcome: 'updated' };
}
