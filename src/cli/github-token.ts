/** The token of a job or of a person; null where neither is set. GitHub sets a missing secret to an empty text. */
export function findGithubToken(): string | null {
  return process.env.GITHUB_TOKEN || process.env.GH_TOKEN || null;
}
