import { type Config, type ConfigInput, config } from '../schema/config.ts';
import { InputError } from './input-error.ts';
import { readYaml } from './read-yaml.ts';

/** What a command line or an action's inputs say instead of the file. Undefined leaves the file's word. */
export type ConfigOverrides = { [Key in keyof ConfigInput]?: ConfigInput[Key] | undefined };

/**
 * Reads `herdmark.yml`, if there is one, and lays the overrides over it.
 * @throws {InputError} naming the file and line, or the override, that is wrong.
 */
export async function loadConfig(path: string | null, overrides: ConfigOverrides = {}): Promise<Config> {
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const overridden = Object.keys(given).length > 0;
  if (path !== null && !('models' in given)) {
    const file = await readYaml(path, 'config', config);
    return overridden ? parseOverrides({ ...file, ...given }) : file;
  }
  const file = path === null ? {} : await readYaml(path, 'config', config.partial());
  return parseOverrides({ ...file, ...given });
}

function parseOverrides(value: unknown): Config {
  const result = config.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path: [key = '', ...rest], message, input }) =>
    key === 'models' && rest.length === 0 && input === undefined
      ? 'No model is named: give --model NAME, or a config file with models: [NAME].'
      : `${[key, ...rest].join('.')}: ${message}`,
  );
  throw new InputError('wrong-config', problems.join('\n'), { cause: result.error });
}
