import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { normalizeModelName } from '../ollama/model-name.ts';
import { type GgufFacts, readGgufFacts } from './gguf-facts.ts';
import type { ModelFile } from './model-files.ts';
import { parseParameters } from './modelfile.ts';
import type { RawOptions } from './options.ts';

/** A model under one of its names. */
export interface StoredModel {
  /** In full: `x:latest`. */
  name: string;
  path: string;
  modelfile: string;
  parameters: RawOptions;
  /** Of the file's bytes, the template and the parameters: a changed Modelfile is another model. */
  digest: string;
  modifiedAt: Date;
  facts: GgufFacts;
}

export interface ModelStore {
  /** All names, the latest first. */
  list(): Promise<StoredModel[]>;
  find(name: string): Promise<StoredModel | null>;
  /** Makes a name stand for the model of another, whatever it stood for before. False where there is no such model. */
  point(name: string, target: string): boolean;
}

interface Entry {
  name: string;
  file: ModelFile;
  parameters: RawOptions;
  /** null: as the file. */
  pointedAt: Date | null;
}

/**
 * @param now For the age of names that were pointed.
 * @throws {InputError} for a Modelfile that makes no sense.
 */
export function createModelStore(files: readonly ModelFile[], now: () => Date): ModelStore {
  const entries = new Map<string, Entry>();
  for (const file of files) {
    const parameters = parseParameters(file.modelfile, `The Modelfile of ${basename(file.path)}`);
    entries.set(keyOf(file.name), { name: file.name, file, parameters, pointedAt: null });
  }

  // A file is read and hashed once, when somebody first asks.
  const known = new Map<string, Promise<GgufFacts>>();
  const factsOf = (path: string) => {
    const facts = known.get(path) ?? readGgufFacts(path);
    known.set(path, facts);
    return facts;
  };

  const describe = async ({ name, file, parameters, pointedAt }: Entry): Promise<StoredModel> => {
    const facts = await factsOf(file.path);
    return {
      name,
      path: file.path,
      modelfile: file.modelfile || `FROM ./${basename(file.path)}\n`,
      parameters,
      digest: digestOf(facts, parameters),
      modifiedAt: pointedAt ?? facts.modifiedAt,
      facts,
    };
  };

  return {
    async list() {
      const models = await Promise.all([...entries.values()].map(describe));
      return models.toSorted((a, b) => b.modifiedAt.getTime() - a.modifiedAt.getTime());
    },
    async find(name) {
      const entry = entries.get(keyOf(name));
      return entry === undefined ? null : describe(entry);
    },
    point(name, target) {
      const entry = entries.get(keyOf(target));
      if (entry === undefined) return false;
      entries.set(keyOf(name), { ...entry, name: normalizeModelName(name), pointedAt: now() });
      return true;
    },
  };
}

/** Names are compared as Ollama compares them: in full, and without regard to case. */
export function keyOf(name: string): string {
  return normalizeModelName(name).toLowerCase();
}

function digestOf({ sha256, chatTemplate }: GgufFacts, parameters: RawOptions): string {
  const manifest = {
    model: sha256,
    template: chatTemplate,
    parameters: Object.entries(parameters).toSorted(),
  };
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}
