import { median } from 'simple-statistics';
import type { ChangePoint, Night, WatchedLine, WatchedSeries } from '../../schema/changes.ts';
import type { MetricId } from '../../schema/run.ts';
import { metricDefinitions } from '../metrics.ts';
import { formatDigest } from '../render/format.ts';
import type { EpochSeries } from './common-movement.ts';
import type { DigestAlarm } from './find-boundaries.ts';
import type { Finding } from './watch-series.ts';

/** Of a creep that goes on: so many nights say where it has got to. */
const nightsOfLevel = 10;
/** A change is placed within a few nights: what else changed so near to it is told with it. */
const nightsNear = 3;

/** A series in one epoch, with what its nights are. */
interface WatchedEpoch {
  epoch: EpochSeries;
  metric: MetricId;
  machine: string;
  line: WatchedLine | null;
  nights: readonly Night[];
  digests: readonly DigestAlarm[];
}

export interface DescribedEpoch {
  /** null for an epoch that is over. */
  series: WatchedSeries | null;
  changePoints: ChangePoint[];
}

/** Turns indices and logarithms into nights, units and words. */
export function describeEpoch(watched: WatchedEpoch): DescribedEpoch {
  const { epoch, metric, machine, line, nights } = watched;
  const { status, stretchFrom, noise, findings } = epoch.watch;
  const id = [machine, metric, ...(line === null ? [] : [line.model, line.options, line.copy])].join('/');
  const [epochFrom, stretchNight] = [nights[0], nights[stretchFrom] ?? nights[0]];
  const level = levelOf(watched, stretchFrom, nights.length);
  const series: WatchedSeries | null =
    epoch.isOver || epochFrom === undefined || stretchNight === undefined
      ? null
      : {
          ...{ id, machine, line, metric, status, nights: nights.length },
          ...{ epochFrom, stretchFrom: stretchNight },
          level: line === null || level === null ? null : Math.exp(level),
          noise: noise && { sd: noise.sd, autocorrelation: noise.autocorrelation },
        };
  const changePoints = findings.flatMap((finding) => describeFinding(watched, id, finding) ?? []);
  return { series, changePoints };
}

function describeFinding(watched: WatchedEpoch, series: string, finding: Finding): ChangePoint | null {
  const { epoch, metric, machine, line, nights, digests } = watched;
  const { lastGood, suspectedAt, decidedAt, levelledAt, shape, sign, status } = finding;
  const confirmed = epoch.watch.findings.filter((it) => it.status === 'confirmed');
  const from = confirmed.findLast((it) => it.lastGood < lastGood)?.lastGood ?? -1;
  const until = confirmed.find((it) => it.lastGood > lastGood)?.lastGood ?? nights.length - 1;
  const end = status === 'cleared' && decidedAt !== null ? decidedAt : until + 1;
  const isCreep = shape === 'creep';
  const before = levelOf(watched, from + 1, lastGood + 1);
  const after = levelOf(watched, isCreep ? Math.max(lastGood + 1, end - nightsOfLevel) : lastGood + 1, end);
  const nightOf = (index: number | null) => (index === null ? null : (nights[index] ?? null));
  const [good, changed, suspected] = [nightOf(lastGood), nightOf(lastGood + 1), nightOf(suspectedAt)];
  if (before === null || after === null || !good || !changed || !suspected) return null;
  const isBetter = (metricDefinitions[metric].direction === 'lower') === sign < 0;
  return {
    ...{ series, machine, line, metric, shape },
    status: status === 'candidate' && epoch.isOver ? 'interrupted' : status,
    tone: isBetter ? 'better' : 'worse',
    ...{ lastGood: good, firstChanged: changed, suspectedAt: suspected },
    ...{ decidedAt: nightOf(decidedAt), levelledAt: nightOf(levelledAt) },
    before: line === null ? null : Math.exp(before),
    after: line === null ? null : Math.exp(after),
    change: Math.expm1(after - before),
    together: digests
      .filter(
        (it) => Math.abs(nights.findIndex(({ run }) => run === it.after.run) - lastGood - 1) <= nightsNear,
      )
      .map(({ from, to }) => `digest ${formatDigest(from)} → ${formatDigest(to)}`),
  };
}

function levelOf({ epoch }: WatchedEpoch, from: number, end: number): number | null {
  const values = epoch.values.slice(from, end);
  return values.length === 0 ? null : median(values);
}
