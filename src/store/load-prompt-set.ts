import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { hashJson } from '../core/hash.ts';
import { sha256 } from '../schema/primitives.ts';
import { type PromptSet, promptSet } from '../schema/prompt-set.ts';
import { sha256Text } from './hash-text.ts';
import { InputError } from './input-error.ts';
import { loadImages } from './load-images.ts';
import { packageRoot } from './package-root.ts';
import { readYaml } from './read-yaml.ts';
import { stayWithin } from './stay-within.ts';

/** A prompt set with its identity: id + version + hash of its content. */
export interface LoadedPromptSet extends PromptSet {
  hash: string;
  path: string;
  /** The set as it is hashed and stored in a run's inputs: with the content of its images. */
  document: PromptSet;
}

/** `{"core@1": "sha256:…"}`, beside the sets: what was published under which version. */
const published = z.record(z.string(), sha256);
type Published = z.infer<typeof published>;
const publishedFile = 'published.json';

/**
 * Loads a built-in set (`core`, or `core@1`) or the file at a path relative to `folder`.
 * @param within the folder that a file, and the images it names, must lie in; null: any.
 * @throws {InputError} where it is wrong, or where it was published and has changed since.
 */
export async function loadPromptSet(
  nameOrPath: string,
  folder: string,
  within: string | null = null,
): Promise<LoadedPromptSet> {
  const isFile = /\.ya?ml$/.test(nameOrPath);
  const path = isFile ? resolve(folder, nameOrPath) : await findBuiltIn(nameOrPath);
  if (isFile) await stayWithin(within, path);
  const known = await readPublished(path);
  const set = await readYaml(path, 'prompt set', writtenSet(dirname(path), within, known));
  const loaded = { ...set, hash: hashJson(set, sha256Text), path, document: set };
  const hash = known[versionOf(set)];
  if (hash !== undefined && hash !== loaded.hash) {
    throw new InputError(
      'published-set-changed',
      `${path}: version ${set.version} of "${set.id}" was published as ${hash} and is now ${loaded.hash}. Runs made before ` +
        `would no longer be comparable. Restore it, or save it as ${set.id}.v${set.version + 1}.yaml with version: ${set.version + 1}.`,
    );
  }
  return loaded;
}

/**
 * A set as people write it: its images are files, and what its checks judge must be there to be judged. Of a published
 * set that was found out when it was published.
 */
function writtenSet(folder: string, within: string | null, known: Published) {
  return promptSet.transform(async (set, context) => {
    const report = (path: (string | number)[], message: string, input?: string) =>
      context.addIssue({ code: 'custom', path, message, input });
    if (!(versionOf(set) in known)) {
      const { findCheckProblems } = await import('../core/checks/find-check-problems.ts');
      set.prompts.forEach((prompt, at) => {
        for (const { index, message } of findCheckProblems(prompt)) {
          report(['prompts', at, 'checks', index], message);
        }
      });
    }
    return loadImages(set, folder, within, report);
  });
}

/** Records a set as published: from then on its version cannot be changed. */
export async function publishPromptSet(nameOrPath: string, folder: string): Promise<LoadedPromptSet> {
  const set = await loadPromptSet(nameOrPath, folder);
  const all = { ...(await readPublished(set.path)), [versionOf(set)]: set.hash };
  await writeFile(join(dirname(set.path), publishedFile), `${JSON.stringify(all, null, 2)}\n`);
  return set;
}

function versionOf({ id, version }: Pick<PromptSet, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

async function readPublished(setPath: string): Promise<Published> {
  const path = join(dirname(setPath), publishedFile);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {};
    throw new InputError('unreadable-file', `${path}: cannot be read.`, { cause });
  }
  try {
    return published.parse(JSON.parse(text));
  } catch (cause) {
    throw new InputError(
      'wrong-published-sets',
      `${path}: expected {"<id>@<version>": "sha256:…"}. Restore it.`,
      { cause },
    );
  }
}

/** `core` is the newest version of the set, `core@1` that one. */
async function findBuiltIn(name: string): Promise<string> {
  const folder = join(packageRoot(), 'prompts');
  const [id = name, version] = name.split('@');
  const available = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort(byVersion);
  const found = available.findLast(
    (file) => file.startsWith(`${id}.v`) && (version === undefined || file === `${id}.v${version}.yaml`),
  );
  if (found === undefined) {
    const names = available.map((file) => basename(file, '.yaml').replace('.v', '@')).join(', ');
    throw new InputError(
      'no-such-prompt-set',
      `"${name}" is no built-in prompt set (there is ${names}) and no path of a .yaml file.`,
    );
  }
  return join(folder, found);
}

/** `core.v2.yaml` before `core.v10.yaml`. Without a collator, which takes a process 5 ms to load. */
function byVersion(a: string, b: string): number {
  const [idA = '', versionA = ''] = a.split(/\.v(\d+)\.yaml$/);
  const [idB = '', versionB = ''] = b.split(/\.v(\d+)\.yaml$/);
  return idA === idB ? Number(versionA) - Number(versionB) : idA < idB ? -1 : 1;
}
