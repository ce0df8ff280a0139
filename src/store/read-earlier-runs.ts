import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Chosen } from '../core/compare/compare-runs.ts';
import { groupNights } from '../core/history/nights.ts';
import type { Log } from '../core/log.ts';
import { formatQuantity } from '../core/render/format.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { Run, Variant } from '../schema/run.ts';
import { UnreadableDocument } from '../schema/version.ts';
import type { NamedRuns } from './find-runs.ts';
import { InputError } from './input-error.ts';
import type { ComparableRun, RunFacts, RunSource } from './run-source.ts';

/** Of a model. As many as say how much nights differ, and no more than are of the same time. */
const mostEarlier = 14;
/** A model that is in none of so many runs is new. */
const mostLooked = 400;

/** The run that earlier ones are for, or what is known of it before it is measured. */
export interface LaterRun extends Pick<Run, 'machine'> {
  /** null: it is not measured yet. */
  id: string | null;
  variants: readonly Pick<Variant, 'name'>[];
}

export function isRunFolder(path: string): boolean {
  return existsSync(join(path, 'summary.json'));
}

/** What a run is held against. */
export interface Base {
  /** Oldest first. */
  earlier: ComparableRun[];
  /** null: each model finds its own among them; else base is the last of them. */
  chosen: Chosen | null;
}

/**
 * The runs that a person named, as what a run is held against. Of many, those that are earlier than it and of its machine:
 * the last one, and of each model those that have its tag, up to 14. Of one in a history, those before that, which tell how
 * much nights differ. What of them is damaged is skipped with a warning.
 * @throws {InputError} where there are none, with what there is.
 */
export async function readBase(named: NamedRuns, head: LaterRun, log: Log): Promise<Base> {
  if (named.kind === 'many') return { earlier: await readEarlierRuns(named.source, head, log), chosen: null };
  const { run, source } = named;
  const nights = source === null ? [] : (await lookThrough(source, run.run, log)).earlier;
  return { earlier: [...nights, run], chosen: { base: null, head: null } };
}

async function readEarlierRuns(source: RunSource, head: LaterRun, log: Log): Promise<ComparableRun[]> {
  const { earlier, others, pruned } = await lookThrough(source, head, log);
  if (earlier.length > 0) return earlier;
  const { id, machine } = head;
  const whose = `the machine ${machine.label} (${machine.id})`;
  const than = id === null ? '' : ` that is earlier than ${id}`;
  const fix = [
    ...(source.names.length === 0 ? ['It holds no run.'] : []),
    ...(pruned === 0 ? [] : [`Of ${formatQuantity(pruned, 'run')} of it the samples are kept no longer.`]),
    ...(others.size === 0 ? [] : [`It has runs of ${[...others.values()].join(', ')}.`]),
  ];
  throw new InputError('no-runs', [`${source.place}: no run of ${whose} is there${than}.`, ...fix].join(' '));
}

interface Found {
  earlier: ComparableRun[];
  /** Machines of other runs, as they are shown, by id. */
  others: Map<string, string>;
  pruned: number;
}

async function lookThrough(source: RunSource, head: LaterRun, log: Log): Promise<Found> {
  const found: { facts: RunFacts['run']; whole: ComparableRun }[] = [];
  const others = new Map<string, string>();
  const missing = new Map(head.variants.map(({ name }) => [name, mostEarlier]));
  let [looked, pruned] = [0, 0];
  for (const name of namesBefore(source, head).reverse()) {
    const isEnough = found.length > 0 && [...missing.values()].every((count) => count === 0);
    if (isEnough || looked === mostLooked) break;
    looked++;
    const read = await skipDamaged(source, name, log, async () => {
      const { run } = await source.readFacts(name);
      const { id, label } = run.machine;
      if (id !== head.machine.id) others.set(id, `${label} (${id})`);
      const tags = new Set(run.variants.map((it) => it.name).filter((tag) => missing.get(tag)));
      if (id !== head.machine.id || (tags.size === 0 && found.length > 0)) return null;
      const whole = await source.readRun(name);
      if (whole === null) pruned++;
      return whole && { facts: run, whole, tags };
    });
    if (read === null) continue;
    found.push(read);
    for (const tag of read.tags) missing.set(tag, (missing.get(tag) ?? 0) - 1);
  }
  if (pruned > 0 && found.length > 0) {
    log.info(
      `Of ${formatQuantity(pruned, 'earlier run')} of ${source.place} the samples are kept no longer.`,
    );
  }
  return { earlier: dropSuperseded(found), others, pruned };
}

/** What a later attempt measured again would count twice. */
function dropSuperseded(found: readonly { facts: RunFacts['run']; whole: ComparableRun }[]): ComparableRun[] {
  const runs = found.map(({ facts, whole }) => ({ ...facts, machine: facts.machine.id, whole }));
  return groupNights(runs).flatMap((night) => night.runs.map(({ whole }) => whole));
}

function namesBefore({ names }: RunSource, { id }: LaterRun): string[] {
  return names.filter((name) => id === null || name < id);
}

/** One damaged run must not cost the others. */
export async function skipDamaged<T>(
  { place }: RunSource,
  name: string,
  log: Log,
  read: () => Promise<T | null>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error;
    log.warn(`Skipped ${name} of ${place}: ${toPlainLine(error.message)}`);
    return null;
  }
}
