import type { Noise } from './noise.ts';

/** How much evidence it takes, in standard deviations. */
export interface Thresholds {
  /** Likelihood ratio that confirms, of a long series without autocorrelation. */
  ratio: number;
  /** What it takes more, times the square of the autocorrelation. */
  ratioPerSquare: number;
  /** How far off the nearest night of a run must be to confirm it, of such a series. */
  run: number;
  /** What it takes more, times the autocorrelation. */
  runPerAutocorrelation: number;
  /** What either takes more, times the share of outliers: heavy tails come in clusters. */
  perOutlier: number;
  /** Few nights tell the noise badly: all thresholds grow by this over their number. */
  scarcity: number;
  /** Share of a threshold from which something is suspected. */
  suspect: number;
  /** Share of a threshold below which a suspicion is cleared. */
  clear: number;
  /** On a log scale, that is, relative: a smaller change is not confirmed. */
  smallestChange: number;
}

/**
 * Set by simulation (docs/adr/0009-change-points.md): about 0.1 false alarms per 1,000 quiet nights of a series, over
 * autocorrelations of 0 to 0.6, spikes and heavy tails; the squares follow what was needed at each. Where simulation
 * leaves a choice, half of the labelled series made it.
 */
export const calibrated: Thresholds = {
  ...{ ratio: 4.05, ratioPerSquare: 4.8, run: 2.6, runPerAutocorrelation: 2.8, scarcity: 8, perOutlier: 15 },
  ...{ suspect: 0.8, clear: 0.55, smallestChange: 0.01 },
};

export function ratioToConfirm({ autocorrelation, outliers, nights }: Noise, it: Thresholds): number {
  return (
    (it.ratio + it.ratioPerSquare * autocorrelation ** 2 + it.perOutlier * outliers) *
    (1 + it.scarcity / nights)
  );
}

export function runToConfirm({ autocorrelation, outliers, nights }: Noise, it: Thresholds): number {
  return (
    (it.run + it.runPerAutocorrelation * autocorrelation + it.perOutlier * outliers) *
    (1 + it.scarcity / nights)
  );
}
