import { seedNormal } from '../simulate/random.ts';

/** How nights differ when nothing happens, on a log scale. */
export interface NightNoise {
  /** Standard deviation between nights. */
  sd: number;
  /** Correlation of a night with the one before. */
  autocorrelation: number;
  /** Share of nights that are off by 4 to 12 standard deviations, four of five of them slower. */
  spikes: number;
  /** Degrees of freedom of Student's t that the innovations follow; null: normal. */
  tails: number | null;
}

export interface LabelledSeries {
  /** One a night, positive. */
  values: number[];
  /** The last night before each change. */
  lastGood: number[];
}

export interface Shape {
  title: string;
  draw(random: () => number, index: number): LabelledSeries;
}

/** A year. */
const nights = 365;
const levelMs = 100;
/** Nothing happens before, as no rule could have learned what is usual, nor in the last nights. */
const firstChange = 60;
const lastNights = 30;

const sds = [0.01, 0.02, 0.03];
const autocorrelations = [0, 0.3, 0.6];

/** Every spread with every autocorrelation, in turn. */
function mix(index: number, more: Partial<NightNoise>): NightNoise {
  const sd = sds[index % 3] ?? 0;
  const autocorrelation = autocorrelations[Math.floor(index / 3) % 3] ?? 0;
  return { sd, autocorrelation, spikes: 0, tails: null, ...more };
}

const quiet = (title: string, more: Partial<NightNoise>): Shape => ({
  title,
  draw: (random, index) => compose(drawNoise(nights, mix(index, more), random), [], () => 0),
});

/** One step by a share, half of them up, in nights of one kind. */
const step = (title: string, share: number, noise: Partial<NightNoise>): Shape => ({
  title,
  draw: (random) => {
    const lastGood = firstChange + Math.floor(random() * (nights - lastNights - firstChange));
    const size = (random() < 0.5 ? 1 : -1) * Math.log1p(share);
    const plain = { sd: 0.02, autocorrelation: 0, spikes: 0.02, tails: null };
    const deviations = drawNoise(nights, { ...plain, ...noise }, random);
    return compose(deviations, [lastGood], (night) => (night > lastGood ? size : 0));
  },
});

/** What history may look like: quiet years, and years in which something happens. */
export const shapes = {
  quiet: quiet('nothing happens, SD 1–3 %, autocorrelation 0–0.6', {}),
  quietSpikes: quiet('the same, with 2 % spikes', { spikes: 0.02 }),
  quietHeavyTails: quiet('the same, with the tails of t with 4 degrees of freedom', { tails: 4 }),
  step5: step('5 % once, SD 2 %, 2 % spikes', 0.05, {}),
  step10: step('10 % once, SD 2 %, 2 % spikes', 0.1, {}),
  step5Sd1: step('5 % once, SD 1 %', 0.05, { sd: 0.01 }),
  step5Sd3: step('5 % once, SD 3 %', 0.05, { sd: 0.03 }),
  step5Autocorrelated3: step('5 % once, SD 2 %, autocorrelation 0.3', 0.05, { autocorrelation: 0.3 }),
  step5Autocorrelated6: step('5 % once, SD 2 %, autocorrelation 0.6', 0.05, { autocorrelation: 0.6 }),
  step10Autocorrelated6: step('10 % once, SD 2 %, autocorrelation 0.6', 0.1, { autocorrelation: 0.6 }),
  step10HeavyTails: step('10 % once, SD 2 %, tails of t with 4 degrees', 0.1, { spikes: 0, tails: 4 }),
  creep: {
    title: '0.2 % a night from some night on, SD 1–3 %, autocorrelation 0–0.6, 2 % spikes',
    draw: (random, index) => {
      const lastGood = firstChange + Math.floor(random() * 200);
      const slope = (random() < 0.5 ? 1 : -1) * 0.002;
      const deviations = drawNoise(nights, mix(index, { spikes: 0.02 }), random);
      return compose(deviations, [lastGood], (night) => Math.max(night - lastGood, 0) * slope);
    },
  },
  levels: {
    title: 'three to five steps of 5 to 20 % up and down, SD 1–3 %, autocorrelation 0–0.6, 2 % spikes',
    draw: (random, index) => {
      const count = 3 + Math.floor(random() * 3);
      const apart = Math.floor((nights - lastNights - firstChange) / count);
      const steps = Array.from({ length: count }, (_, at) => ({
        lastGood: firstChange + at * apart + Math.floor(random() * (apart - lastNights)),
        size: (random() < 0.5 ? 1 : -1) * Math.log1p(0.05 + 0.15 * random()),
      }));
      const shiftOf = (night: number) =>
        steps.reduce((sum, { lastGood, size }) => sum + (night > lastGood ? size : 0), 0);
      const deviations = drawNoise(nights, mix(index, { spikes: 0.02 }), random);
      return compose(
        deviations,
        steps.map(({ lastGood }) => lastGood),
        shiftOf,
      );
    },
  },
} as const satisfies Record<string, Shape>;
export type ShapeName = keyof typeof shapes;
export const shapeNames = Object.keys(shapes) as ShapeName[];

function compose(
  deviations: readonly number[],
  lastGood: number[],
  shiftOf: (night: number) => number,
): LabelledSeries {
  return { values: deviations.map((it, night) => levelMs * Math.exp(it + shiftOf(night))), lastGood };
}

/** A first-order autoregression of the stated spread, with additive spikes. */
export function drawNoise(
  length: number,
  { sd, autocorrelation, spikes, tails }: NightNoise,
  random: () => number,
): number[] {
  const normal = seedNormal(random);
  const innovate = () => (tails === null ? normal() : drawT(tails, normal) * Math.sqrt((tails - 2) / tails));
  let state = innovate();
  return Array.from({ length }, () => {
    state = autocorrelation * state + Math.sqrt(1 - autocorrelation ** 2) * innovate();
    const spike = random() < spikes ? (4 + 8 * random()) * (random() < 0.8 ? 1 : -1) : 0;
    return sd * (state + spike);
  });
}

function drawT(degreesOfFreedom: number, normal: () => number): number {
  let squares = 0;
  for (let index = 0; index < degreesOfFreedom; index++) squares += normal() ** 2;
  return normal() / Math.sqrt(squares / degreesOfFreedom);
}
