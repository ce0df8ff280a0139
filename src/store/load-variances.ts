import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { listNightVariances } from '../core/compare/night-load-variances.ts';
import { joinAlike } from '../core/compare/pool-variances.ts';
import { type KnownLoads, knownLoads } from '../schema/load-variance.ts';
import type { Run } from '../schema/run.ts';
import type { Sample } from '../schema/sample.ts';
import type { LoadVariance } from '../schema/verdict.ts';
import { replaceFile } from './replace-file.ts';

const storedVariance = knownLoads.extend({
  machine: z.string(),
  resident: z.boolean(),
  measuredAt: z.iso.datetime(),
});
export type StoredVariance = z.infer<typeof storedVariance>;

const fileName = 'load-variances.json';
/** Of comparisons, and as many of nights, which come oftener: a hundred tell the noise of loads as well as it can be told. */
const mostKept = 400;

/** How much loads differ, by machine, as earlier runs here found; what is damaged is learnt anew. */
export async function readLoadVariances(stateFolder: string): Promise<StoredVariance[]> {
  const text = await readFile(join(stateFolder, fileName), 'utf8').catch(() => '[]');
  try {
    return z.array(storedVariance).parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** Those that tell of a comparison on the same machine, of models in memory together or not, as a run carries them. */
export function variancesLike(
  all: readonly StoredVariance[],
  machine: string,
  resident: boolean,
): KnownLoads[] {
  const alike = all.filter((it) => it.machine === machine && it.resident === resident);
  return joinAlike(alike.map(({ machine: _, resident: __, measuredAt: ___, ...known }) => known));
}

/** Keeps what the loads of a comparison differed by. */
export async function addLoadVariances(
  stateFolder: string,
  run: Pick<Run, 'machine' | 'startedAt' | 'plan'>,
  found: readonly LoadVariance[],
): Promise<void> {
  const resident = run.plan.comparison?.resident ?? false;
  await add(
    stateFolder,
    run,
    found.map((it) => ({ ...it, resident, nightly: false })),
  );
}

/**
 * Keeps what a night's loads differed by, as comparisons of either design have them: with so many rounds in a load where
 * both models are in memory, with one where they are not.
 */
export async function addNightVariances(
  stateFolder: string,
  run: Pick<Run, 'machine' | 'startedAt' | 'variants' | 'promptSet'>,
  samples: readonly Sample[],
  rounds: number,
): Promise<void> {
  const designs = [
    { resident: true, rounds },
    { resident: false, rounds: 1 },
  ];
  const found = designs.flatMap((design) =>
    listNightVariances(run, samples, design.rounds).map((it) => ({
      ...{ ...it, resident: design.resident, nightly: true },
    })),
  );
  await add(stateFolder, run, found);
}

async function add(
  stateFolder: string,
  { machine, startedAt }: Pick<Run, 'machine' | 'startedAt'>,
  found: readonly (LoadVariance & Pick<StoredVariance, 'resident' | 'nightly'>)[],
): Promise<void> {
  if (found.length === 0) return;
  const added = found.flatMap((it) => {
    // One that is out of all bounds would spoil the file for whoever reads it.
    const checked = storedVariance.safeParse({ ...it, machine: machine.id, measuredAt: startedAt });
    return checked.success ? checked.data : [];
  });
  const all = [...(await readLoadVariances(stateFolder)), ...added];
  const keep = (nightly: boolean) => all.filter((it) => it.nightly === nightly).slice(-mostKept);
  const kept = [...keep(false), ...keep(true)];
  await replaceFile(join(stateFolder, fileName), `${JSON.stringify(kept, null, 2)}\n`);
}
