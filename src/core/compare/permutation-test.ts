import { mean } from 'simple-statistics';
import { remember } from './remember.ts';
import { seedRandom } from './seeded-random.ts';

export interface LabelTest {
  /** Mean distance between the sides less that within them. */
  observed: number;
  /** The same under each way to deal the labels, this one included; a single value where there is nothing to tell. */
  relabelled: readonly number[];
  /** The share of them at least as large. */
  p: number;
  /** The smallest p that any labelling of these points could have. */
  leastP: number;
}

/** C(13, 6) and so all of 6 against 7: enumerated. Above it as many are drawn. */
const mostLabellings = 1716;
const jointDraws = 9999;
/** Sums in another order differ in their last digits. */
const tolerance = 1e-9;

/**
 * Whether points are further from those of the other side than from their own, by an exact permutation test.
 * @param distances symmetric, of all points to all.
 * @param first how many of them, from the first on, are of one side.
 */
export function testLabels(distances: readonly (readonly number[])[], first: number): LabelTest {
  const n = distances.length;
  const score = openScore(distances);
  const observed = score(Array.from({ length: first }, (_, index) => index));
  const isFlat = distances.every((row) => row.every((value) => value === 0));
  // Of one point a side there is nothing within to hold the distance against.
  if (isFlat || n < 3) return { observed, relabelled: [observed], p: 1, leastP: 1 };
  const relabelled = listLabellings(n, first).map(score);
  const shareFrom = (least: number) =>
    relabelled.filter((value) => value >= least - tolerance).length / relabelled.length;
  return { observed, relabelled, p: shareFrom(observed), leastP: shareFrom(Math.max(...relabelled)) };
}

/**
 * The same over several sets of points, whose labels are dealt independently of each other: the p of the sum, from
 * seeded draws.
 */
export function testTogether(tests: readonly LabelTest[]): number {
  const telling = tests.filter(({ relabelled }) => relabelled.length > 1);
  if (telling.length === 0) return 1;
  const observed = telling.reduce((sum, it) => sum + it.observed, 0);
  const random = seedRandom(telling.length);
  let atLeast = 1;
  for (let draw = 0; draw < jointDraws; draw++) {
    let sum = 0;
    for (const { relabelled } of telling) sum += relabelled[Math.floor(random() * relabelled.length)] ?? 0;
    if (sum >= observed - tolerance) atLeast++;
  }
  return atLeast / (jointDraws + 1);
}

/** Scores a choice of points as one side, the others being the other. */
function openScore(distances: readonly (readonly number[])[]): (chosen: readonly number[]) => number {
  const n = distances.length;
  const fromPoint = distances.map((row) => row.reduce((sum, value) => sum + value, 0));
  const total = fromPoint.reduce((sum, value) => sum + value, 0) / 2;
  return (chosen) => {
    let own = 0;
    let from = 0;
    chosen.forEach((i, place) => {
      from += fromPoint[i] ?? 0;
      for (let other = 0; other < place; other++) own += distances[i]?.[chosen[other] ?? 0] ?? 0;
    });
    const between = from - 2 * own;
    const [a, b] = [chosen.length, n - chosen.length];
    const within = [
      ...(a > 1 ? [own / ((a * (a - 1)) / 2)] : []),
      ...(b > 1 ? [(total - own - between) / ((b * (b - 1)) / 2)] : []),
    ];
    return between / (a * b) - (within.length === 0 ? 0 : mean(within));
  };
}

/** Every way to choose `first` of `n`, the first ones first; where they are too many, that one and random others. */
const listLabellings = remember((n: number, first: number): number[][] => {
  if (countChoices(n, first) <= mostLabellings) return choose(n, first, 0);
  const random = seedRandom(n);
  const indices = Array.from({ length: n }, (_, index) => index);
  const drawn = Array.from({ length: mostLabellings - 1 }, () => drawSome(indices, first, random));
  return [indices.slice(0, first), ...drawn];
});

function choose(n: number, count: number, from: number): number[][] {
  if (count === 0) return [[]];
  if (n - from < count) return [];
  const withFirst = choose(n, count - 1, from + 1).map((rest) => [from, ...rest]);
  return [...withFirst, ...choose(n, count, from + 1)];
}

function countChoices(n: number, k: number): number {
  let choices = 1;
  for (let index = 1; index <= k; index++) choices *= (n - k + index) / index;
  return choices;
}

/** The start of a Fisher–Yates shuffle. */
function drawSome(items: readonly number[], count: number, random: () => number): number[] {
  const shuffled = [...items];
  for (let index = 0; index < count; index++) {
    const other = index + Math.floor(random() * (shuffled.length - index));
    [shuffled[index], shuffled[other]] = [shuffled[other] ?? 0, shuffled[index] ?? 0];
  }
  return shuffled.slice(0, count);
}
