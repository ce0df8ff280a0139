import { describe, expect, test } from 'vitest';
import { readWatch, watchNight, watchSeries } from '../../../src/core/change-points/watch-series.ts';
import { emptyWatch, type Finding, nightsKept } from '../../../src/core/change-points/watch-state.ts';
import { drawNights } from './seeded.ts';

/** A hand-made series that sways by 1.3 % about 0. */
const sway = [0, 2, -1, 1, -2, 0, 1, -1, 2, -2];
function quiet(nights: number): number[] {
  return Array.from({ length: nights }, (_, night) => {
    const [one, other] = [sway[(night * 7) % 10] ?? 0, sway[(night * 3 + Math.floor(night / 10)) % 10] ?? 0];
    return (one + other) / 150;
  });
}
const added = (nights: number, extra: (night: number) => number) =>
  quiet(nights).map((it, night) => it + extra(night));
const story = ({ status, shape, sign, lastGood, suspectedAt, decidedAt, levelledAt }: Finding) =>
  [status, shape, sign, lastGood, suspectedAt, decidedAt, levelledAt] as const;

describe('a series', () => {
  test('of fewer than 20 nights is learning, whatever it does', () => {
    expect(watchSeries(added(19, (night) => (night < 10 ? 0 : 1)))).toEqual({
      ...{ status: 'learning', stretchFrom: 0, noise: null, findings: [] },
    });
    expect(watchSeries(quiet(20)).status).toBe('stable');
  });

  test('that is quiet raises nothing', () => {
    expect(watchSeries(quiet(300))).toMatchObject({ status: 'stable', stretchFrom: 0, findings: [] });
  });

  test('that never moves raises nothing', () => {
    expect(watchSeries(Array(60).fill(3))).toMatchObject({ status: 'stable', findings: [] });
  });

  test.each([
    ['a slowdown of a tenth', 0.1, 1],
    ['a speed-up of a tenth', -0.1, -1],
  ])('tells %s on its third night', (_, size, sign) => {
    const { status, stretchFrom, findings } = watchSeries(added(60, (night) => (night < 40 ? 0 : size)));
    expect(findings.map(story)).toEqual([['confirmed', 'step', sign, 39, 41, 42, null]]);
    expect([status, stretchFrom]).toEqual(['stable', 40]);
  });

  test('tells a step of 4 % on its sixth night', () => {
    const { findings } = watchSeries(added(80, (night) => (night < 60 ? 0 : 0.04)));
    expect(findings.map(story)).toEqual([['confirmed', 'step', 1, 59, 64, 65, null]]);
  });

  test('ignores a spike, however high', () => {
    expect(watchSeries(added(60, (night) => (night === 40 ? 5 : 0))).findings).toEqual([]);
  });

  test('suspects two spikes in a row, and clears them on the next night', () => {
    const { status, findings } = watchSeries(added(60, (night) => (night === 40 || night === 41 ? 0.5 : 0)));
    expect(findings.map(story)).toEqual([['cleared', 'step', 1, 39, 41, 42, null]]);
    expect(status).toBe('stable');
  });

  test('has a candidate on its last night until the next one decides', () => {
    const { status, findings } = watchSeries(added(42, (night) => (night < 40 ? 0 : 0.1)));
    expect(findings.map(story)).toEqual([['candidate', 'step', 1, 39, 41, null, null]]);
    expect(status).toBe('suspicious');
  });

  test('begins a new stretch with every change: the way back is one too', () => {
    const { findings } = watchSeries(added(100, (night) => (night < 40 || night >= 70 ? 0 : 0.1)));
    expect(findings.map(story)).toEqual([
      ['confirmed', 'step', 1, 39, 41, 42, null],
      ['confirmed', 'step', -1, 69, 71, 72, null],
    ]);
  });

  test('that creeps by 0.2 % a night is told once, as long as it goes on', () => {
    const { status, findings } = watchSeries(added(140, (night) => Math.max(0, night - 59) * 0.002));
    expect(findings.map(story)).toEqual([['confirmed', 'creep', 1, 59, 74, 78, null]]);
    expect(status).toBe('creeping');
  });

  test('that creeps and stops says when that was seen', () => {
    const creep = (night: number) => Math.min(Math.max(0, night - 59), 80) * 0.002;
    const { status, stretchFrom, findings } = watchSeries(added(220, creep));
    expect(findings.map(story)).toEqual([['confirmed', 'creep', 1, 59, 74, 78, 199]]);
    expect([status, stretchFrom]).toEqual(['stable', 170]);
  });

  test('says so when a creep is mended', () => {
    const creep = (night: number) => (night < 120 ? Math.max(0, night - 59) * 0.002 : 0);
    const { status, findings } = watchSeries(added(150, creep));
    expect(findings.map(story)).toEqual([
      ['confirmed', 'creep', 1, 59, 74, 78, 122],
      ['confirmed', 'step', -1, 119, 121, 122, null],
    ]);
    expect(status).toBe('stable');
  });

  test('that changed while it was learned tells it when it can', () => {
    const { findings } = watchSeries(added(40, (night) => (night < 10 ? 0 : 0.2)));
    expect(findings.map(story)).toEqual([['confirmed', 'step', 1, 9, 19, 20, null]]);
  });

  test('does not confirm a change below 1 %, however steady it is', () => {
    const steady = (size: number) =>
      added(80, (night) => (night < 40 ? 0 : size)).map((it, night) => it - (quiet(80)[night] ?? 0) * 0.99);
    expect(watchSeries(steady(0.008)).findings.filter(({ status }) => status === 'confirmed')).toEqual([]);
    expect(watchSeries(steady(0.012)).findings.map(story)).toEqual([
      ['confirmed', 'step', 1, 39, 41, 42, null],
    ]);
  });
});

describe('of any series', () => {
  const seeds = Array.from({ length: 20 }, (_, seed) => seed + 1);
  const draw = (seed: number) =>
    drawNights(seed, 160, (seed % 3) * 0.3).map((it, night) => (night < 90 ? it : it + 0.08));

  test('what is said of a night depends on no later one', () => {
    for (const seed of seeds) {
      const values = draw(seed);
      const whole = watchSeries(values).findings;
      for (const nights of [60, 93, 110, 140]) {
        const until = watchSeries(values.slice(0, nights)).findings;
        const alarms = (of: readonly Finding[]) =>
          of.flatMap((it) => (it.status === 'confirmed' ? [it.decidedAt ?? 0] : []));
        expect(alarms(until)).toEqual(alarms(whole).filter((it) => it < nights));
      }
    }
  });

  test('it goes on from what JSON kept of it as if it had never stopped', () => {
    for (const seed of seeds) {
      const values = drawNights(seed, 400, 0.3).map((it, night) => it + Math.max(0, night - 340) * 0.002);
      const steps = values.map((it, night) => (night > 200 ? it + 0.08 : it));
      let state = emptyWatch();
      for (const [night, value] of steps.entries()) {
        if (night % 7 === 0) state = JSON.parse(JSON.stringify(state));
        watchNight(state, value);
      }
      expect(readWatch(state)).toEqual(watchSeries(steps));
      expect(state.values).toHaveLength(nightsKept);
    }
  });

  test('what it was more nights ago than are kept changes nothing', () => {
    const values = drawNights(1, 500);
    const levelled = values.map((it, night) => it + (night < 100 ? 3 : 0));
    const late = (of: readonly number[]) =>
      watchSeries(of).findings.filter(({ suspectedAt }) => suspectedAt > 100 + nightsKept);
    expect(late(levelled).map(story)).toEqual(late(values).map(story));
  });

  test('the mirror image has the mirrored findings', () => {
    for (const seed of seeds) {
      const values = draw(seed);
      const mirrored = watchSeries(values.map((it) => -it)).findings;
      const turned = mirrored.map((it) => ({ ...it, sign: it.sign === 1 ? -1 : 1 }) as const);
      expect(turned.map(story)).toEqual(watchSeries(values).findings.map(story));
    }
  });

  test('another unit changes nothing', () => {
    for (const seed of seeds) {
      const values = draw(seed);
      const moved = watchSeries(values.map((it) => it + Math.log(1000))).findings;
      expect(moved.map(story)).toEqual(watchSeries(values).findings.map(story));
    }
  });

  test('an alarm comes after its suspicion, and that after the change', () => {
    for (const seed of seeds) {
      for (const { lastGood, suspectedAt, decidedAt } of watchSeries(draw(seed)).findings) {
        expect(lastGood).toBeLessThan(suspectedAt);
        expect(suspectedAt).toBeLessThan(decidedAt ?? Number.POSITIVE_INFINITY);
      }
    }
  });
});
