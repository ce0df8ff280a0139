import { median } from 'simple-statistics';

/** How a series moves from night to night when nothing happens: a first-order autoregression about a level. */
export interface Noise {
  /** Standard deviation of a night about the level, outliers bounded. */
  sd: number;
  /** Correlation of a night with the one before. */
  autocorrelation: number;
  /** Share of nights that were bounded, drawn to 1 %: more, where there are spikes or heavy tails. */
  outliers: number;
  /** How many nights it was told from. */
  nights: number;
}

/** In standard deviations: what lies beyond counts as much as if it lay there, so that a spike is no evidence. */
export const clipAt = 2.75;

/** The median absolute deviation of a normal distribution times this is its standard deviation. */
const madToSd = 1.4826;

/** Few nights tell an autocorrelation badly, and one that is taken too low makes false alarms: it is drawn to this. */
const usualAutocorrelation = 0.4;
/** As if so many nights more had shown the usual one. */
const nightsOfUsual = 30;
/** What is more alike from night to night than this is no noise about a level: it changed, or it wanders. */
const highestAutocorrelation = 0.7;

/** As few nights tell the share of outliers badly, it is drawn to the usual one as if by so many more. */
const usualOutliers = { share: 0.01, nights: 30 };

/** The noise of a series that does not move at all, on a log scale: a hundredth of a per mille. */
const smallestSd = 1e-5;

/**
 * Estimates the noise of nights on a log scale.
 * @param stretches Nights in order, each stretch about a level of its own. Together at least five nights.
 */
export function estimateNoise(stretches: readonly (readonly number[])[]): Noise {
  const centred = stretches.filter(({ length }) => length > 0).map(centre);
  const sizes = measureSizes(centred);
  const nights = sizes.length;
  const limit = clipAt * Math.max(madToSd * median(sizes), smallestSd);
  let squares = 0;
  let products = 0;
  let pairs = 0;
  for (const stretch of centred) {
    let sum = 0;
    for (const it of stretch) sum += clip(it, limit);
    const mean = sum / stretch.length;
    let before: number | null = null;
    for (const it of stretch) {
      const deviation = clip(it, limit) - mean;
      squares += deviation * deviation;
      if (before !== null) {
        products += deviation * before;
        pairs++;
      }
      before = deviation;
    }
  }
  let outliers = 0;
  for (const size of sizes) if (size > limit) outliers++;
  const variance = squares / nights;
  const seen = variance === 0 || pairs === 0 ? usualAutocorrelation : products / pairs / variance;
  const autocorrelation = settleAutocorrelation(seen, nights);
  // A sample's variance about its own mean falls short by the variance of that mean.
  const lost = varianceOfMean(nights / centred.length, autocorrelation);
  const sd = Math.sqrt(variance / Math.max(1 - lost, 0.3));
  return {
    sd: Math.max(sd, smallestSd),
    autocorrelation,
    outliers: settleOutliers(outliers, nights),
    nights,
  };
}

/** Of the mean of n nights, each of variance 1 (Priestley, Spectral Analysis and Time Series, 5.3.2). */
export function varianceOfMean(n: number, autocorrelation: number): number {
  const r = autocorrelation;
  return (1 + r) / (1 - r) / n - (2 * r * (1 - r ** n)) / (n * (1 - r)) ** 2;
}

export function clip(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit);
}

/** Removes the bias of a small sample (Marriott and Pope 1954), then draws it to the usual one. */
function settleAutocorrelation(seen: number, nights: number): number {
  const unbiased = nights > 8 ? (nights * seen + 1) / (nights - 4) : seen;
  const settled = (nights * unbiased + nightsOfUsual * usualAutocorrelation) / (nights + nightsOfUsual);
  return Math.min(Math.max(settled, 0), highestAutocorrelation);
}

function settleOutliers(seen: number, nights: number): number {
  const usual = usualOutliers;
  return (seen + usual.share * usual.nights) / (nights + usual.nights);
}

/** About the median. Written over a copy: on every night of every series, three times as quick as a map. */
function centre(stretch: readonly number[]): number[] {
  const values = stretch.slice();
  const level = median(values);
  for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) - level;
  return values;
}

function measureSizes([first = [], ...others]: readonly number[][]): number[] {
  const values = first.concat(...others);
  for (let at = 0; at < values.length; at++) values[at] = Math.abs(values[at] ?? 0);
  return values;
}
