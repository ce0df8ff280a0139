import type { Run } from '../../schema/run.ts';

/** What decides which runs are of one night. */
export interface NightRun extends Pick<Run, 'id' | 'startedAt' | 'shard'> {
  /** Its id. */
  machine: string;
  campaign: Pick<NonNullable<Run['campaign']>, 'workflowRun' | 'attempt'> | null;
}

/** What one workflow run measured on one machine. */
export interface Night<T> {
  /** Of its first run that counts. */
  id: string;
  machine: string;
  startedAt: string;
  /** One for each shard, in the order in which they started. */
  runs: T[];
  /** Those that a later attempt measured again. */
  superseded: T[];
}

/**
 * Puts the shards of a workflow run on a machine together, nights in the order in which they started. Where a workflow
 * run was attempted again, a shard's latest attempt on the machine counts; a shard that was not run again stays with
 * the others. Runs of one shard and one attempt all count, as a matrix may leave its shards without names; a run
 * outside a workflow is a night of its own.
 */
export function groupNights<T extends NightRun>(runs: readonly T[]): Night<T>[] {
  const inOrder = [...runs].sort(byStart);
  const groups = Map.groupBy(inOrder, ({ id, machine, campaign }) =>
    campaign === null ? id : JSON.stringify([campaign.workflowRun, machine]),
  );
  return [...groups.values()].flatMap(composeNight).sort(byStart);
}

function composeNight<T extends NightRun>(runs: readonly T[]): Night<T>[] {
  const latest = new Map<string | null, number>();
  for (const run of runs) latest.set(run.shard, Math.max(attemptOf(run), latest.get(run.shard) ?? 0));
  const counts = (run: T) => attemptOf(run) === latest.get(run.shard);
  const kept = runs.filter(counts);
  const [first] = kept;
  if (first === undefined) return [];
  const { id, machine, startedAt } = first;
  return [{ id, machine, startedAt, runs: kept, superseded: runs.filter((run) => !counts(run)) }];
}

function attemptOf({ campaign }: NightRun): number {
  return campaign?.attempt ?? 0;
}

/** By time; an id tells two of one moment apart. */
function byStart(a: Pick<NightRun, 'id' | 'startedAt'>, b: Pick<NightRun, 'id' | 'startedAt'>): number {
  return Date.parse(a.startedAt) - Date.parse(b.startedAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
