import { seedNormal } from '../../../scripts/simulate/random.ts';
import { seedRandom } from '../../../src/core/compare/seeded-random.ts';

/** Nights about a level with a standard deviation of 2 % and first-order autocorrelation. */
export function drawNights(seed: number, nights: number, autocorrelation = 0): number[] {
  const normal = seedNormal(seedRandom(seed));
  let before = normal();
  return Array.from({ length: nights }, () => {
    before = autocorrelation * before + Math.sqrt(1 - autocorrelation ** 2) * normal();
    return 0.02 * before;
  });
}
