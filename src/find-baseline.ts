import { findEarlierModel, findSameModel } from './core/compare/compare-runs.ts';
import { type AskedRun, type AskedVariant, findBases } from './core/compare/find-bases.ts';
import { findIncomparable } from './core/epochs.ts';
import type { Log } from './core/log.ts';
import { listAskedModels } from './core/pair-models.ts';
import { formatQuantity } from './core/render/format.ts';
import { inspectMachine, type MachineFacts } from './host/inspect-machine.ts';
import { OllamaError } from './ollama/errors.ts';
import { openOllama } from './open-ollama.ts';
import type { Config } from './schema/config.ts';
import type { Run } from './schema/run.ts';
import type { NamedRuns } from './store/find-runs.ts';
import { InputError } from './store/input-error.ts';
import type { LoadedPromptSet } from './store/load-prompt-set.ts';
import { type Base, readBase } from './store/read-earlier-runs.ts';
import type { ComparableRun } from './store/run-source.ts';

export interface RunToBe {
  config: Config;
  promptSet: LoadedPromptSet;
  log: Log;
}

/**
 * Reads what a run is going to be held against before anything is measured, and says which runs these are: where there are
 * none, that is known at once and not in an hour.
 * @throws {InputError} where no earlier run is of this machine, has any of the models, or is comparable.
 */
export async function findBaseline(toBe: RunToBe, named: NamedRuns): Promise<Base> {
  const { config, log } = toBe;
  const here = await inspectMachine(process.env.HERDMARK_MACHINE ?? null);
  const { machine } = here;
  const baseline = await readBase(named, { id: null, machine, variants: listAskedModels(config) }, log);
  const { earlier, chosen } = baseline;
  const candidates = chosen === null ? earlier : earlier.slice(-1);
  const head = foresee(toBe, here, candidates, await askVersion(config));
  const pairs = findBases(candidates, head);
  if (pairs.length === 0) throw explainNoModel(head, candidates);
  const obstacles = pairs.map((pair) =>
    findIncomparable(pair.in.run, { ...pair.in.run, ...placeIn(pair.in.run, head) }),
  );
  const reasons = [...new Set(obstacles.flat().map(({ reason }) => reason))];
  if (obstacles.every((found) => found.length > 0)) {
    throw new InputError(
      'not-comparable',
      `No earlier run can be held against one of now. ${reasons.join(' ')} Measure without --against, and hold later runs against that one.`,
    );
  }
  for (const reason of reasons) log.warn(reason);
  for (const {
    head: model,
    base,
    in: { run },
  } of pairs) {
    const same = earlier.filter((it) => findSameModel(it.run, base, run) !== null);
    const before = earlier.filter((it) => findEarlierModel(it.run, base, run) !== null);
    const tag = base.name === model.name ? model.name : `${model.name} (in the place of ${base.name})`;
    const noise =
      before.length === 0
        ? ''
        : `; ${formatQuantity(before.length, 'run')} of what the tag stood for before tell how much nights differ`;
    log.info(`${tag} is held against ${describeRuns(same.map((it) => it.run))}${noise}.`);
  }
  for (const model of head.variants.filter((it) => !pairs.some((pair) => pair.head === it))) {
    log.warn(`${model.name} is in none of the earlier runs: it is measured, and held against nothing.`);
  }
  return baseline;
}

/** null where the server cannot be reached: preflight says so, with what else stands in the way. */
async function askVersion({ host, deadlines }: Config): Promise<string | null> {
  await using ollama = openOllama(host ?? null, deadlines);
  try {
    return await ollama.client.version();
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    return null;
  }
}

/** The run to be, as far as it is known. What is not is taken to be as it was. */
function foresee(
  { config, promptSet: { id, version, hash } }: RunToBe,
  { machine, environment: { gpus } }: MachineFacts,
  earlier: readonly ComparableRun[],
  serverVersion: string | null,
): AskedRun<AskedVariant> {
  const newestFirst = earlier.toReversed().map(({ run }) => run);
  const known = newestFirst.flatMap(({ variants }) => variants);
  const server = {
    version: serverVersion ?? newestFirst[0]?.environment.server.version ?? '',
    settings: config.server,
  };
  return {
    ...{ machine, environment: { gpus, server }, plan: { cache: config.cache } },
    promptSet: { id, version, hash },
    variants: listAskedModels(config).map((model) => ({
      ...model,
      contextLength: known.find(({ name }) => name === model.name)?.contextLength ?? null,
    })),
  };
}

/** What of an earlier run would be otherwise, were it measured here and now. */
function placeIn(
  { environment, plan }: Run,
  head: AskedRun<AskedVariant>,
): Pick<Run, 'machine' | 'environment' | 'plan'> {
  return {
    machine: head.machine,
    environment: { ...environment, ...head.environment },
    plan: { ...plan, ...head.plan },
  };
}

/** `20261124t…-4f09ab`, or `5 runs, 20261101t…-000001 to 20261124t…-4f09ab`. */
function describeRuns(runs: readonly Pick<Run, 'id'>[]): string {
  const [first, last] = [runs[0]?.id ?? 'none', runs.at(-1)?.id ?? 'none'];
  return runs.length > 1 ? `${formatQuantity(runs.length, 'run')}, ${first} to ${last}` : `the run ${first}`;
}

function explainNoModel(head: AskedRun<AskedVariant>, earlier: readonly ComparableRun[]): InputError {
  const tags = new Set(earlier.flatMap(({ run }) => run.variants.map(({ name }) => name)));
  const wanted = head.variants.map(({ name }) => name).join(', ');
  return new InputError(
    'nothing-to-compare',
    `No earlier run has ${wanted}: there is nothing to hold the run against. They have ${[...tags].join(', ') || 'no model'}.`,
  );
}
