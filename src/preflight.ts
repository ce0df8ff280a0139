import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { formatBytes } from './core/render/format.ts';
import { OllamaError, type OllamaErrorCode } from './ollama/errors.ts';
import { sameModel } from './ollama/model-name.ts';
import type { Config } from './schema/config.ts';
import { InputError } from './store/input-error.ts';

export interface PreflightRequest {
  /** What is to be measured. */
  models: readonly { name: string }[];
  pull: Config['pull'];
  /** Where the client looks for Ollama, as a person would write it. */
  host: string;
  outDir: string;
}

/** The part of the Ollama client that this asks. */
export interface ModelLister {
  tags(): Promise<readonly { name: string }[]>;
}

/** Far above what a run writes, far below what a machine with room has. */
const neededBytes = 256 * 1024 ** 2;

/**
 * Looks for everything that would make a run fail before the first model is loaded.
 * @returns sentences that say what is wrong and what to do; none if the run can start.
 */
export async function findObstacles(
  { models, pull, host, outDir }: PreflightRequest,
  client: ModelLister,
): Promise<string[]> {
  const found = await Promise.all([
    findServerObstacles({ models, pull, host }, client),
    findDiskObstacles(outDir),
  ]);
  return found.flat();
}

/** @throws {InputError} that lists all obstacles at once. */
export function refuseObstacles(obstacles: readonly string[]): void {
  if (obstacles.length === 0) return;
  const list = obstacles.length === 1 ? obstacles : obstacles.map((it, index) => `${index + 1}. ${it}`);
  throw new InputError('preflight', ['The benchmark cannot start.', ...list].join('\n'));
}

async function findServerObstacles(
  { models, pull, host }: Omit<PreflightRequest, 'outDir'>,
  client: ModelLister,
): Promise<string[]> {
  try {
    const tags = await client.tags();
    if (pull !== false) return [];
    const missing = models.filter((model) => !tags.some(({ name }) => sameModel(name, model.name)));
    return missing.map(
      ({ name }) =>
        `Model "${name}" is not on ${host}. Fetch it with \`ollama pull ${name}\`, set \`pull: true\` in the config, ` +
        `or mend its name. ${tags.length === 0 ? 'The server has no models.' : `The server has: ${listNames(tags)}.`}`,
    );
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    return [outOfReach.includes(error.code) ? `${error.message}\n${waysToReach(host)}` : error.message];
  }
}

const outOfReach: readonly OllamaErrorCode[] = ['unreachable', 'not-ollama', 'forbidden-host'];

function waysToReach(host: string): string {
  return [
    `Ollama has to be reachable from this machine at ${host}:`,
    '  - as a service: `systemctl start ollama` (or `ollama serve`), then `curl http://127.0.0.1:11434/api/version`;',
    '  - in Docker: `docker run -d --gpus=all -p 11434:11434 ollama/ollama`;',
    '  - on another machine, or seen from a container: start it with `OLLAMA_HOST=0.0.0.0`, and give its address as `host`, as 127.0.0.1 in a container is the container.',
  ].join('\n');
}

function listNames(tags: readonly { name: string }[]): string {
  const shown = tags.slice(0, 10).map(({ name }) => name);
  return shown.join(', ') + (tags.length > shown.length ? `, and ${tags.length - shown.length} more` : '');
}

async function findDiskObstacles(outDir: string): Promise<string[]> {
  const free = await findFreeBytes(resolve(outDir));
  if (free instanceof Error) return [`${outDir} cannot be written (${free.message}): choose another folder.`];
  if (free >= neededBytes) return [];
  return [
    `${outDir} has ${formatBytes(free)} left, and a run needs up to ${formatBytes(neededBytes)}: make room, or choose another folder.`,
  ];
}

/** On the file system of a folder that may not exist yet; or why that cannot be told. */
async function findFreeBytes(folder: string): Promise<number | Error> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code !== 'ENOENT' || dirname(folder) === folder) return error;
    return findFreeBytes(dirname(folder));
  }
}
