import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../schema/run.ts';
import { InputError } from './input-error.ts';
import { readWholeRun, type StoredWholeRun } from './read-whole-run.ts';

/** As many as say how much nights differ, and no more than are of the same time. */
const mostEarlier = 14;

export function isRunFolder(path: string): boolean {
  return existsSync(join(path, 'summary.json'));
}

/**
 * The latest runs of a folder that are earlier than another and of its machine, oldest first.
 * @throws {InputError} where there is none.
 */
export async function readEarlierRuns(
  folder: string,
  { id, machine }: Pick<Run, 'id' | 'machine'>,
): Promise<StoredWholeRun[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new InputError('no-runs', `${folder}: there is no such folder of runs.`, { cause });
  });
  // A run's id begins with its time.
  const before = names.filter((name) => isRunFolder(join(folder, name)) && name < id).sort();
  const found: StoredWholeRun[] = [];
  for (const name of before.reverse()) {
    if (found.length === mostEarlier) break;
    const whole = await readWholeRun(join(folder, name));
    if (whole.run.machine.id === machine.id) found.push(whole);
  }
  if (found.length > 0) return found.reverse();
  throw new InputError(
    'no-runs',
    `${folder}: no run of the machine ${machine.label} is there that is earlier than ${id}.`,
  );
}
