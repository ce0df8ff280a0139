import { median } from 'simple-statistics';
import { creepWindows, type Fit, placeChange, type Windows, whiten } from './likelihood-ratio.ts';
import { clip, clipAt, type Noise } from './noise.ts';

/** What a stretch did that is known to have changed. */
export interface Course {
  step: Fit;
  /** null where there are too few nights for one. */
  creep: Fit | null;
  /** How much likelier the creep is than the step, or than two of them, in log likelihood. */
  lead: number;
}

/**
 * The step and the creep that fit a stretch best. Spikes are clipped about the nights around them, not about the
 * level, so that a creep is not flattened as it goes. Null where there are too few nights.
 */
export function traceCourse(stretch: readonly number[], noise: Noise): Course | null {
  const smooth = removeSpikes(stretch, noise.sd);
  const level = median(smooth);
  const fitBest = (values: readonly number[], ...shapes: Windows[]) => {
    const innovations = whiten(values, level, noise, Number.POSITIVE_INFINITY);
    return shapes.map((windows) => placeChange(innovations, windows));
  };
  const [step = null, creep = null] = fitBest(smooth, anyStep, creepWindows);
  if (step === null) return null;
  const sides = [smooth.slice(0, -step.nights), smooth.slice(-step.nights)];
  const second = Math.max(...sides.map((side) => (fitBest(side, anyStep)[0]?.score ?? 0) ** 2));
  const steps = step.score ** 2 + Math.max(second - 2 * penalty, 0);
  const lead = creep === null ? Number.NEGATIVE_INFINITY : (creep.score ** 2 - steps) / 2;
  return { step, creep, lead };
}

const anyStep: Windows = { shape: 'step', shortest: 1, longest: creepWindows.longest };

/** A second step has two parameters more, which fit noise by so much in log likelihood. */
const penalty = 10;

/** Nights on either side of one that a spike is told by. */
const reach = 3;

function removeSpikes(values: readonly number[], sd: number): number[] {
  return values.map((value, index) => {
    const around = median(values.slice(Math.max(0, index - reach), index + reach + 1));
    return around + clip(value - around, clipAt * sd);
  });
}
