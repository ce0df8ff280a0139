import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../schema/config.ts';
import { type ConfigLines, findConfigLines } from './config-lines.ts';
import { type ConfigOverrides, loadConfig } from './load-config.ts';
import { type LoadedPromptSet, loadPromptSet } from './load-prompt-set.ts';
import { stayWithin } from './stay-within.ts';

export interface BenchInputs {
  config: Config;
  promptSet: LoadedPromptSet;
  /** Where the config asks for its models; null where there is no file. */
  configLines: ConfigLines | null;
}

const defaultConfig = 'herdmark.yml';

/**
 * Loads what a benchmark is to measure: the config that was asked for, else herdmark.yml where there is one, with the
 * overrides over it; and its prompt set, whose path counts from where it was written: the config or the command.
 * @param within the folder that the config and the prompt set must lie in; null: any.
 * @throws {InputError}
 */
export async function loadBenchInputs(
  asked: string | null,
  overrides: ConfigOverrides,
  within: string | null = null,
): Promise<BenchInputs> {
  const path = asked ?? (existsSync(defaultConfig) ? defaultConfig : null);
  if (path !== null) await stayWithin(within, path);
  const config = await loadConfig(path, overrides);
  const folder = path === null || overrides.prompts !== undefined ? '.' : dirname(path);
  const configLines = path === null ? null : await findConfigLines(path);
  return { config, promptSet: await loadPromptSet(config.prompts, folder, within), configLines };
}
