import { describe, expect, test } from 'vitest';
import {
  emptyTogether,
  type Reading,
  watchTogether,
} from '../../../src/core/change-points/common-movement.ts';
import { nightAt } from '../../../src/core/change-points/places.ts';
import { drawNights } from './seeded.ts';

const names = ['a', 'b', 'c', 'd', 'e'];

/** What every line does on its own, with a standard deviation of 1 %, and what they all do. */
function measure(nights: number, together: (night: number) => number, lines = names): Reading[][] {
  const own = lines.map((_, index) => drawNights(index + 10, nights).map((it) => it / 2));
  return Array.from({ length: nights }, (_, night) =>
    lines.map((line, index) => ({
      ...{ line, epoch: 0 },
      value: index + (own[index]?.[night] ?? 0) + together(night),
    })),
  );
}

function watch(nights: readonly Reading[][]) {
  const state = emptyTogether();
  for (const [night, readings] of nights.entries()) watchTogether(state, night, readings);
  return state;
}

/** Of every series that goes on: its line, its first night and how many it has. */
const tell = ({ common, lines }: ReturnType<typeof watch>) =>
  [['together', common] as const, ...Object.entries(lines)].map(([line, { places, watch }]) => [
    ...[line, nightAt(places, 0), watch.nights],
  ]);
const sway = drawNights(1, 100, 0.6);

describe('the common movement', () => {
  test('is taken from every line, which leaves its own noise', () => {
    const watched = (lines: string[]) => watch(measure(100, (night) => sway[night] ?? 0, lines));
    const { common, lines } = watched(names);
    expect(common.watch.noise?.sd).toBeCloseTo(0.02, 2);
    for (const { watch } of Object.values(lines)) expect(watch.noise?.sd).toBeCloseTo(0.01, 2);
    // Two lines share nothing that could be told from what one of them does.
    for (const { watch } of Object.values(watched(['a', 'b']).lines)) {
      expect(watch.noise?.sd).toBeCloseTo(0.022, 2);
    }
  });

  test('is in relation to the beginning of the epoch, and does not wander off', () => {
    const { common } = watch(measure(100, (night) => (night < 50 ? 0 : 0.2)));
    expect([nightAt(common.places, 0), common.watch.nights]).toEqual([1, 99]);
    expect(common.watch.values[0]).toBeCloseTo(0, 1);
    expect(common.watch.values.at(-1)).toBeCloseTo(0.2, 1);
  });

  test('is not moved by one line that changes', () => {
    const nights = measure(100, () => 0).map((readings, night) =>
      readings.map((it) => (it.line === 'a' && night >= 50 ? { ...it, value: it.value + 0.5 } : it)),
    );
    const { common, lines } = watch(nights);
    const confirmed = [['together', common] as const, ...Object.entries(lines)].filter(([, { watch }]) =>
      watch.findings.some(({ status }) => status === 'confirmed'),
    );
    expect(confirmed.map(([line]) => line)).toEqual(['a']);
  });

  test('goes on over a night on which too few lines were measured', () => {
    const nights = measure(40, () => 0).map((readings, night) =>
      night === 30 ? readings.slice(0, 2) : readings,
    );
    const told = tell(watch(nights)).map(([, , nights]) => nights);
    expect(told).toEqual([38, 40, 40, 39, 39, 39]);
  });

  test('begins anew where no line goes on in its epoch', () => {
    const nights = measure(40, () => 0).map((readings, night) =>
      readings.map((it) => ({ ...it, epoch: night < 20 ? 0 : 1 })),
    );
    expect(tell(watch(nights))).toEqual([['together', 21, 19], ...names.map((line) => [line, 20, 20])]);
  });

  test('keeps a line that is in a new epoch apart, while the others go on', () => {
    const nights = measure(40, () => 0).map((readings, night) =>
      readings.map((it) => ({ ...it, epoch: it.line === 'a' && night >= 20 ? 1 : 0 })),
    );
    expect(tell(watch(nights))).toEqual([
      ['together', 1, 39],
      ['a', 20, 20],
      ...names.slice(1).map((line) => [line, 0, 40]),
    ]);
  });

  test('keeps what was found in an epoch that is over, and nothing else of it', () => {
    const nights = measure(60, () => 0).map((readings, night) =>
      readings.map(({ line, epoch, value }) => ({
        ...{ line, epoch: night < 50 ? epoch : 1 },
        value: line === 'a' && night >= 40 ? value + 0.5 : value,
      })),
    );
    const { past } = watch(nights);
    expect(past.map(({ line, findings }) => [line, findings.map(({ lastGood }) => lastGood)])).toEqual([
      ['a', [39]],
    ]);
  });
});
