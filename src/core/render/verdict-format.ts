import { missing } from './format.ts';

const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A tenfold value; beyond it the percentage says nothing. */
const mostChange = 9;

/** A change as head ÷ base − 1: `+5.1 %`, `−3.0 %`, `0 %`, `+102 %`. Tenths, as nothing smaller is worth a word. */
export function formatChange(change: number | null): string {
  // What so noisy a comparison would have seen is no number to print to the last digit.
  if (change !== null && change > mostChange) return `over +${mostChange * 100} %`;
  if (change === null) return missing;
  if (change === 0) return '0 %';
  // Nothing falls by all of itself: what rounds to it fell less.
  if (change > -1 && change < -0.9995) return 'over −99.9 %';
  const size = Math.abs(change * 100);
  const digits = (size >= 99.95 ? whole : tenths).format(size);
  // What rounds to nothing has no direction that is worth a sign.
  if (size < 0.05) return `${digits} %`;
  return `${change > 0 ? '+' : '−'}${digits} %`;
}

/** The same for a line that is read in passing, in two digits: `+35 %`, `−5.1 %`, `+0.3 %`. */
export function formatRoughChange(change: number | null): string {
  const size = Math.abs((change ?? 0) * 100);
  if (change === null || size < 9.95 || size >= 99.5) return formatChange(change);
  return `${change > 0 ? '+' : '−'}${whole.format(size)} %`;
}

/** Twofold: beyond it a percentage is no measure of a change, and the same change of a rate is another percentage. */
const mostDetectable = 1;

/**
 * What a comparison would have named, in the direction in which it is worse: `+3.1 % would have shown`; of a rate the
 * fall. A change so large that it says nothing is said as what it is, in either direction: `only a change by a factor of
 * 3.4 would have shown`. Null, with unknown noise, is said too.
 */
export function formatDetectable(detectableChange: number | null, better: 'lower' | 'higher'): string {
  if (detectableChange === null) return 'its noise is unknown';
  const factor = 1 + detectableChange;
  if (detectableChange <= mostDetectable)
    return `${formatChange(better === 'lower' ? detectableChange : 1 / factor - 1)} would have shown`;
  const size = detectableChange > mostChange ? `over ${1 + mostChange}` : Number(factor.toPrecision(2));
  return `only a change by a factor of ${size} would have shown`;
}

/** `−0.4 % to +1.1 %`. */
export function formatRange({ low, high }: { low: number; high: number }): string {
  return `${formatChange(low)} to ${formatChange(high)}`;
}

/** A number that somebody chose, as it was chosen: `2 %`, `0.5 %`, `90 %`; and how often something is, `8 %`. */
export function formatPlainPercent(ratio: number | null): string {
  return ratio === null ? missing : `${Number((ratio * 100).toPrecision(3))} %`;
}

/** `0.031`, `< 0.001`: no p of a table or a simulation is known better. */
export function formatProbability(p: number | null): string {
  if (p === null) return missing;
  return p < 0.001 ? '< 0.001' : String(Number(p.toPrecision(2)));
}

/** How far two answers are apart, from 0 to 1: `0.41`. */
export function formatDistance(distance: number): string {
  return hundredths.format(distance);
}
