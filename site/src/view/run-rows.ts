import { formatCount } from '../../../src/core/render/format.ts';
import type { RunRows } from '../data/contract.ts';
import { formatStart } from './night-time.ts';

/** What a row of the table of runs says, cell by cell. */
export interface RunRow {
  id: string;
  /** `2026-11-24 01:30:05` in UTC. */
  time: string;
  status: string;
  machine: string;
  event: string;
  commit: string;
  models: string;
  requests: string;
}

/** Which runs are wanted; an empty word takes all. */
export interface RunFilter {
  machine: string;
  status: string;
  event: string;
  /** Part of a model's name. */
  model: string;
  /** Days as `2026-11-24`, both included. */
  from: string;
  to: string;
}

/** Without an event a run was started by hand, outside Actions. */
export const byHand = 'by hand';

/** The rows that are wanted, as indices, newest first. */
export function filterRuns(rows: RunRows, filter: RunFilter): number[] {
  const machine = rows.machines.findIndex(({ id }) => id === filter.machine);
  const wanted = filter.model.toLowerCase();
  const models = new Set(
    rows.models.flatMap((model, index) => (model.toLowerCase().includes(wanted) ? [index] : [])),
  );
  const from = filter.from === '' ? Number.NEGATIVE_INFINITY : Date.parse(filter.from);
  const to = filter.to === '' ? Number.POSITIVE_INFINITY : Date.parse(filter.to) + dayMs;
  return rows.id.flatMap((_, index) => {
    const at = rows.at[index] ?? 0;
    const fits =
      (filter.machine === '' || rows.machine[index] === machine) &&
      (filter.status === '' || rows.status[index] === filter.status) &&
      (filter.event === '' || (rows.event[index] ?? byHand) === filter.event) &&
      (filter.model === '' || (rows.variants[index]?.some((it) => models.has(it)) ?? false)) &&
      // A day that is no date takes none away.
      !(at < from) &&
      !(at >= to);
    return fits ? [index] : [];
  });
}

const dayMs = 86_400_000;

/** A few are named, of more the number is told: the run has them all. */
function nameModels(models: readonly string[]): string {
  const most = 3;
  if (models.length <= most) return models.join(', ');
  return `${models.slice(0, most - 1).join(', ')} and ${formatCount(models.length - most + 1)} more`;
}

export function describeRun(rows: RunRows, index: number): RunRow {
  const [ok = 0, failed = 0, invalid = 0] = [rows.ok[index], rows.failed[index], rows.invalid[index]];
  const notes = [
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(invalid > 0 ? [`${formatCount(invalid)} invalid`] : []),
  ];
  return {
    id: rows.id[index] ?? '',
    time: formatStart(new Date(rows.at[index] ?? 0).toISOString()),
    status: rows.status[index] ?? '',
    machine: rows.machines[rows.machine[index] ?? -1]?.label ?? '',
    event: rows.event[index] ?? byHand,
    commit: rows.sha[index]?.slice(0, 8) ?? '',
    models: nameModels((rows.variants[index] ?? []).map((it) => rows.models[it] ?? '')),
    requests: [`${formatCount(ok)} ok`, ...notes].join(', '),
  };
}
