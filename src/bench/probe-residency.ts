import type { Log } from '../core/log.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { OllamaClient, RunningModel } from '../ollama/client.ts';
import { OllamaError } from '../ollama/errors.ts';
import { pickLoaded, unloadModel } from './model-lifetime.ts';
import type { ResolvedVariant } from './resolve-variants.ts';
import { keepAlive } from './take-sample.ts';

interface ProbePorts {
  client: Pick<OllamaClient, 'ps' | 'load' | 'unload'>;
  log: Log;
  signal: AbortSignal;
}

/**
 * Whether the two models of every pair stay in memory together, wholly on the GPU where there is one: they are loaded,
 * looked at and unloaded. Where somebody uses the server it is not tried; two tags of one model share what is loaded.
 */
export async function stayTogether(
  pairs: readonly { base: ResolvedVariant; head: ResolvedVariant }[],
  ports: ProbePorts,
): Promise<boolean> {
  for (const { base, head } of pairs) {
    if (base.digest === head.digest) return false;
    if ((await ports.client.ps()).length > 0) return false;
    if (!(await fitTogether(base, head, ports))) {
      ports.log.info(
        `${base.name} and ${head.name} do not stay in memory together: they are measured in turns.`,
      );
      return false;
    }
  }
  return true;
}

async function fitTogether(
  base: ResolvedVariant,
  head: ResolvedVariant,
  ports: ProbePorts,
): Promise<boolean> {
  const { client, signal } = ports;
  try {
    for (const { name, options, capabilities } of [base, head]) {
      await client.load(name, { options, keepAlive, embeds: embedsOnly(capabilities), signal });
    }
    const inMemory = await client.ps();
    return [base, head].every((it) => isWhole(pickLoaded(inMemory, it), it));
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    // What cannot be loaded says so in its own load, later.
    ports.log.info(`Whether they fit could not be told: ${toPlainLine(error.message)}`);
    return false;
  } finally {
    for (const { name } of [base, head]) await unloadModel(name, ports);
  }
}

function isWhole(loaded: RunningModel | undefined, { digest }: ResolvedVariant): boolean {
  if (loaded === undefined || loaded.digest !== digest) return false;
  const { sizeBytes, vramBytes } = loaded;
  return sizeBytes === null || !vramBytes || vramBytes >= sizeBytes;
}

function embedsOnly(capabilities: readonly string[]): boolean {
  return capabilities.includes('embedding') && !capabilities.includes('completion');
}
