import { linearRegression, median } from 'simple-statistics';
import type { BuildCost } from './measure-build.ts';

type Cost = Pick<BuildCost, 'seconds' | 'cpuSeconds'>;

export interface Growth {
  /** Slope of the logarithm of a cost over that of the number of runs, what an almost empty site costs taken off. */
  exponent: number;
  /** The same with that. */
  withFixedCost: number;
}

/** The least that is left where what is taken off is as much as there is. */
const leastSeconds = 1e-3;

/** How the time of all processors grows: other programs hardly move it. null where it is not known. */
export function fitCpuGrowth(fixed: Cost, full: readonly (Cost & { runs: number })[]): Growth | null {
  return fitGrowth(fixed, full, ({ cpuSeconds }) => cpuSeconds);
}

/** How the time by the clock grows: what one waits for, and as noisy as the machine is busy. */
export function fitWallGrowth(fixed: Cost, full: readonly (Cost & { runs: number })[]): Growth {
  const growth = fitGrowth(fixed, full, ({ seconds }) => seconds);
  if (growth === null) throw new Error('The time by the clock is always known.');
  return growth;
}

function fitGrowth(
  fixed: Cost,
  full: readonly (Cost & { runs: number })[],
  read: (of: Cost) => number | null,
): Growth | null {
  const least = read(fixed);
  const costs = full.map((it) => ({ runs: it.runs, cost: read(it) }));
  if (least === null || costs.some(({ cost }) => cost === null)) return null;
  const slope = (off: number) =>
    linearRegression(
      costs.map(({ runs, cost }) => [Math.log(runs), Math.log(Math.max((cost ?? 0) - off, leastSeconds))]),
    ).m;
  return { exponent: slope(least), withFixedCost: slope(0) };
}

/** The cost of one build from several of the same: the median of each time, the most of the memory. */
export function takeMedian(builds: readonly BuildCost[]): BuildCost {
  const known = (read: (of: BuildCost) => number | null) =>
    builds.map(read).filter((value) => value !== null);
  const orNull = (values: readonly number[], of: (values: number[]) => number) =>
    values.length < builds.length ? null : of([...values]);
  return {
    seconds: median(builds.map(({ seconds }) => seconds)),
    cpuSeconds: orNull(
      known(({ cpuSeconds }) => cpuSeconds),
      median,
    ),
    rssMb: orNull(
      known(({ rssMb }) => rssMb),
      (values) => Math.max(...values),
    ),
  };
}
