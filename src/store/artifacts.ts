import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { slugify } from '../core/slug.ts';

export interface ArtifactToUpload {
  name: string;
  folder: string;
  /** null: the repository's own setting. */
  retentionDays: number | null;
}

/** Ends the name of every artifact that holds a run, so that it is known by its name and never clashes. */
const runArtifactName = /-(?<runId>\d{8}t\d{6}z-[0-9a-f]{6})(?:-retry)?$/;

/** `<prefix>-<job>-<run id>`. A run id differs between jobs, attempts and the shards of a matrix, as a name must. */
export function nameArtifact(prefix: string, job: string, runId: string): string {
  return `${slugify(prefix)}-${slugify(job)}-${runId}`;
}

/** The id of the run that an artifact holds, or null for any other artifact. */
export function findRunId(artifactName: string): string | null {
  return runArtifactName.exec(artifactName)?.groups?.runId ?? null;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Why artifacts cannot be uploaded from here, and what to do; null if they can. */
export function explainNoArtifacts(env: Env): string | null {
  const { hostname } = new URL(env.GITHUB_SERVER_URL || 'https://github.com');
  if (hostname !== 'github.com' && !hostname.endsWith('.ghe.com') && !hostname.endsWith('.localhost')) {
    return `${hostname} is a GitHub Enterprise Server, which does not take these artifacts: set \`upload: false\` and keep the folder of the output \`run-path\` by other means.`;
  }
  const missing = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'].filter((name) => !env[name]);
  if (missing.length === 0) return null;
  return `${missing.join(' and ')} not set, so that artifacts cannot be uploaded: use Herdmark as an action (\`uses:\`), as \`run:\` steps are not given them, or set \`upload: false\`.`;
}

/**
 * Uploads a folder as one artifact of this workflow run and compares what was stored with what was sent.
 * @throws {Error} where it cannot be uploaded, or arrived changed.
 */
export async function uploadArtifact({
  name,
  folder,
  retentionDays,
}: ArtifactToUpload): Promise<{ id: number }> {
  // The client is most of the bundle and needed once, at the end.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const client = new DefaultArtifactClient();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sent = await client.uploadArtifact(
    name,
    files,
    folder,
    retentionDays === null ? {} : { retentionDays },
  );
  if (sent.id === undefined) throw new Error(`The artifact service gave artifact ${name} no id.`);

  const stored = (await client.getArtifact(name)).artifact.digest;
  if (stored && sent.digest && stored.replace(/^sha256:/, '') !== sent.digest) {
    throw new Error(`Artifact ${name} arrived as ${stored}, but was sent as sha256:${sent.digest}.`);
  }
  return { id: sent.id };
}
