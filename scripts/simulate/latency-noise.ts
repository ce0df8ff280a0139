import { seedNormal } from './random.ts';

/** How readings of a machine scatter. */
export interface NoiseShape {
  /** Of one request: SD ÷ mean. */
  cv: number;
  /** Of one request with the next. */
  autocorrelation: number;
  /** Every loading of a model has an offset of its own, with this relative SD. */
  loadSd: number;
}

export interface Layout {
  metrics: number;
  prompts: number;
  loads: number;
  /** In each load. */
  rounds: number;
  /** Both models in memory and asked in turn; else one load after the other, the first drawn by a coin. */
  resident: boolean;
}

/** One model's readings as logarithms, by metric: at (load · rounds + round) · prompts + prompt. */
export interface SimulatedModel {
  base: Float64Array[];
  head: Float64Array[];
}

/** Metrics of one request have this much in common. */
const correlation = 0.6;
const [commonWeight, specificWeight] = [Math.sqrt(correlation), Math.sqrt(1 - correlation)];
/** From the first request of a job to the last. */
const drift = 0.05;
/** 2 % of requests, in bursts. */
const spikes = { startsPerRequest: 0.005, meanLength: 4, least: 0.3, most: 1.5 };
/** A lognormal of this σ has skewness 2.3, as waiting times have. */
const skewSigma = 0.6;
const skewMean = Math.exp(skewSigma ** 2 / 2);
const skewSd = skewMean * Math.sqrt(Math.exp(skewSigma ** 2) - 1);

/**
 * Base and head without a difference: readings that are skewed and autocorrelated from request to request, with bursts
 * of spikes (+30 to +150 %), a drift of 5 % over the job, and an offset for each load of each side.
 */
export function simulateModel(shape: NoiseShape, layout: Layout, random: () => number): SimulatedModel {
  const { metrics, prompts, loads, rounds, resident } = layout;
  const normal = seedNormal(random);
  const machine = startMachine(shape, metrics, 2 * loads * rounds * prompts, random, normal);
  const make = () => Array.from({ length: metrics }, () => new Float64Array(loads * rounds * prompts));
  const sides = { base: make(), head: make() };
  const drawOffsets = () => {
    const common = normal();
    return Array.from({ length: metrics }, () => shape.loadSd * mix(common, normal()));
  };
  for (let load = 0; load < loads; load++) {
    const offsets = { base: drawOffsets(), head: drawOffsets() };
    const ask = (side: 'base' | 'head', at: number) => machine.ask(sides[side], offsets[side], at);
    const [start, end] = [load * rounds * prompts, (load + 1) * rounds * prompts];
    const inOrder = () => (random() < 0.5 ? (['base', 'head'] as const) : (['head', 'base'] as const));
    if (resident) {
      for (let at = start; at < end; at++) for (const side of inOrder()) ask(side, at);
    } else {
      for (const side of inOrder()) for (let at = start; at < end; at++) ask(side, at);
    }
  }
  return sides;
}

/** What the readings of one request have in common with those of the one before. */
function startMachine(
  { cv, autocorrelation, loadSd: _ }: NoiseShape,
  metrics: number,
  requests: number,
  random: () => number,
  normal: () => number,
) {
  const innovation = Math.sqrt(1 - autocorrelation ** 2);
  const own = Float64Array.from({ length: metrics }, normal);
  let common = normal();
  let sent = 0;
  let left = 0;
  let height = 0;
  return {
    ask(values: readonly Float64Array[], offsets: readonly number[], at: number): void {
      common = autocorrelation * common + innovation * normal();
      if (left > 0) left--;
      else if (random() < spikes.startsPerRequest) {
        left = Math.ceil(Math.log(1 - random()) / Math.log(1 - 1 / spikes.meanLength));
        height = Math.log1p(spikes.least + (spikes.most - spikes.least) * random());
      }
      const shift = Math.log1p((drift * sent++) / requests) + (left > 0 ? height : 0);
      for (let metric = 0; metric < metrics; metric++) {
        const readings = values[metric];
        if (readings === undefined) continue;
        const specific = autocorrelation * (own[metric] ?? 0) + innovation * normal();
        own[metric] = specific;
        const skewed = (Math.exp(skewSigma * mix(common, specific)) - skewMean) / skewSd;
        readings[at] = Math.log1p(cv * skewed) + shift + (offsets[metric] ?? 0);
      }
    },
  };
}

function mix(common: number, specific: number): number {
  return commonWeight * common + specificWeight * specific;
}
