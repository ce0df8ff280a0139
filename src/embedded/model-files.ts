import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalizeModelName } from '../ollama/model-name.ts';
import { InputError } from '../store/input-error.ts';

/** A model on disk and the name it is served under. */
export interface ModelFile {
  name: string;
  path: string;
  /** Its Modelfile's text, of which the PARAMETERs count; empty where there is none. */
  modelfile: string;
}

const tinyFolder = fileURLToPath(new URL('tiny/', import.meta.url));

/** The two models that come with Herdmark: `herdmark-tiny:v1` and its upgrade `:v2`. */
export function modelsFromTiny(): Promise<ModelFile[]> {
  return Promise.all(
    ['v1', 'v2'].map(async (tag) => ({
      name: `herdmark-tiny:${tag}`,
      path: join(tinyFolder, `herdmark-tiny-${tag}.gguf`),
      modelfile: await readFile(join(tinyFolder, `${tag}.Modelfile`), 'utf8'),
    })),
  );
}

/**
 * Every `NAME.gguf` in a folder, as `NAME:latest`, with the `NAME.Modelfile` beside it if there is one.
 * @throws {InputError} where there is no such folder, or no model in it.
 */
export async function modelsFromFolder(folder: string): Promise<ModelFile[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new InputError('no-models', `${folder} cannot be read. Name a folder with .gguf files.`, { cause });
  });
  const files = names.filter((name) => name.toLowerCase().endsWith('.gguf')).toSorted();
  if (files.length === 0) {
    throw new InputError('no-models', `There is no .gguf file in ${folder}. Name a folder that has one.`);
  }
  return Promise.all(
    files.map(async (file) => {
      const stem = basename(file).slice(0, -'.gguf'.length);
      const modelfile = names.includes(`${stem}.Modelfile`)
        ? await readFile(join(folder, `${stem}.Modelfile`), 'utf8')
        : '';
      return { name: normalizeModelName(stem), path: join(folder, file), modelfile };
    }),
  );
}
