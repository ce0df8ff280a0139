import { keptNameOf, listStale } from '../core/kept-models.ts';
import type { Log } from '../core/log.ts';
import { formatDigest } from '../core/render/format.ts';
import type { OllamaClient } from '../ollama/client.ts';
import { sameModel } from '../ollama/model-name.ts';
import type { Config } from '../schema/config.ts';

export interface PullPorts {
  client: Pick<OllamaClient, 'tags' | 'pull' | 'copy' | 'remove'>;
  log: Log;
  signal: AbortSignal;
}

/**
 * Pulls what the config wants pulled. With `always` the model that a tag stands for is first kept under a name of ours,
 * so that it can still be measured once the tag has moved; of the kept ones the last few stay, and no other is touched.
 */
export async function pullModels(
  names: readonly string[],
  { pull, keep }: Pick<Config, 'pull' | 'keep'>,
  ports: PullPorts,
): Promise<void> {
  if (pull === false) return;
  const { client, log } = ports;
  for (const name of new Set(names)) {
    const before = (await client.tags()).find((tag) => sameModel(tag.name, name));
    if (before !== undefined && pull !== 'always') continue;
    if (before !== undefined) await client.copy(before.name, keptNameOf(name, before.digest));
    await pullOne(name, ports);
    const tags = await client.tags();
    const after = tags.find((tag) => sameModel(tag.name, name));
    if (after === undefined || before === undefined) continue;
    if (after.digest !== before.digest) {
      log.info(
        `${name} has moved: ${formatDigest(before.digest)} → ${formatDigest(after.digest)}. The one before is kept: \`herdmark bench --against kept\` holds the two against each other.`,
      );
    }
    for (const stale of listStale(name, after.digest, tags, keep)) await client.remove(stale.name);
  }
}

async function pullOne(name: string, { client, log, signal }: PullPorts): Promise<void> {
  log.info(`Pulling ${name} …`);
  let lastPercent = 0;
  await client.pull(name, {
    signal,
    onProgress: ({ completed, total }) => {
      const percent = total ? Math.floor(((completed ?? 0) / total) * 10) * 10 : 0;
      if (percent > lastPercent) log.info(`Pulling ${name}: ${percent} %`);
      lastPercent = Math.max(lastPercent, percent);
    },
  });
}
