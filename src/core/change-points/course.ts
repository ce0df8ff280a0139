import { median } from 'simple-statistics';
import { creepWindows, type Fit, fitChange } from './likelihood-ratio.ts';
import { clip, clipAt, type Noise } from './noise.ts';

/** What a stretch did that is known to have changed. */
export interface Course {
  step: Fit;
  /** null where there are too few nights for one. */
  creep: Fit | null;
  /** How much likelier the creep is than the step, in log likelihood. */
  lead: number;
}

/**
 * The step and the creep that fit a stretch best. Spikes are clipped about the nights around them, not about the
 * level, so that a creep is not flattened as it goes. Null where there are too few nights.
 */
export function traceCourse(stretch: readonly number[], noise: Noise): Course | null {
  const smooth = removeSpikes(stretch, noise.sd);
  const level = median(smooth);
  const { longest } = creepWindows;
  const step = fitChange(smooth, level, noise, { shape: 'step', shortest: 1, longest }, unlimited);
  const creep = fitChange(smooth, level, noise, creepWindows, unlimited);
  if (step === null) return null;
  const lead = creep === null ? Number.NEGATIVE_INFINITY : (creep.score ** 2 - step.score ** 2) / 2;
  return { step, creep, lead };
}

const unlimited = Number.POSITIVE_INFINITY;

/** Nights on either side of one that a spike is told by. */
const reach = 3;

function removeSpikes(values: readonly number[], sd: number): number[] {
  return values.map((value, index) => {
    const around = median(values.slice(Math.max(0, index - reach), index + reach + 1));
    return around + clip(value - around, clipAt * sd);
  });
}
