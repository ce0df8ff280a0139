import { Refusal } from './refusal.ts';

type Kind = 'integer' | 'float32' | 'boolean' | 'array';

/** Every option that Ollama type-checks. Those that the engine has no use for are checked and then ignored. */
const kinds: Record<string, Kind> = {
  num_ctx: 'integer',
  num_batch: 'integer',
  num_gpu: 'integer',
  main_gpu: 'integer',
  num_thread: 'integer',
  use_mmap: 'boolean',
  num_keep: 'integer',
  num_predict: 'integer',
  seed: 'integer',
  stop: 'array',
  temperature: 'float32',
  top_k: 'integer',
  top_p: 'float32',
  min_p: 'float32',
  typical_p: 'float32',
  repeat_last_n: 'integer',
  repeat_penalty: 'float32',
  presence_penalty: 'float32',
  frequency_penalty: 'float32',
};

/** Ollama's defaults, but for `num_thread`: on a small shared machine a second thread waits more than it works. */
const defaults = {
  num_ctx: 4096,
  num_thread: 1,
  num_keep: 4,
  num_predict: -1,
  seed: -1,
  temperature: 0.8,
  top_k: 40,
  top_p: 0.9,
  min_p: 0,
  repeat_last_n: 64,
  repeat_penalty: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
};

export type EngineOptions = typeof defaults & { stop: string[] };

/** An option's value as a Modelfile or a request gives it. */
export type RawOptions = Record<string, unknown>;

/**
 * The options of one request: its own, over those of the model, over the defaults. Unknown ones are ignored.
 * @throws {Refusal} 500 for a value of the wrong type: that is what Ollama answers.
 */
export function resolveOptions(ofModel: RawOptions, ofRequest: RawOptions): EngineOptions {
  const given = { ...checked(ofModel), ...checked(ofRequest) };
  // A cast, because a check per option name is what the table is there to spare.
  const numbers = Object.fromEntries(
    Object.entries(defaults).map(([name, standard]) => [name, given[name] ?? standard]),
  ) as typeof defaults;
  const stop = given.stop;
  return { ...numbers, stop: isStrings(stop) ? stop : [] };
}

/** Reads one PARAMETER of a Modelfile, whose values are all text. null where there is no such option. */
export function parseParameter(name: string, text: string): unknown {
  switch (kinds[name]) {
    case 'array':
      return [text];
    case 'boolean':
      return text === 'true';
    case 'integer':
    case 'float32':
      return Number(text);
    case undefined:
      return null;
  }
}

function checked(options: RawOptions): RawOptions {
  const known = Object.entries(options).filter(([name, value]) => name in kinds && value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, check(name, kinds[name], value)]));
}

function check(name: string, kind: Kind | undefined, value: unknown): unknown {
  const quoted = JSON.stringify(name);
  if (kind === 'integer' && typeof value === 'number') return Math.trunc(value);
  if (kind === 'float32' && typeof value === 'number') return value;
  if (kind === 'boolean' && typeof value === 'boolean') return value;
  if (kind === 'array' && Array.isArray(value)) {
    if (isStrings(value)) return value;
    throw new Refusal(500, `option ${quoted} must be of an array of strings`);
  }
  throw new Refusal(500, `option ${quoted} must be of type ${kind}`);
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
