import { mkdtemp, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { error, notice, warning } from '@actions/core';
import type { CampaignComparison } from '../compare-folders.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import { slugify } from '../core/slug.ts';
import { toLogText } from './log.ts';

/**
 * Writes the report into a folder of its own. As an artifact that is no archive is named by its file, the name has
 * everything in it that keeps it apart from others: a name can be taken once.
 */
export async function writeReport(
  html: string,
  parts: readonly (string | number)[],
  tempDir: string,
): Promise<string> {
  const folder = await mkdtemp(join(tempDir, 'herdmark-report-'));
  const path = join(folder, `${parts.map((it) => slugify(String(it))).join('-')}.html`);
  await writeFile(path, html);
  return path;
}

/**
 * Uploads a file as it is, so that a browser opens it from the page of the workflow run.
 * @throws {Error} where it cannot be uploaded, or arrived changed.
 */
export async function uploadReport(path: string, retentionDays: number | null): Promise<{ id: number }> {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const client = new DefaultArtifactClient();
  const name = basename(path);
  const { id, digest } = await client.uploadArtifact(name, [path], join(path, '..'), {
    skipArchive: true,
    ...(retentionDays === null ? {} : { retentionDays }),
  });
  if (id === undefined) throw new Error(`The artifact service gave artifact ${name} no id.`);
  const stored = (await client.getArtifact(name)).artifact.digest;
  if (stored && digest && stored.replace(/^sha256:/, '') !== digest) {
    throw new Error(`Artifact ${name} arrived as ${stored}, but was sent as sha256:${digest}.`);
  }
  return { id };
}

/** The platform shows no more of one step. */
const mostOfALevel = 10;
const commands = { error, warning, notice };

export function annotate(annotations: CampaignComparison['annotations']): void {
  for (const [level, command] of Object.entries(commands)) {
    const ofLevel = annotations.filter((it) => it.level === level).slice(0, mostOfALevel);
    for (const { file, line, message } of ofLevel) {
      command(toLogText(toPlainLine(message, 1000)), { file: toPlainLine(file), startLine: line });
    }
  }
}
