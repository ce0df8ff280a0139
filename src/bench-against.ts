import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchResult } from './bench.ts';
import { benchHere, type HereRequest } from './bench-here.ts';
import { compareWithin } from './compare.ts';
import { listLoadVariances } from './core/compare/judge-together.ts';
import { listAskedModels, type Pairing, pairModels } from './core/pair-models.ts';
import type { Config } from './schema/config.ts';
import type { Verdict } from './schema/verdict.ts';
import { InputError } from './store/input-error.ts';
import { addLoadVariances, readLoadVariances } from './store/load-variances.ts';
import { readWholeRun } from './store/read-whole-run.ts';
import { findStateFolder } from './store/state-folder.ts';

export interface AgainstResult extends BenchResult {
  /** null where the run did not come far enough for one. */
  verdict: Verdict | null;
  /** What the verdict does not speak of, as sentences. */
  notes: string[];
}

const seed = 1;
const loadsAtATime = 3;

/**
 * Measures what changed between two configs, base and head in turn, and says what it is. Looks at stated numbers of
 * loads whether every metric has its word, and measures more where not.
 * @throws {InputError} where the configs ask for the same.
 */
export async function benchAgainst(here: HereRequest, baseConfig: Config): Promise<AgainstResult> {
  const { config, log } = here;
  const pairing = pairModels(listAskedModels(baseConfig), listAskedModels(config));
  if (pairing.changed.length === 0) throw explainNothingChanged(pairing);
  const { comparison } = config;
  const stateFolder = findStateFolder();
  const variances = await readLoadVariances(stateFolder);
  const result = await benchHere({
    ...here,
    config: { ...config, rounds: comparison.rounds },
    comparison: { pairs: pairing.changed, seed, looks: listLooks(comparison) },
    isSettled: (soFar, plan) => {
      const stored = variances.filter(({ machine }) => machine === soFar.run.machine.id);
      const { models } = compareWithin(soFar, plan, stored);
      const words = models.flatMap(({ metrics }) => metrics.map(({ word }) => word));
      log.info(`After ${plan.loads} loads: ${words.join(', ')}.`);
      return !words.includes('inconclusive');
    },
  });
  const whole = await readWholeRun(result.runPath);
  const stored = variances.filter(({ machine }) => machine === whole.run.machine.id);
  const verdict = result.run.status === 'cancelled' ? null : compareWithin(whole, whole.plan, stored);
  if (verdict !== null) {
    await addLoadVariances(stateFolder, whole.run, listLoadVariances(verdict));
    await writeFile(join(result.runPath, 'verdict.json'), `${JSON.stringify(verdict, null, 2)}\n`);
  }
  return { ...result, verdict, notes: describeRest(pairing) };
}

/** Numbers of loads after which it is looked; the last is the most. */
export function listLooks({ loads, maxLoads }: Config['comparison']): number[] {
  const looks: number[] = [];
  for (let at = loads; at < maxLoads; at += loadsAtATime) looks.push(at);
  return [...looks, Math.max(loads, maxLoads)];
}

function describeRest({ added, removed }: Pairing): string[] {
  return [
    ...added.map(({ name }) => `${name} is new: there is nothing to hold it against.`),
    ...removed.map(({ name }) => `${name} is no longer asked for.`),
  ];
}

function explainNothingChanged(pairing: Pairing): InputError {
  const rest = describeRest(pairing);
  const why =
    rest.length === 0
      ? 'Both configs ask for the same models in the same way: there is nothing to compare.'
      : `No model was changed: ${rest.join(' ')}`;
  return new InputError('nothing-changed', why);
}
