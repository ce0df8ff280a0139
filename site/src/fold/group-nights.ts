import type { RunHead } from './read-run.ts';

/** The ids of the runs of each night, oldest night first, and in it the run that began first. */
export function groupRuns(heads: readonly RunHead[]): string[][] {
  const ordered = heads.toSorted(
    (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || (a.id < b.id ? -1 : 1),
  );
  const nights = Map.groupBy(ordered, ({ campaign, machine, id }) =>
    campaign === null ? id : `${campaign.workflowRun} ${machine.id}`,
  );
  return [...nights.values()].map((runs) => {
    const last = Math.max(...runs.map(({ campaign }) => campaign?.attempt ?? 0));
    return runs.filter(({ campaign }) => (campaign?.attempt ?? 0) === last).map(({ id }) => id);
  });
}
