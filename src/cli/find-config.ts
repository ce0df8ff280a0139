import { existsSync } from 'node:fs';

const defaultConfig = 'herdmark.yml';

/** The config that was asked for, else herdmark.yml where there is one, else none. */
export function findConfig(asked: string | undefined): string | null {
  return asked ?? (existsSync(defaultConfig) ? defaultConfig : null);
}
