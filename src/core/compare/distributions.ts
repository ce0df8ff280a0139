import { gammaln } from 'simple-statistics';
import { incompleteBeta } from './incomplete-beta.ts';

/**
 * P(|T| ≥ |t|) of Student's t (DLMF 8.17: I at df / (df + t²) of df/2 and ½). Exact in the far tail too.
 * @param degreesOfFreedom above 0, not necessarily whole.
 */
export function twoSidedT(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  if (!Number.isFinite(square)) return 0;
  const whole = degreesOfFreedom + square;
  return incompleteBeta(degreesOfFreedom / whole, degreesOfFreedom / 2, 0.5, square / whole);
}

/** The t that |T| reaches with this probability: `criticalT(0.05, 10)` is 2.228. */
export function criticalT(twoSided: number, degreesOfFreedom: number): number {
  return findPositive((t) => twoSidedT(t, degreesOfFreedom) - twoSided);
}

/** P(F ≥ f) of the ratio of two variances. */
export function upperF(f: number, numerator: number, denominator: number): number {
  const scaled = numerator * f;
  const whole = denominator + scaled;
  return incompleteBeta(denominator / whole, denominator / 2, numerator / 2, scaled / whole);
}

/**
 * P(Z ≥ z) of the standard normal. Near the middle Marsaglia's series (Journal of Statistical Software 11(4), 2004),
 * beyond it the continued fraction of Laplace (DLMF 7.9.3), which keeps its digits in the far tail.
 */
export function upperNormal(z: number): number {
  if (z < 0) return 1 - upperNormal(-z);
  if (z > 38) return 0;
  if (z > 3) {
    let fraction = z;
    for (let term = 60; term > 0; term--) fraction = z + term / fraction;
    return normalDensity(z) / fraction;
  }
  let term = z;
  let sum = z;
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 - sum * normalDensity(z);
}

export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** The z that |Z| reaches with this probability: `criticalNormal(0.05)` is 1.960. */
export function criticalNormal(twoSided: number): number {
  return findPositive((z) => 2 * upperNormal(z) - twoSided);
}

/** P(X ≤ k) of n tosses of a fair coin. */
export function binomialHalf(k: number, n: number): number {
  return k >= n ? 1 : incompleteBeta(0.5, n - k, k + 1);
}

/**
 * Fisher's exact test, two-sided: how likely a split of so many of one kind over two groups is that is no likelier than
 * this one, if the kind has nothing to do with the group (Fisher 1935; as R's fisher.test sums it).
 */
export function fisherExact(some: number, of: number, others: number, ofOthers: number): number {
  const kind = some + others;
  const all = logChoose(of + ofOthers, kind);
  const likelihood = (in1: number) => Math.exp(logChoose(of, in1) + logChoose(ofOthers, kind - in1) - all);
  const observed = likelihood(some);
  let p = 0;
  for (let it = Math.max(0, kind - ofOthers); it <= Math.min(kind, of); it++) {
    const here = likelihood(it);
    // Equal ones differ in their last digits.
    if (here <= observed * (1 + 1e-7)) p += here;
  }
  return Math.min(p, 1);
}

function logChoose(n: number, k: number): number {
  return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}

/** Where a decreasing function of positive numbers crosses zero, by bisection to the last digit. */
export function findPositive(decreasing: (x: number) => number): number {
  if (decreasing(0) <= 0) return 0;
  let low = 0;
  let high = 1;
  while (decreasing(high) > 0 && high < 1e12) {
    low = high;
    high *= 2;
  }
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (decreasing(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}
