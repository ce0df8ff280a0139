import { gammaln } from 'simple-statistics';

const precision = 1e-15;
/** Where a convergent would divide by zero (Lentz). */
const tiny = 1e-300;
const mostTerms = 10_000;

/**
 * The regularised incomplete beta function I_x(a, b), of which the t, F and binomial distributions are made. By the
 * continued fraction DLMF 8.17.22, evaluated with the modified Lentz method (Press et al., Numerical Recipes, 3rd ed.,
 * 5.2 and 6.4); it converges in about √max(a, b) terms on the side of the mean that is used here.
 *
 * @param complement 1 − x where the caller knows it better than a subtraction would: far tails need it.
 */
export function incompleteBeta(x: number, a: number, b: number, complement = 1 - x): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(complement, b, a, x);
  const logFront = a * Math.log(x) + b * Math.log(complement) + gammaln(a + b) - gammaln(a) - gammaln(b);
  return (Math.exp(logFront) * continueFraction(x, a, b)) / a;
}

function continueFraction(x: number, a: number, b: number): number {
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let c = 1;
  let result = d;
  for (let m = 1; m < mostTerms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < precision) break;
  }
  return result;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
