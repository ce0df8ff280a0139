import type { ChangePoint } from '../../schema/changes.ts';
import { clip, clipAt, type Noise } from './noise.ts';

export type Shape = ChangePoint['shape'];

/** How well a change fits that began `nights` nights ago. */
export interface Fit {
  shape: Shape;
  /** How many nights ago it began: the last `nights` nights are changed ones. */
  nights: number;
  /** Square root of twice the log likelihood ratio, with the sign of the change: standard deviations, so to say. */
  score: number;
}

/** Which changes to look for, as nights since they began. */
export interface Windows {
  shape: Shape;
  shortest: number;
  longest: number;
}

/** Below this many nights, a creep and a step are the same thing. */
const shortestCreep = 10;

export const stepWindows: Windows = { shape: 'step', shortest: 4, longest: 60 };
export const creepWindows: Windows = { shape: 'creep', shortest: shortestCreep, longest: 120 };

/** A level told from fewer nights is no level to have changed from. */
export const nightsOfLevel = 5;

/**
 * Levels of real series wander: the mean of n nights is not as certain as n nights of noise would make it, but as
 * 1/n + 1/this many. So what a few nights say weighs more than the same from many.
 */
const nightsOfWander = 200;

/** Nights, each freed of what the one before said about it, and what their level explains of them. */
export interface Innovations {
  /** In standard deviations, oldest first. */
  values: readonly number[];
  /** Which the autocorrelation leaves of a level, in every night but the first. */
  carried: number;
  /** Standard deviation of an innovation, in those of a night. */
  spread: number;
  levelSum: number;
  levelWeight: number;
}

/**
 * Clips nights about the level, then frees each of what the one before said about it (Prais and Winsten 1954).
 * @param values Nights of one stretch on a log scale, oldest first.
 * @param level About which to clip.
 */
export function whiten(
  values: readonly number[],
  level: number,
  { sd, autocorrelation: r }: Noise,
  limit: number = clipAt,
): Innovations {
  const carried = 1 - r;
  const spread = Math.sqrt(1 - r ** 2);
  const innovations = values.slice();
  let levelSum = 0;
  let before = 0;
  for (let night = 0; night < innovations.length; night++) {
    const z = clip(((innovations[night] ?? 0) - level) / sd, limit);
    const innovation = night === 0 ? z * spread : z - r * before;
    innovations[night] = innovation;
    levelSum += (night === 0 ? spread : carried) * innovation;
    before = z;
  }
  const levelWeight = spread ** 2 + (innovations.length - 1) * carried ** 2;
  return { values: innovations, carried, spread, levelSum, levelWeight };
}

/**
 * The change that is told best of those looked for, null where there are too few nights: a generalised likelihood ratio
 * (Willsky and Jones 1976; Lai 1995 for windows) of a series with first-order autocorrelation r, whose level before is
 * estimated along with the size of the change.
 *
 * In innovations, a step weighs 1 in its first night and 1 − r in the later ones; a creep, which rises by one a night,
 * 1 + (1 − r)·j in its j-th. Every sum a window needs grows by one term from the window before, so that a scan is one
 * pass.
 */
export function fitChange(innovations: Innovations, windows: Windows): Fit | null {
  const scores = scan(innovations, windows);
  for (let at = 0; at < scores.length; at++) {
    scores[at] = (scores[at] ?? 0) / Math.sqrt(1 + (windows.shortest + at) / nightsOfWander);
  }
  return pickBest(scores, windows);
}

function pickBest(scores: readonly number[], { shape, shortest }: Windows): Fit | null {
  let best: Fit | null = null;
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at] ?? 0;
    if (best !== null && Math.abs(score) <= Math.abs(best.score)) continue;
    best = { shape, nights: shortest + at, score };
  }
  return best;
}

/**
 * The likeliest change, placed where half of the likelihood lies before and half after: nearer to the truth on average than
 * the likeliest place, as a few nights of noise move that far.
 */
export function placeChange(innovations: Innovations, windows: Windows): Fit | null {
  const scores = scan(innovations, windows);
  const best = pickBest(scores, windows);
  if (best === null) return null;
  const likelihoods = scores.map((score) =>
    score * best.score > 0 ? Math.exp((score ** 2 - best.score ** 2) / 2) : 0,
  );
  let half = likelihoods.reduce((sum, it) => sum + it, 0) / 2;
  const at = likelihoods.findIndex((it) => {
    half -= it;
    return half <= 0;
  });
  return { ...best, nights: windows.shortest + at };
}

/** The scores of all windows, from the shortest on. */
function scan(
  { values, carried, spread, levelSum, levelWeight }: Innovations,
  { shape, shortest, longest }: Windows,
): number[] {
  const scores: number[] = [];
  let sum = 0;
  let ramp = 0;
  const most = Math.min(longest, values.length - nightsOfLevel);
  for (let nights = 1; nights <= most; nights++) {
    const y = values[values.length - nights] ?? 0;
    const later = sum;
    ramp += sum;
    sum += y;
    if (nights < shortest) continue;
    const weights = shape === 'step' ? weighStep(nights, carried) : weighCreep(nights, carried);
    const own = shape === 'step' ? y + carried * later : sum + carried * ramp;
    const gained = own - (weights.withLevel * levelSum) / levelWeight;
    scores.push(gained / (spread * Math.sqrt(weights.own - weights.withLevel ** 2 / levelWeight)));
  }
  return scores;
}

interface Weights {
  /** Sum of the squared weights of the change. */
  own: number;
  /** Sum of their products with the weights of the level. */
  withLevel: number;
}

function weighStep(nights: number, carried: number): Weights {
  const later = (nights - 1) * carried;
  return { own: 1 + later * carried, withLevel: carried * (1 + later) };
}

function weighCreep(nights: number, carried: number): Weights {
  const n = nights;
  const linear = (n * (n - 1)) / 2;
  const squares = ((n - 1) * n * (2 * n - 1)) / 6;
  return {
    own: n + 2 * carried * linear + carried ** 2 * squares,
    withLevel: carried * (n + carried * linear),
  };
}
