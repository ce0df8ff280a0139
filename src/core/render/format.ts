import type { DiagnosticId, Energy, MetricId } from '../../schema/run.ts';

/** What stands where there is no number: undefined is never shown as 0. */
export const missing = '–';

type Quantity = number | null | undefined;
/** From the smallest: how many of the base unit one of it is. */
type Unit = readonly [name: string, size: number];
type Units = readonly [Unit, ...Unit[]];

const durations: Units = [
  ['ms', 1],
  ['s', 1000],
  ['min', 60_000],
  ['h', 3_600_000],
];
const sizes: Units = [
  ['B', 1],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
  ['TiB', 1024 ** 4],
];
const digits = new Map<number, Intl.NumberFormat>();

/** Made when it is needed first: the first takes a process 5 ms and more. */
function digitsAfterPoint(count: number): Intl.NumberFormat {
  const known = digits.get(count);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en-US', { minimumFractionDigits: count, maximumFractionDigits: count });
  digits.set(count, made);
  return made;
}

/** Three significant digits: more would pretend to a precision that timings do not have. */
export function formatNumber(value: Quantity): string {
  if (!isKnown(value)) return missing;
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(3));
  // Plain notation only: toPrecision turns to exponents above 999 and far below 1.
  const decimals = Math.min(Math.max(2 - Math.floor(Math.log10(Math.abs(rounded))), 0), 20);
  return digitsAfterPoint(decimals).format(rounded).replace('-', '−');
}

/** Milliseconds, in the unit that reads best: `0.421 ms`, `12.3 ms`, `1.23 s`, `2.05 min`. */
export function formatMs(milliseconds: Quantity): string {
  return formatIn(durations, milliseconds);
}

/** Bytes in binary units, as VRAM and model sizes are told: `5.20 GiB`. */
export function formatBytes(bytes: Quantity): string {
  if (isKnown(bytes) && Math.abs(bytes) < 1024) return `${formatCount(bytes)} B`;
  return formatIn(sizes, bytes);
}

/** A quantity in the unit that it has: `212 W`, `0.482 req/s`. */
export function formatUnit(value: Quantity, unit: string): string {
  return isKnown(value) ? `${formatNumber(value)} ${unit}` : missing;
}

/** Tokens per second: `42.1 tok/s`. */
export function formatRate(tokensPerSecond: Quantity): string {
  return formatUnit(tokensPerSecond, 'tok/s');
}

/** What an output token takes: `0.412 J`. */
export function formatEnergy({ joulesPerOutputToken }: Energy): string {
  return formatUnit(joulesPerOutputToken, 'J');
}

/** A count, whole: `12,345`. */
export function formatCount(count: Quantity): string {
  return isKnown(count) ? digitsAfterPoint(0).format(count).replace('-', '−') : missing;
}

/** `1 prompt`, `25 prompts`. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** `48 of 50`; of nothing there is no share. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? missing : `${formatCount(part)} of ${formatCount(whole)}`;
}

/** A ratio of 1 is `100 %`. */
export function formatPercent(ratio: Quantity): string {
  return isKnown(ratio) ? `${formatNumber(ratio * 100)} %` : missing;
}

/** A value of one of the metrics in its own unit. */
export function formatMetric(metric: MetricId | DiagnosticId, value: Quantity): string {
  return metric.endsWith('PerSecond') ? formatRate(value) : formatMs(value);
}

/** A percentile; null although there are samples means that they are too few to bound it. */
export function formatPercentile(metric: MetricId | DiagnosticId, value: number | null, n: number): string {
  if (value !== null || n === 0) return formatMetric(metric, value);
  return `n too small (${formatCount(n)})`;
}

/** The first eight hex digits of a `sha256:` digest: enough to tell two apart, as in folder names. */
export function formatDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 8);
}

/** An ISO time in UTC to the minute: `2026-11-24 01:30 UTC`. */
export function formatTime(isoTime: string): string {
  return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 16)} UTC`;
}

function formatIn(units: Units, value: Quantity): string {
  if (!isKnown(value)) return missing;
  // By the rounded number, so that 999.7 ms is 1.00 s and not 1,000 ms.
  const [name, size] =
    units.findLast(([, size]) => Number(Math.abs(value / size).toPrecision(3)) >= 1) ?? units[0];
  return `${formatNumber(value / size)} ${name}`;
}

function isKnown(value: Quantity): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}
