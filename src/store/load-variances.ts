import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Run } from '../schema/run.ts';
import { type LoadVariance, loadVariance } from '../schema/verdict.ts';

const stored = z.array(
  loadVariance.extend({ machine: z.string(), resident: z.boolean(), measuredAt: z.iso.datetime() }),
);
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

/** Those that tell of another comparison on the same machine, of models in memory together or not. */
export function variancesLike(
  all: readonly StoredVariance[],
  { machine, plan }: Pick<Run, 'machine' | 'plan'>,
): LoadVariance[] {
  return all.filter(
    (it) => it.machine === machine.id && it.resident === (plan.comparison?.resident ?? false),
  );
}

export async function addLoadVariances(
  stateFolder: string,
  { machine, startedAt, plan }: Pick<Run, 'machine' | 'startedAt' | 'plan'>,
  found: readonly LoadVariance[],
): Promise<void> {
  const where = { machine: machine.id, resident: plan.comparison?.resident ?? false, measuredAt: startedAt };
  const added = found.map((it) => ({ ...it, ...where }));
  const all = [...(await readLoadVariances(stateFolder)), ...added];
  await mkdir(stateFolder, { recursive: true });
  await writeFile(join(stateFolder, fileName), `${JSON.stringify(all.slice(-mostKept), null, 2)}\n`);
}
