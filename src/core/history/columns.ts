import canonicalize from 'canonicalize';
import { median } from 'simple-statistics';

/** A column of few different values: those, and for each entry the index of its own. */
export interface CodedColumn<T> {
  values: T[];
  at: number[];
}

/** @param values JSON values; two are the same if their canonical forms are. */
export function encodeColumn<T>(values: readonly T[]): CodedColumn<T> {
  const found = new Map<string, number>();
  const column: CodedColumn<T> = { values: [], at: [] };
  for (const value of values) {
    const key = canonicalize(value) ?? '';
    let index = found.get(key);
    if (index === undefined) {
      index = column.values.push(value) - 1;
      found.set(key, index);
    }
    column.at.push(index);
  }
  return column;
}

/** @throws {RangeError} where the column has no such entry. */
export function decodeColumn<T>({ values, at }: CodedColumn<T>, entry: number): T {
  const index = at[entry];
  if (index === undefined || index >= values.length) throw new RangeError(`A column has no entry ${entry}.`);
  return values[index] as T;
}

/** By question the median of its times, and for each sample how far off it is: 1000 × ln(time ÷ median), rounded. */
export interface TimesColumn {
  median: (number | null)[];
  at: (number | null)[];
}

const steps = 1000;
/** Of the median: what a time of 0 is kept as. */
const almostNothing = 1e-9;

/**
 * How far a value is off a median: 1000 × ln(value ÷ median), rounded, so to within half a per mille. Noise of a few per cent
 * takes two digits then, where the values themselves take four or five.
 */
export function encodeOffset(value: number, median: number): number {
  // Where the median is 0, so is all else that is said about it.
  if (median === 0) return 0;
  return Math.round(steps * Math.log(Math.max(value / median, almostNothing))) + 0;
}

/** What was 0 is 0 again: a billionth of the median would be a reading, and its ratio to any other one absurd. */
export function decodeOffset(offset: number, median: number): number {
  return offset <= Math.round(steps * Math.log(almostNothing)) ? 0 : median * Math.exp(offset / steps);
}

/**
 * Keeps times relative to the median of their question.
 * @param questions For each time the index of its question, below `count`.
 */
export function encodeTimes(
  times: readonly (number | null)[],
  questions: readonly number[],
  count: number,
): TimesColumn {
  const own: number[][] = Array.from({ length: count }, () => []);
  for (const [index, time] of times.entries()) {
    if (time !== null && time > 0) own[questions[index] ?? -1]?.push(time);
  }
  const medians = own.map((it) => (it.length === 0 ? null : roundDigits(median(it))));
  return {
    median: medians,
    at: times.map((time, index) =>
      time === null ? null : encodeOffset(time, medians[questions[index] ?? -1] ?? 0),
    ),
  };
}

/** A time that was kept; null where there was none. */
export function decodeTime({ median, at }: TimesColumn, entry: number, question: number): number | null {
  const offset = at[entry];
  return offset === undefined || offset === null ? null : decodeOffset(offset, median[question] ?? 0);
}

const digits = 4;

/** To four significant digits: finer than any two measurements of it agree. */
export function roundDigits(value: number): number {
  return Number(value.toPrecision(digits));
}
