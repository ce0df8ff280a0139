import { InputError } from '../store/input-error.ts';
import { parseParameter, type RawOptions } from './options.ts';

/**
 * The PARAMETERs of a Modelfile. A repeated `stop` adds to the list; of other repeated ones the last counts.
 * @throws {InputError} for a parameter that does not exist or has no value that makes sense.
 */
export function parseParameters(modelfile: string, fileName: string): RawOptions {
  const options: RawOptions = {};
  // Templates may hold anything, lines that look like parameters included.
  const withoutBlocks = modelfile.replace(/"""[\s\S]*?"""/g, '');
  for (const [, name = '', rest = ''] of withoutBlocks.matchAll(/^\s*PARAMETER\s+(\S+)\s+(.+?)\s*$/gim)) {
    const value = parseParameter(name, unquote(rest));
    if (value === null || Number.isNaN(value)) {
      throw new InputError(
        'bad-modelfile',
        `${fileName}: PARAMETER ${name} ${rest} is not one that the engine knows. Remove or correct it.`,
      );
    }
    const earlier = options[name];
    options[name] = Array.isArray(value) && Array.isArray(earlier) ? [...earlier, ...value] : value;
  }
  return options;
}

/** Parameters as `ollama show` prints them: one a line, in two columns, strings quoted. */
export function renderParameters(options: RawOptions): string {
  return Object.entries(options)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const))
    .map(([name, value]) => `${name.padEnd(30)} ${typeof value === 'string' ? JSON.stringify(value) : value}`)
    .join('\n');
}

function unquote(text: string): string {
  return /^"(.*)"$/s.exec(text)?.[1] ?? text;
}
