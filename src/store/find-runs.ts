import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readRunPath } from '../core/history/layout.ts';
import { explainWrongClock } from '../core/history/wrong-clock.ts';
import type { Log } from '../core/log.ts';
import { formatQuantity } from '../core/render/format.ts';
import { InputError } from './input-error.ts';
import { isRunFolder, skipDamaged } from './read-earlier-runs.ts';
import { type ComparableRun, openRunSource, type RunSource, readFolder } from './run-source.ts';

/** What a person named: one run, or a place that holds many. */
export type NamedRuns =
  | { kind: 'many'; source: RunSource }
  /** `source` is where else to look for runs before it; null: it was named by itself. */
  | { kind: 'one'; run: ComparableRun; source: RunSource | null };

/** What stands for the runs of the history that was given as an option. */
export const latestRuns = 'latest';

/** As many as a person reads through. */
const mostListed = 5;

/**
 * Finds the runs that a person names: a run's folder, a folder of those, a history, `<either>/<id of a run in it>`, or the
 * id alone where a history is given. The beginning of an id will do, if no other begins so.
 * @throws {InputError} where there is no such thing, with what comes near; {UnreadableDocument} where it is damaged.
 */
export async function findRuns(name: string, given: RunSource | null): Promise<NamedRuns> {
  if (isRunFolder(name)) return { kind: 'one', run: await readFolder(name), source: null };
  if (given !== null && name === latestRuns) return { kind: 'many', source: given };
  if (isFolder(name)) return { kind: 'many', source: await openRunSource(name) };
  const path = resolve(name);
  const inHistory = readRunPath(path.split(/[\\/]/).slice(-4).join('/'));
  if (inHistory !== null) return findRun(inHistory, await openRunSource(join(path, '../../../..')));
  const isBare = basename(name) === name;
  if (isBare && given !== null) return findRun(name, given);
  const parent = isBare || !isFolder(dirname(path)) ? null : await openRunSource(dirname(name));
  if (parent !== null && parent.names.length > 0) return findRun(basename(path), parent);
  throw new InputError(
    'no-runs',
    `${name}: there is no such run, folder of runs or history. Give a run's folder, a folder of runs, a history, <history>/<run id>, or a run's id with --history, --remote or --repo.`,
  );
}

/** Whether there is something by that name which is no run, or nothing that could be meant by it but a run. */
export function isNameOfRuns(name: string): boolean {
  if (isFolder(name) || readRunPath(resolve(name).split(/[\\/]/).slice(-4).join('/')) !== null) return true;
  return /^(?:\d{4,}[tz\d]*(?:-[\da-f]*)?|latest)$/.test(basename(name)) && !existsAsFile(name);
}

/**
 * The newest run of a source, whatever its machine.
 * @param asOf ISO 8601 in UTC: what begins later was measured by a wrong clock.
 * @throws {InputError} where there is none that can be compared.
 */
export async function readNewestRun(
  source: RunSource,
  { log, asOf }: { log: Log; asOf: string },
): Promise<ComparableRun> {
  for (const name of source.names.toReversed()) {
    const found = await skipDamaged(source, name, log, async () => {
      const { run, origin } = await source.readFacts(name);
      const wrong = explainWrongClock({ startedAt: run.startedAt, origin }, asOf);
      if (wrong === null) return requireSamples(await source.readRun(name), name, source);
      log.warn(`Skipped ${name}: ${wrong}`);
      return null;
    });
    if (found !== null) return found;
  }
  throw new InputError(
    'no-runs',
    `${source.place}: there is no run in it${describePlace(source)}. Measure one with \`herdmark bench\`.`,
  );
}

async function findRun(wanted: string, source: RunSource): Promise<NamedRuns> {
  const matches = source.names.filter((name) => name.startsWith(wanted));
  const name = source.names.includes(wanted) ? wanted : matches[0];
  if (name === undefined || (name !== wanted && matches.length > 1))
    throw explainNoRun(wanted, matches, source);
  const run = requireSamples(await source.readRun(name), name, source);
  return { kind: 'one', run, source: source.isHistory ? source : null };
}

function explainNoRun(wanted: string, matches: readonly string[], source: RunSource): InputError {
  if (matches.length > 0) {
    return new InputError(
      'no-run',
      `${wanted}: ${formatQuantity(matches.length, 'run')} of ${source.place} begin so: ${listLatest(matches)}. Give more of the id.`,
    );
  }
  const near = findNear(wanted, source.names);
  const hint =
    source.names.length === 0
      ? `There is no run in it${describePlace(source)}.`
      : near.length > 0
        ? `Near it: ${listLatest(near)}.`
        : `The latest: ${listLatest(source.names)}.`;
  return new InputError('no-run', `${wanted}: ${source.place} has no such run. ${hint}`);
}

/** Those that begin as it does for as long as any does, from the month on. */
function findNear(wanted: string, names: readonly string[]): string[] {
  for (let length = wanted.length; length >= 6; length--) {
    const near = names.filter((name) => name.startsWith(wanted.slice(0, length)));
    if (near.length > 0) return near;
  }
  return [];
}

function listLatest(names: readonly string[]): string {
  const shown = names.slice(-mostListed).toReversed().join(', ');
  return names.length > mostListed ? `${shown}, and ${names.length - mostListed} before` : shown;
}

function requireSamples(run: ComparableRun | null, name: string, { place }: RunSource): ComparableRun {
  if (run !== null) return run;
  throw new InputError(
    'no-samples',
    `${name} of ${place}: its samples are kept no longer, and a verdict is made of samples. Choose a newer run.`,
  );
}

/** Where the runs may be that are not in a folder. */
function describePlace({ place, isHistory }: RunSource): string {
  if (isHistory) return '';
  if (isFolder(join(place, 'runs'))) return ` (but maybe in ${join(place, 'runs')})`;
  const isRepository = isFolder(join(place, '.git')) || isFolder(join(place, 'objects'));
  return isRepository
    ? ` (it is a git repository: a history in its branch is named by --remote ${place})`
    : '';
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function existsAsFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
