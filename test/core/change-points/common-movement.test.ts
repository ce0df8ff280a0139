import { describe, expect, test } from 'vitest';
import { type Reading, watchTogether } from '../../../src/core/change-points/common-movement.ts';
import { drawNights } from './seeded.ts';

const names = ['a', 'b', 'c', 'd', 'e'];

/** What every line does on its own, with a standard deviation of 1 %, and what they all do. */
function measure(nights: number, together: (night: number) => number, lines = names): Reading[][] {
  const own = lines.map((_, index) => drawNights(index + 10, nights).map((it) => it / 2));
  return Array.from({ length: nights }, (_, night) =>
    lines.map((line, index) => ({
      ...{ line, epoch: 'one' },
      value: index + (own[index]?.[night] ?? 0) + together(night),
    })),
  );
}
const sway = drawNights(1, 100, 0.6);

describe('the common movement', () => {
  test('is taken from every line, which leaves its own noise', () => {
    const sdsOf = (lines: string[]) =>
      watchTogether(measure(100, (night) => sway[night] ?? 0, lines)).map(
        ({ watch }) => watch.noise?.sd ?? 0,
      );
    const [common, ...own] = sdsOf(names);
    expect(common).toBeCloseTo(0.02, 2);
    for (const sd of own) expect(sd).toBeCloseTo(0.01, 2);
    // Two lines share nothing that could be told from what one of them does.
    for (const sd of sdsOf(['a', 'b'])) expect(sd).toBeCloseTo(0.022, 2);
  });

  test('is in relation to the beginning of the epoch, and does not wander off', () => {
    const [common] = watchTogether(measure(100, (night) => (night < 50 ? 0 : 0.2)));
    expect(common?.line).toBeNull();
    expect(common?.nights).toEqual(Array.from({ length: 99 }, (_, index) => index + 1));
    expect(common?.values[0]).toBeCloseTo(0, 1);
    expect(common?.values.at(-1)).toBeCloseTo(0.2, 1);
  });

  test('is not moved by one line that changes', () => {
    const nights = measure(100, () => 0).map((readings, night) =>
      readings.map((it) => (it.line === 'a' && night >= 50 ? { ...it, value: it.value + 0.5 } : it)),
    );
    const series = watchTogether(nights);
    const confirmed = series.filter(({ watch }) =>
      watch.findings.some(({ status }) => status === 'confirmed'),
    );
    expect(confirmed.map(({ line }) => line)).toEqual(['a']);
  });

  test('goes on over a night on which too few lines were measured', () => {
    const nights = measure(40, () => 0).map((readings, night) =>
      night === 30 ? readings.slice(0, 2) : readings,
    );
    const [common, ...own] = watchTogether(nights);
    expect([common?.nights.length, own.map((it) => it.nights.length)]).toEqual([38, [40, 40, 39, 39, 39]]);
  });

  test('begins anew where no line goes on in its epoch', () => {
    const nights = measure(40, () => 0).map((readings, night) =>
      readings.map((it) => ({ ...it, epoch: night < 20 ? 'one' : 'two' })),
    );
    const told = watchTogether(nights).map(({ line, nights, isOver }) => [
      line,
      nights[0],
      nights.length,
      isOver,
    ]);
    expect(told).toEqual([
      ...names.map((line) => [line, 0, 20, true]),
      [null, 1, 19, true],
      [null, 21, 19, false],
      ...names.map((line) => [line, 20, 20, false]),
    ]);
  });

  test('keeps a line that is in a new epoch apart, while the others go on', () => {
    const nights = measure(40, () => 0).map((readings, night) =>
      readings.map((it) => ({ ...it, epoch: it.line === 'a' && night >= 20 ? 'two' : 'one' })),
    );
    const told = watchTogether(nights).map(({ line, nights, isOver }) => [
      line,
      nights[0],
      nights.length,
      isOver,
    ]);
    expect(told).toEqual([
      ['a', 0, 20, true],
      [null, 1, 39, false],
      ['a', 20, 20, false],
      ...names.slice(1).map((line) => [line, 0, 40, false]),
    ]);
  });
});
