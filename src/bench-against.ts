import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchResult } from './bench.ts';
import { benchHere, type HereRequest } from './bench-here.ts';
import { compareWithEarlier, compareWithin } from './compare.ts';
import { listLoadVariances } from './core/compare/judge-together.ts';
import { findEarlier } from './core/kept-models.ts';
import { listAskedModels, nameRest, type Pairing, pairModels } from './core/pair-models.ts';
import { sameModel } from './ollama/model-name.ts';
import { openOllama } from './open-ollama.ts';
import type { Config } from './schema/config.ts';
import type { LoadVariance, Verdict } from './schema/verdict.ts';
import { InputError } from './store/input-error.ts';
import { readUnfinishedRuns } from './store/journal.ts';
import { addLoadVariances, readLoadVariances } from './store/load-variances.ts';
import type { Base } from './store/read-earlier-runs.ts';
import { readWholeRun } from './store/read-whole-run.ts';
import { findStateFolder, runsUnderWay } from './store/state-folder.ts';

export interface AgainstResult extends BenchResult {
  /** null where the run did not come far enough for one. */
  verdict: Verdict | null;
  /** What the verdict does not speak of, as sentences. */
  notes: string[];
}

/** Why there was nothing to measure, and what there is besides. */
export class NothingChanged extends InputError {
  readonly added: string[];
  readonly removed: string[];
  constructor(message: string, { added, removed }: { added: string[]; removed: string[] }) {
    super('nothing-changed', message);
    this.added = added;
    this.removed = removed;
  }
}

const loadsAtATime = 3;

/**
 * Measures what changed between two configs, base and head in turn, and says what it is. Looks at stated numbers of
 * loads whether every metric has its word, and measures more where not.
 * @param base the config of before; `kept`: of each tag that has moved, the model that it stood for before.
 * @throws {NothingChanged} where the configs ask for the same, or no tag has moved.
 */
export async function benchAgainst(here: HereRequest, base: Config | 'kept'): Promise<AgainstResult> {
  const { config, log } = here;
  const asked = listAskedModels(config);
  const pairing = base === 'kept' ? await pairWithKept(config) : pairModels(listAskedModels(base), asked);
  if (pairing.changed.length === 0) throw explainNothingChanged(pairing, base === 'kept');
  const { comparison } = config;
  const stateFolder = findStateFolder();
  const result = await benchHere({
    ...here,
    config: { ...config, rounds: comparison.rounds },
    comparison: {
      ...{ pairs: pairing.changed, looks: listLooks(comparison), ...nameRest(pairing) },
      seed: await drawSeed(stateFolder),
    },
    storedLoads: await readLoadVariances(stateFolder),
    isSettled: (soFar, plan) => {
      const { models } = compareWithin(soFar, plan);
      const words = models.flatMap(({ metrics }) => metrics.map(({ word }) => word));
      log.info(`After ${plan.loads} loads: ${words.join(', ')}.`);
      return !words.includes('inconclusive');
    },
  });
  const whole = await readWholeRun(result.runPath);
  const verdict = result.run.status === 'cancelled' ? null : compareWithin(whole, whole.plan);
  if (verdict !== null) {
    await addLoadVariances(stateFolder, whole.run, listLoadVariances(verdict));
    await writeVerdict(result.runPath, verdict);
  }
  return { ...result, verdict, notes: describeRest(pairing) };
}

/**
 * Measures as ever, and holds the run against earlier ones: for whoever has no second side to measure. It sees less, as
 * nothing is interleaved. What it is held against was found before (`findBaseline`), and checked.
 */
export async function benchAgainstEarlier(
  here: HereRequest,
  { earlier, chosen }: Base,
): Promise<AgainstResult> {
  const result = await benchHere(here);
  if (result.run.status === 'cancelled') return { ...result, verdict: null, notes: [] };
  const verdict = compareWithEarlier(earlier, await readWholeRun(result.runPath), chosen);
  await writeVerdict(result.runPath, verdict);
  return { ...result, verdict, notes: [] };
}

/**
 * Measures a model against itself, which tells how much its loads differ on this machine, and keeps that for the
 * verdicts to come. Returns what this run adds, by metric.
 */
export async function measureLoadNoise(here: HereRequest): Promise<LoadVariance[]> {
  const { config } = here;
  const { comparison } = config;
  const pairs = listAskedModels(config).map((asked) => ({ base: asked, head: asked }));
  const stateFolder = findStateFolder();
  const { runPath } = await benchHere({
    ...{ ...here, config: { ...config, rounds: comparison.rounds } },
    comparison: { pairs, seed: await drawSeed(stateFolder), looks: [comparison.maxLoads] },
    storedLoads: await readLoadVariances(stateFolder),
  });
  const whole = await readWholeRun(runPath);
  const found = listLoadVariances(compareWithin(whole, whole.plan));
  await addLoadVariances(stateFolder, whole.run, found);
  return found;
}

/**
 * Every run draws anew who is asked first, so that one that is repeated is a new draw. One that may go on with a killed
 * run takes up the seed of that: it goes on only with the very same plan.
 */
async function drawSeed(stateFolder: string): Promise<number> {
  const unfinished = await readUnfinishedRuns(runsUnderWay(stateFolder), { prune: false });
  const latest = unfinished.find(({ plan }) => plan.comparison !== null);
  return latest?.plan.seed ?? randomInt(2 ** 32);
}

async function writeVerdict(runPath: string, verdict: Verdict): Promise<void> {
  await writeFile(join(runPath, 'verdict.json'), `${JSON.stringify(verdict, null, 2)}\n`);
}

/** Numbers of loads after which it is looked; the last is the most. */
export function listLooks({ loads, maxLoads }: Config['comparison']): number[] {
  const looks: number[] = [];
  for (let at = loads; at < maxLoads; at += loadsAtATime) looks.push(at);
  return [...looks, Math.max(loads, maxLoads)];
}

function describeRest(pairing: Pairing): string[] {
  const { added, removed } = nameRest(pairing);
  return [
    ...added.map((name) => `${name} is new: there is nothing to hold it against.`),
    ...removed.map((name) => `${name} is no longer asked for.`),
  ];
}

/** Models whose tag has moved since one of them was kept, each against the latest that was kept. */
async function pairWithKept(config: Config): Promise<Pairing> {
  await using ollama = openOllama(config.host ?? null, config.deadlines);
  const tags = await ollama.client.tags();
  const pairing: Pairing = { changed: [], unchanged: [], added: [], removed: [] };
  for (const head of listAskedModels(config)) {
    const tag = tags.find(({ name }) => sameModel(name, head.name));
    const earlier = tag && findEarlier(head.name, tag.digest, tags);
    if (earlier) pairing.changed.push({ base: { ...head, name: earlier.name }, head });
    else pairing.unchanged.push(head);
  }
  return pairing;
}

function explainNothingChanged(pairing: Pairing, isKept: boolean): NothingChanged {
  const rest = describeRest(pairing);
  const names = nameRest(pairing);
  if (isKept) {
    return new NothingChanged(
      'No earlier model of any of the tags is kept on the server. With `pull: always` in the config, a model is kept before its tag moves.',
      names,
    );
  }
  const why =
    rest.length === 0
      ? 'Both configs ask for the same models in the same way: there is nothing to compare.'
      : `No model was changed: ${rest.join(' ')}`;
  return new NothingChanged(why, names);
}
