import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Run } from '../schema/run.ts';
import { type LoadVariance, loadVariance } from '../schema/verdict.ts';

const stored = z.array(loadVariance.extend({ machine: z.string(), measuredAt: z.iso.datetime() }));
export type StoredVariance = z.infer<typeof stored>[number];

const fileName = 'load-variances.json';
/** Of one machine: a hundred comparisons tell the noise of its loads as well as it can be told. */
const mostKept = 400;

/** How much loads differ, by machine, as earlier comparisons here found; what is damaged is learnt anew. */
export async function readLoadVariances(stateFolder: string): Promise<StoredVariance[]> {
  const text = await readFile(join(stateFolder, fileName), 'utf8').catch(() => '[]');
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

export async function addLoadVariances(
  stateFolder: string,
  { machine, startedAt }: Pick<Run, 'machine' | 'startedAt'>,
  found: readonly LoadVariance[],
): Promise<void> {
  const added = found.map((it) => ({ ...it, machine: machine.id, measuredAt: startedAt }));
  const all = [...(await readLoadVariances(stateFolder)), ...added];
  await mkdir(stateFolder, { recursive: true });
  await writeFile(join(stateFolder, fileName), `${JSON.stringify(all.slice(-mostKept), null, 2)}\n`);
}
