/** Uniform in [0, 1), the same for the same seed: sfc32 of Chris Doty-Humphrey's PractRand, which its tests do not break. */
export function seedRandom(seed: number): () => number {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9, 0x243f6a88, 1];
  const next = () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    return (result >>> 0) / 2 ** 32;
  };
  // The first values of neighbouring seeds are alike.
  for (let index = 0; index < 16; index++) next();
  return next;
}
