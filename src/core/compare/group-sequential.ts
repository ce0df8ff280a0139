import { criticalNormal, findPositive, normalDensity, upperNormal } from './distributions.ts';

/**
 * Looking early, paid for. The p value at a look of an O'Brien–Fleming design: how likely the path of the test
 * statistic, over all looks that were planned, goes as far out as it is now, by the chance of none having an
 * effect. It is compared with α as it is, whichever look the run stopped at.
 *
 * The path is a Brownian motion seen at the looks' shares of the whole; the bound is flat on that scale (O'Brien &
 * Fleming, Biometrics 35, 1979; Jennison & Turnbull 2000, 2.4, and 4.4 for taking a t statistic's own p value for z).
 *
 * @param p two-sided, of the data so far.
 * @param loads how many loads they are of.
 * @param looks numbers of loads at which looks are planned, ascending; `loads` is one of them.
 */
export function sequentialP(p: number, loads: number, looks: readonly number[]): number {
  const last = looks.at(-1);
  if (last === undefined || looks.length < 2 || p >= 1) return p;
  const distance = criticalNormal(Math.max(p, 1e-300)) * Math.sqrt(loads / last);
  return crossingProbability(
    distance,
    looks.map((look) => look / last),
  );
}

/** The level at which a look may be tested by itself, so that all of them together hold `alpha`. */
export function nominalLevel(alpha: number, loads: number, looks: readonly number[]): number {
  const last = looks.at(-1);
  if (last === undefined || looks.length < 2) return alpha;
  const times = looks.map((look) => look / last);
  const bound = findPositive((distance) => crossingProbability(distance, times) - alpha);
  return 2 * upperNormal(bound / Math.sqrt(loads / last));
}

/** Intervals of Simpson's rule over the region that has not been left; even. */
const cells = 64;

/**
 * P(max |B(t)| ≥ distance) over the times, B a Brownian motion: by carrying the density of the paths still inside from
 * one look to the next (Armitage, McPherson & Rowe, J. R. Statist. Soc. A 132, 1969).
 */
export function crossingProbability(distance: number, times: readonly number[]): number {
  if (distance <= 0) return 1;
  const step = (2 * distance) / cells;
  const points = Array.from({ length: cells + 1 }, (_, index) => index * step - distance);
  const weights = points.map(
    (_, index) => ((index === 0 || index === cells ? 1 : index % 2 === 1 ? 4 : 2) * step) / 3,
  );
  // Mass at 0 before the first look, then a density on the points.
  let inside: { at: number; mass: number }[] = [{ at: 0, mass: 1 }];
  let before = 0;
  let crossed = 0;
  for (const time of times) {
    const spread = Math.sqrt(time - before);
    for (const { at, mass } of inside) {
      crossed += mass * (upperNormal((distance - at) / spread) + upperNormal((distance + at) / spread));
    }
    inside = points.map((to, index) => {
      const density = inside.reduce(
        (sum, { at, mass }) => sum + (mass * normalDensity((to - at) / spread)) / spread,
        0,
      );
      return { at: to, mass: density * (weights[index] ?? 0) };
    });
    before = time;
  }
  return Math.min(crossed, 1);
}
