import { median } from 'simple-statistics';
import {
  creepWindows,
  type Fit,
  fitChange,
  nightsOfLevel,
  type Shape,
  stepWindows,
  whiten,
} from './likelihood-ratio.ts';
import { estimateNoise, type Noise } from './noise.ts';
import { ratioToConfirm, runToConfirm, type Thresholds } from './thresholds.ts';

/** What the nights until now say about a change. */
export interface Evidence {
  shape: Shape;
  sign: 1 | -1;
  /** The last so many nights are changed ones. */
  nights: number;
  /** In standard deviations; at 1 of `relative` it is enough. */
  score: number;
  /** Over the threshold: 1 confirms. */
  relative: number;
  noise: Noise;
}

/** The newest nights tell nothing about the noise: they may have changed. */
const newest = 12;
/** So many nights must tell it, the newest but three among them where there are no others. */
const fewestOfNoise = 17;

const nightsOfRun = 3;
const almost = 0.95;
/**
 * A second look costs as much as all the rest. Below this share of a threshold it was never seen to matter, save where
 * so few nights are quiet that a change among them passes for noise.
 */
const worthALook = 0.5;
const fewQuiet = 60;

/** What a series does when nothing happens. */
export interface Usual {
  level: number;
  noise: Noise;
}

/**
 * Tells what is usual from the nights of a stretch, oldest first; null where there are too few.
 * @param earlier Stretches before, which tell the noise too.
 */
export function tellUsual(stretch: readonly number[], earlier: readonly (readonly number[])[]): Usual | null {
  const known = earlier.reduce((sum, { length }) => sum + length, 0);
  const fewest = Math.min(stretch.length - nightsOfRun, Math.max(fewestOfNoise - known, nightsOfLevel));
  const quiet = stretch.slice(0, Math.max(stretch.length - newest, fewest));
  if (quiet.length < nightsOfLevel) return null;
  return { level: median(quiet), noise: estimateNoise([quiet, ...earlier]) };
}

/** Whether a stretch shows nothing that would be worth the work of telling what is usual anew. */
export function isQuiet(stretch: readonly number[], usual: Usual, thresholds: Thresholds): boolean {
  if (stretch.length < fewQuiet + newest) return false;
  return look(stretch, usual, thresholds).every(({ relative }) => relative < worthALook);
}

/** Weighs the nights of a stretch for a change that still lasts. @returns The strongest evidence. */
export function weighNight(
  stretch: readonly number[],
  earlier: readonly (readonly number[])[],
  usual: Usual,
  thresholds: Thresholds,
): Evidence {
  const isShort = stretch.length < fewQuiet + newest;
  const [run, ...found] = look(stretch, usual, thresholds);
  const again = found.map((it) =>
    it.relative < worthALook && !isShort ? it : refine(it, stretch, earlier, thresholds),
  );
  return again.reduce((best, it) => (it.relative > best.relative ? it : best), run);
}

/** The run, and the step and the creep that fit best where there are nights enough for them. */
function look(
  stretch: readonly number[],
  usual: Usual,
  thresholds: Thresholds,
): [run: Evidence, ...changes: Evidence[]] {
  const { level, noise } = usual;
  const threshold = ratioToConfirm(noise, thresholds);
  const innovations = whiten(stretch, level, noise);
  const changes = [stepWindows, creepWindows].flatMap((windows) => {
    const fit = fitChange(innovations, windows);
    return fit === null ? [] : [toEvidence(fit, threshold, noise)];
  });
  return [weighRun(stretch, usual, thresholds), ...changes];
}

/** The same change again, the noise told from the nights before it and those after it, each about their own course. */
function refine(
  { shape, nights }: Pick<Fit, 'shape' | 'nights'>,
  stretch: readonly number[],
  earlier: readonly (readonly number[])[],
  thresholds: Thresholds,
): Evidence {
  const before = stretch.slice(0, stretch.length - nights);
  const after = stretch.slice(stretch.length - nights);
  const own = nights < nightsOfLevel ? [] : [shape === 'creep' ? removeTrend(after) : after];
  const noise = estimateNoise([...own, before, ...earlier]);
  const level = median(before);
  const fit = fitChange(whiten(stretch, level, noise), { shape, shortest: nights, longest: nights });
  const evidence = toEvidence(fit ?? { shape, nights, score: 0 }, ratioToConfirm(noise, thresholds), noise);
  // So many nights are a run too, and a clipped ratio says little of a step among the first nights of all.
  const nearest = Math.min(...after.map((it) => (evidence.sign * (it - level)) / noise.sd));
  const relative = Math.max(evidence.relative, nearest / runToConfirm(noise, thresholds));
  return { ...evidence, relative };
}

/**
 * Weighs the nights of a run by the nearest of them: a step that dwarfs the noise, which a likelihood ratio that
 * clips takes longer to believe.
 */
function weighRun(stretch: readonly number[], { level, noise }: Usual, thresholds: Thresholds): Evidence {
  const sign = (stretch.at(-1) ?? level) < level ? -1 : 1;
  const deviationOf = (value: number) => (sign * (value - level)) / noise.sd;
  const nearestOf = (nights: number) => Math.max(Math.min(...stretch.slice(-nights).map(deviationOf)), 0);
  const nearest = nearestOf(nightsOfRun - 1);
  // Where a night lies nearer to the level than to the run, the run had not begun.
  const normal = stretch.findLastIndex((it) => deviationOf(it) < nearest / 2);
  const threshold = runToConfirm(noise, thresholds);
  const fit: Fit = { shape: 'step', nights: stretch.length - 1 - normal, score: sign * nearest };
  const evidence = toEvidence(fit, threshold, noise);
  // A night short of a run, however far off, is a suspicion and no more.
  const relative = Math.max(nearestOf(nightsOfRun) / threshold, Math.min(evidence.relative, almost));
  return { ...evidence, relative };
}

function toEvidence({ shape, nights, score }: Fit, threshold: number, noise: Noise): Evidence {
  const size = Math.abs(score);
  return { shape, nights, sign: score < 0 ? -1 : 1, score: size, relative: size / threshold, noise };
}

function removeTrend(values: readonly number[]): number[] {
  const middle = (values.length - 1) / 2;
  let products = 0;
  let squares = 0;
  for (const [index, value] of values.entries()) {
    products += (index - middle) * value;
    squares += (index - middle) ** 2;
  }
  return values.map((value, index) => value - ((index - middle) * products) / squares);
}
