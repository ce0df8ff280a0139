import type { ChangePoint, Night, WatchedLine, WatchedSeries } from '../../schema/changes.ts';
import type { MetricId } from '../../schema/run.ts';
import { metricDefinitions } from '../metrics.ts';
import { formatDigest } from '../render/format.ts';
import type { SeriesState } from './common-movement.ts';
import { nightAt, type Places, positionFrom } from './places.ts';
import type { DigestState } from './watch-line.ts';
import type { MachineState } from './watch-machine.ts';
import { readWatch } from './watch-series.ts';
import { type Finding, levelOf } from './watch-state.ts';

/** A change is placed within a few nights: what else changed so near to it is told with it. */
const nightsNear = 3;

/** A series with what its positions and logarithms mean. */
interface Described {
  id: string;
  machine: string;
  metric: MetricId;
  /** null: what the lines do together. */
  line: WatchedLine | null;
  digests: readonly DigestState[];
  nightOf(places: Readonly<Places>, position: number | null): Night | null;
}

/** One metric of all lines of a machine: the series of epochs that go on, and the change points of all. */
export function describeTogether(
  state: MachineState,
  metric: MetricId,
): { series: WatchedSeries[]; changePoints: ChangePoint[] } {
  const together = state.metrics[metric];
  if (together === undefined) return { series: [], changePoints: [] };
  const describe = (key: string | null): Described => {
    const line = key === null ? null : (state.lines[key]?.line ?? null);
    return {
      ...{ machine: state.id, metric, line },
      id: [state.id, metric, ...(line === null ? [] : [line.model, line.options, line.copy])].join('/'),
      digests: state.digests.filter(({ side }) => side.line === key),
      nightOf: (places, position) => state.nights[nightAt(places, position ?? -1) ?? -1] ?? null,
    };
  };
  const { lines, common, past } = together;
  const current = [[null, common] as const, ...Object.entries(lines)].map(
    ([key, series]) => [describe(key), series] as const,
  );
  const over = past.flatMap(({ line, places, findings }) => {
    const described = describe(line);
    return findings.flatMap((it) => describeFinding(described, places, it, true) ?? []);
  });
  return {
    series: current.flatMap(([described, series]) => describeSeries(described, series) ?? []),
    changePoints: [
      ...over,
      ...current.flatMap(([described, { places, watch }]) =>
        watch.findings.flatMap((it) => describeFinding(described, places, it, false) ?? []),
      ),
    ],
  };
}

function describeSeries(of: Described, { places, watch }: SeriesState): WatchedSeries | null {
  const { id, machine, line, metric, nightOf } = of;
  const { status, stretchFrom, noise } = readWatch(watch);
  const epochFrom = nightOf(places, 0);
  const level = levelOf(watch);
  if (epochFrom === null) return null;
  return {
    ...{ id, machine, line, metric, status, nights: watch.nights, epochFrom },
    stretchFrom: nightOf(places, Math.min(stretchFrom, watch.nights - 1)) ?? epochFrom,
    level: line === null || level === null ? null : Math.exp(level),
    noise: noise && { sd: noise.sd, autocorrelation: noise.autocorrelation },
  };
}

function describeFinding(
  of: Described,
  places: Places,
  finding: Finding,
  isOver: boolean,
): ChangePoint | null {
  const { id, machine, line, metric, digests, nightOf } = of;
  const { lastGood, suspectedAt, decidedAt, levelledAt, shape, sign, status, before, after } = finding;
  const [good, changed] = [nightOf(places, lastGood), nightOf(places, lastGood + 1)];
  const suspected = nightOf(places, suspectedAt);
  if (good === null || changed === null || suspected === null) return null;
  const isBetter = (metricDefinitions[metric].direction === 'lower') === sign < 0;
  return {
    ...{ series: id, machine, line, metric, shape },
    status: status === 'candidate' && isOver ? 'interrupted' : status,
    tone: isBetter ? 'better' : 'worse',
    ...{ lastGood: good, firstChanged: changed, suspectedAt: suspected },
    ...{ decidedAt: nightOf(places, decidedAt), levelledAt: nightOf(places, levelledAt) },
    before: line === null ? null : Math.exp(before),
    after: line === null ? null : Math.exp(after),
    change: Math.expm1(after - before),
    together: digests
      .filter((it) => Math.abs(positionFrom(places, it.after) - lastGood - 1) <= nightsNear)
      .map(({ from, to }) => `digest ${formatDigest(from)} → ${formatDigest(to)}`),
  };
}
