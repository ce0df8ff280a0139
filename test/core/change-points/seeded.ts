/** A generator of numbers in [0, 1), the same for the same seed: linear congruential, after Numerical Recipes. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Nights about a level with a standard deviation of 2 % and first-order autocorrelation. */
export function drawNights(seed: number, nights: number, autocorrelation = 0): number[] {
  const draw = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  let before = normal();
  return Array.from({ length: nights }, () => {
    before = autocorrelation * before + Math.sqrt(1 - autocorrelation ** 2) * normal();
    return 0.02 * before;
  });
}
