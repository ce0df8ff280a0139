import type { Alarm, Changes } from '../../schema/changes.ts';
import { currentSchemaVersion } from '../../schema/documents.ts';
import type { MetricId, Run } from '../../schema/run.ts';
import { metricIds } from '../metrics.ts';
import { collectLines, type LineNights, listMetrics, readLog } from './collect-lines.ts';
import { type Reading, watchTogether } from './common-movement.ts';
import { type DescribedEpoch, describeEpoch } from './describe-epoch.ts';
import { type DigestAlarm, findBoundaries, toNight } from './find-boundaries.ts';
import { followSchedule, nightsOffline } from './schedule.ts';

/**
 * All that history says: what is watched and how it stands, change points with what became of them, alarms about models
 * and machines, and the boundaries between epochs.
 *
 * @param runs In any order; of any machines, which are never merged.
 * @param asOf When it is looked at, ISO 8601 in UTC: only so can a missing night be told.
 */
export function findChanges(runs: readonly Run[], asOf: string): Changes {
  const ordered = [...runs].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const machines = [...Map.groupBy(ordered, ({ machine }) => machine.id).values()].map((own) =>
    findOnMachine(own, Date.parse(asOf)),
  );
  const changePoints = machines.flatMap((it) => it.changePoints);
  return {
    ...{ schemaVersion: currentSchemaVersion, asOf },
    machines: machines.map((it) => it.machine),
    series: machines.flatMap((it) => it.series),
    changePoints: changePoints.sort((a, b) => (a.suspectedAt.at < b.suspectedAt.at ? -1 : 1)),
    alarms: machines.flatMap((it) => it.alarms),
    boundaries: machines.flatMap((it) => it.boundaries),
  };
}

interface OnMachine extends Pick<Changes, 'series' | 'changePoints' | 'alarms' | 'boundaries'> {
  machine: Changes['machines'][number];
}

function findOnMachine(runs: readonly Run[], nowMs: number): OnMachine {
  const lines = collectLines(runs);
  const { boundaries, digests } = findBoundaries(lines);
  const schedule = watchSchedule(runs, nowMs);
  const watched = metricIds.flatMap((metric) => watchMetric(metric, runs, lines, digests));
  return {
    machine: schedule.machine,
    series: watched.flatMap((it) => it.series ?? []),
    changePoints: watched.flatMap((it) => it.changePoints),
    alarms: [...digests, ...schedule.alarms],
    boundaries,
  };
}

function watchMetric(
  metric: MetricId,
  runs: readonly Run[],
  lines: readonly LineNights[],
  digests: readonly DigestAlarm[],
): DescribedEpoch[] {
  const readings = new Map(runs.map((run) => [run.id, [] as Reading[]]));
  const byKey = new Map(lines.map((it) => [JSON.stringify(it.line), it.line]));
  for (const of of lines) {
    if (!listMetrics(of).includes(metric)) continue;
    for (const night of of.nights) {
      const value = readLog(night, metric);
      if (value === null) continue;
      readings.get(night.run.id)?.push({ line: JSON.stringify(of.line), epoch: night.epoch, value });
    }
  }
  const measured = runs.filter(({ id }) => (readings.get(id)?.length ?? 0) > 0);
  const epochs = watchTogether(measured.map(({ id }) => readings.get(id) ?? []));
  return epochs.map((epoch) => {
    const line = epoch.line === null ? null : (byKey.get(epoch.line) ?? null);
    const nights = epoch.nights.flatMap((index) => {
      const run = measured[index];
      return run === undefined ? [] : [toNight({ run })];
    });
    const near = digests.filter((it) => JSON.stringify(it.line) === epoch.line);
    return describeEpoch({
      epoch,
      metric,
      machine: measured[0]?.machine.id ?? '',
      line,
      nights,
      digests: near,
    });
  });
}

function watchSchedule(runs: readonly Run[], nowMs: number): Pick<OnMachine, 'machine' | 'alarms'> {
  // What one workflow run measured in shards was due once.
  const due = runs.filter(
    ({ campaign }, index) =>
      campaign === null ||
      runs.findIndex((it) => it.campaign?.workflowRun === campaign.workflowRun) === index,
  );
  const last = due.at(-1);
  if (last === undefined) throw new Error('A machine without a run.');
  const { everyMs, waits } = followSchedule(
    due.map(({ startedAt }) => Date.parse(startedAt)),
    nowMs,
  );
  const nightOf = (index: number) => toNight({ run: due[index] ?? last });
  const alarms = waits.map(
    ({ after, until, expectedMs, missed }): Alarm => ({
      kind: missed >= nightsOffline ? 'offline' : 'missing-night',
      ...{ machine: last.machine.id, last: nightOf(after), missed },
      expectedAt: new Date(expectedMs).toISOString(),
      next: until === null ? null : nightOf(until),
    }),
  );
  return {
    machine: { id: last.machine.id, label: last.machine.label, last: toNight({ run: last }), everyMs },
    alarms,
  };
}
