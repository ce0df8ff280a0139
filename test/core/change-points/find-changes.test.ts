import { describe, expect, test } from 'vitest';
import {
  describeAlarm,
  describeBoundary,
  describeChangePoint,
  selectNews,
} from '../../../src/core/change-points/describe-changes.ts';
import { findChanges, openChanges } from '../../../src/core/change-points/find-changes.ts';
import { changes as changesSchema } from '../../../src/schema/changes.ts';
import type { Run } from '../../../src/schema/run.ts';
import { digest, makeRun, makeVariant } from '../../blank-run.ts';
import { drawNights } from './seeded.ts';

const models = ['a:1b', 'b:1b', 'c:1b'];
const nightMs = 86_400_000;
const firstNight = Date.parse('2026-01-01T01:30:00.000Z');
const timeOf = (night: number) => new Date(firstNight + night * nightMs).toISOString();
const idOf = (night: number) =>
  `${timeOf(night)
    .replace(/[-:]|\.000/g, '')
    .toLowerCase()}-${String(night).padStart(6, '0')}`;
const nightOf = (night: number) => ({ run: idOf(night), at: timeOf(night) });

interface Story {
  nights: number;
  models?: readonly string[];
  /** On a log scale, what a model's E2E differs by on a night. */
  shift?(model: string, night: number): number;
  change?(run: Run, night: number): Partial<Run>;
}

/** A night of each model: E2E moves as it is told, on noise of 2 %; other metrics are not measured. */
function tell({ nights, models: told = models, shift = () => 0, change = () => ({}) }: Story): Run[] {
  const noise = told.map((_, index) => drawNights(index + 1, nights));
  return Array.from({ length: nights }, (_, night) => {
    const variants = told.map((name, index) => {
      const variant = makeVariant(name, 24, 6, 6);
      const e2e = 800 * Math.exp((noise[index]?.[night] ?? 0) + shift(name, night));
      return {
        ...variant,
        contextLength: 4096,
        metrics: { ...variant.metrics, e2eMs: { ...variant.metrics.e2eMs, median: e2e } },
      };
    });
    const run = makeRun({ id: idOf(night), startedAt: timeOf(night), variants });
    return { ...run, ...change(run, night) };
  });
}

const find = (story: Story, asOf = timeOf(story.nights - 1)) =>
  changesSchema.parse(findChanges(tell(story), asOf));

describe('history', () => {
  test('of nothing says nothing', () => {
    expect(findChanges([], timeOf(0))).toMatchObject({
      machines: [],
      series: [],
      changePoints: [],
      alarms: [],
    });
  });

  test('of quiet nights watches every model and what they do together', () => {
    const { series, changePoints, alarms, boundaries, machines } = find({ nights: 40 });
    expect({ changePoints, alarms, boundaries }).toEqual({ changePoints: [], alarms: [], boundaries: [] });
    expect(
      series.map(({ line, metric, status, nights }) => [line?.model ?? null, metric, status, nights]),
    ).toEqual([[null, 'e2eMs', 'stable', 39], ...models.map((model) => [model, 'e2eMs', 'stable', 40])]);
    expect(machines).toEqual([
      { id: '0123456789ab', label: 'a GPU', last: nightOf(39), runs: [idOf(39)], everyMs: nightMs },
    ]);
  });

  test('is learning for 20 nights', () => {
    const statuses = (nights: number) =>
      new Set(find({ nights, models: ['a:1b'] }).series.map(({ status }) => status));
    expect([statuses(19), statuses(20)]).toEqual([new Set(['learning']), new Set(['stable'])]);
  });

  test('does not depend on the order of runs', () => {
    const runs = tell({ nights: 30 });
    expect(findChanges(runs.toReversed(), timeOf(29))).toEqual(findChanges(runs, timeOf(29)));
  });

  test('leaves out runs that were stopped early', () => {
    const change = (_: Run, night: number): Partial<Run> => (night % 10 === 9 ? { status: 'cancelled' } : {});
    expect(find({ nights: 40, change }).series.map(({ nights }) => nights)).toEqual([35, 36, 36, 36]);
  });
});

describe('a change point', () => {
  const shift = (model: string, night: number) => (model === 'a:1b' && night >= 40 ? 0.1 : 0);

  test('of one model is its own, and not the machine’s', () => {
    const { changePoints } = find({ nights: 60, shift });
    expect(changePoints).toHaveLength(1);
    expect(changePoints[0]).toMatchObject({
      ...{ status: 'confirmed', shape: 'step', tone: 'worse', metric: 'e2eMs', together: [] },
      line: { machine: '0123456789ab', model: 'a:1b', options: '', copy: 0 },
      ...{
        lastGood: nightOf(39),
        firstChanged: nightOf(40),
        suspectedAt: nightOf(41),
        decidedAt: nightOf(42),
      },
      change: expect.closeTo(0.1, 1),
    });
  });

  test('of all models at once is the machine’s, and not theirs', () => {
    const { changePoints } = find({ nights: 60, shift: (_, night) => (night >= 40 ? -0.1 : 0) });
    expect(changePoints.map(({ line, status, tone, lastGood }) => [line, status, tone, lastGood])).toEqual([
      [null, 'confirmed', 'better', nightOf(39)],
    ]);
    expect(describeChangePoint(changePoints[0] ?? never())).toBe(
      'The machine, E2E of all models together: (−10.2 %, better) since 2026-02-10; told on 2026-02-12.',
    );
  });

  test('of two models cannot be told from the machine’s, and is theirs', () => {
    const { changePoints, series } = find({
      ...{ nights: 60, models: models.slice(0, 2) },
      shift: (_, night) => (night >= 40 ? 0.1 : 0),
    });
    expect(changePoints.map(({ line }) => line?.model)).toEqual(['a:1b', 'b:1b']);
    expect(series.map(({ line }) => line?.model)).toEqual(['a:1b', 'b:1b']);
  });

  test('is said in a line', () => {
    const [told] = find({ nights: 60, shift }).changePoints;
    expect(describeChangePoint(told ?? never())).toBe(
      'a:1b E2E: 789 ms → 858 ms (+8.8 %, worse) since 2026-02-10; told on 2026-02-12.',
    );
    const [suspected] = find({ nights: 42, shift }).changePoints;
    expect(describeChangePoint(suspected ?? never())).toMatch(
      /since 2026-02-10; suspected since 2026-02-11\.$/,
    );
  });

  test('that was still a candidate when the epoch ended is left open as such', () => {
    const change = ({ environment }: Run, night: number): Partial<Run> =>
      night < 42
        ? {}
        : { environment: { ...environment, server: { ...environment.server, version: '0.15.0' } } };
    const { changePoints } = find({ nights: 60, shift, change });
    expect(changePoints.map(({ status, decidedAt }) => [status, decidedAt])).toEqual([['interrupted', null]]);
  });

  test('knows a line again whose tag has moved to a model that can think and is not asked to', () => {
    const story: Story = {
      nights: 3,
      change: ({ variants }, night) => ({
        variants: variants.map((it) =>
          it.name === 'a:1b'
            ? { ...it, digest: digest(night < 2 ? '0a' : '0b'), think: night < 2 ? null : false }
            : it,
        ),
      }),
    };
    const { alarms, series } = find(story);
    expect(alarms.map(({ kind }) => kind)).toEqual(['digest-changed']);
    expect(series.filter(({ line }) => line?.model === 'a:1b' && line.options !== '').length).toBe(0);
  });

  test('is told of the night that had another first, though it was stopped early', () => {
    const names = ['0a', '0a', '0b', '0b', '0c', '0c', '0c'];
    const change = (run: Run, night: number): Partial<Run> => ({
      status: [1, 2, 4].includes(night) ? 'cancelled' : 'complete',
      variants: run.variants.map((it) => ({ ...it, digest: digest(names[night] ?? '0c') })),
    });
    const { alarms } = find({ nights: 7, models: ['a:1b'], change });
    expect(alarms).toMatchObject([
      { before: nightOf(1), after: nightOf(2), from: digest('0a'), to: digest('0b') },
      { before: nightOf(3), after: nightOf(4), from: digest('0b'), to: digest('0c') },
    ]);
    const sides = alarms.map((it) => (it.kind === 'digest-changed' ? it.shifts : []));
    expect(sides.map(([shift]) => [shift?.nightsBefore, shift?.nightsAfter])).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  test('names the digest that changed at the same time', () => {
    const change = ({ variants }: Run, night: number): Partial<Run> => ({
      variants: variants.map((it) =>
        it.name === 'a:1b' && night >= 40 ? { ...it, digest: digest('9d1c2b3a') } : it,
      ),
    });
    const { changePoints, alarms } = find({ nights: 60, shift, change });
    expect(changePoints.map(({ together }) => together)).toEqual([['digest 0123abcd → 9d1c2b3a']]);
    expect(alarms).toHaveLength(1);
    expect(alarms[0]).toMatchObject({
      ...{ kind: 'digest-changed', before: nightOf(39), after: nightOf(40) },
      ...{ from: digest('0123abcd'), to: digest('9d1c2b3a') },
      shifts: [{ metric: 'e2eMs', nightsBefore: 20, nightsAfter: 20, moved: true }],
    });
    expect(describeAlarm(alarms[0] ?? never())).toMatch(
      /^a:1b is another model since 2026-02-10: digest 0123abcd → 9d1c2b3a\. Moved together with it, which need not be the cause: E2E \+\d+\.\d % \(/,
    );
  });
});

describe('the boundary of an epoch', () => {
  const change = ({ environment }: Run, night: number): Partial<Run> =>
    night < 40
      ? {}
      : { environment: { ...environment, server: { ...environment.server, version: '0.15.0' } } };
  const shift = (model: string, night: number) => (model !== 'c:1b' && night >= 40 ? 0.1 : 0);

  test('reports what moved with it, and raises no alarm', () => {
    const { changePoints, boundaries, series } = find({ nights: 60, shift, change });
    expect(changePoints).toEqual([]);
    expect(boundaries).toHaveLength(1);
    const [boundary] = boundaries;
    expect(boundary).toMatchObject({
      ...{ before: nightOf(39), after: nightOf(40), changes: ['Ollama 0.14.0 → 0.15.0'] },
    });
    expect(boundary?.shifts.map(({ line, moved }) => [line.model, moved])).toEqual([
      ['a:1b', true],
      ['b:1b', true],
      ['c:1b', false],
    ]);
    expect(series.map(({ status, nights, epochFrom }) => [status, nights, epochFrom])).toEqual([
      ['learning', 19, nightOf(41)],
      ['stable', 20, nightOf(40)],
      ['stable', 20, nightOf(40)],
      ['stable', 20, nightOf(40)],
    ]);
    expect(describeBoundary(boundary ?? never())).toMatch(
      /^Ollama 0\.14\.0 → 0\.15\.0 on 2026-02-10\. Moved together with it, which need not be the cause: [ab]:1b E2E \+\d+\.\d % \(\+\d+\.\d % to \+\d+\.\d %\); [ab]:1b E2E/,
    );
  });

  test('is told from 20 nights on either side, whatever comes later', () => {
    const shiftsOf = (nights: number) =>
      find({ nights, shift, change }).boundaries.map(({ shifts }) => shifts);
    expect(shiftsOf(60).flatMap((it) => it.map(({ nightsAfter }) => nightsAfter))).toEqual([20, 20, 20]);
    expect(shiftsOf(80)).toEqual(shiftsOf(60));
  });

  test('says that it cannot be told yet after two nights', () => {
    const [boundary] = find({ nights: 42, shift, change }).boundaries;
    expect(
      boundary?.shifts.map(({ interval, moved, nightsAfter }) => [interval, moved, nightsAfter]),
    ).toEqual([
      [null, null, 2],
      [null, null, 2],
      [null, null, 2],
    ]);
    expect(describeBoundary(boundary ?? never())).toBe(
      'Ollama 0.14.0 → 0.15.0 on 2026-02-10. Nothing else is seen to have moved; 3 metrics cannot be told yet.',
    );
  });
});

describe('a machine', () => {
  test('that missed a night is told while it lasts and afterwards', () => {
    const { alarms } = find({ nights: 30 }, timeOf(31));
    expect(alarms).toEqual([
      {
        ...{ kind: 'missing-night', machine: '0123456789ab', last: nightOf(29) },
        ...{ expectedAt: timeOf(30), missed: 1, next: null },
      },
    ]);
    expect(describeAlarm(alarms[0] ?? never())).toBe('No run since 2026-01-30: 1 run missed.');
  });

  test('that is silent for longer is offline', () => {
    const { alarms } = find({ nights: 30 }, timeOf(40));
    expect(alarms.map(({ kind }) => kind)).toEqual(['offline']);
    expect(describeAlarm(alarms[0] ?? never())).toBe(
      'The machine has been silent since 2026-01-30: 10 runs missed.',
    );
  });

  test('that runs in shards was due once', () => {
    const campaignOf = (night: number) => ({ id: `w${night}`, workflowRun: `${night}`, attempt: 1 });
    const runs = tell({ nights: 30, change: (_, night) => ({ campaign: campaignOf(night) }) });
    const shards = runs.map((run, night) => ({
      ...run,
      ...{ id: `${run.id.slice(0, -6)}ffffff`, shard: '2', variants: [] },
      startedAt: new Date(Date.parse(timeOf(night)) + 3_600_000).toISOString(),
    }));
    const { machines, alarms } = findChanges([...runs, ...shards], timeOf(29));
    expect([machines[0]?.everyMs, machines[0]?.last, alarms]).toEqual([nightMs, nightOf(29), []]);
    expect(machines[0]?.runs).toEqual([idOf(29), shards[29]?.id]);
  });
});

describe('a fold', () => {
  /** Three years in which much happens, on two machines, one of them in shards. */
  const nights = 420;
  const shift = (model: string, night: number) =>
    (model === 'a:1b' && night % 90 >= 45 ? 0.08 : 0) +
    (night >= 300 ? 0.1 : 0) +
    (model === 'b:1b' ? Math.max(0, night - 150) * 0.002 : 0);
  const change = ({ environment, variants, campaign }: Run, night: number): Partial<Run> => ({
    environment: {
      ...environment,
      server: { ...environment.server, version: night < 200 ? '0.14.0' : '0.15.0' },
    },
    variants: variants.map((it) =>
      it.name === 'c:1b' && night >= 70 ? { ...it, digest: digest('9d') } : it,
    ),
    campaign: night % 2 === 0 ? { id: `w${night}`, workflowRun: `${night}`, attempt: 1 } : campaign,
  });
  const one = tell({ nights, shift, change }).filter((_, night) => night % 37 !== 5);
  const other = one.map((run) => ({
    ...run,
    id: `${run.id.slice(0, -6)}ffffff`,
    machine: { id: 'ba9876543210', label: 'another GPU' },
  }));
  const history = one.flatMap((run, index) => [run, ...other.slice(index, index + 1)]);

  test.each([1, 7, 100])('that is saved and taken up again after every %i runs says the same', (every) => {
    let watch = openChanges();
    for (const [index, run] of history.entries()) {
      if (index % every === 0) watch = openChanges(JSON.parse(JSON.stringify(watch.save())));
      watch.add(run);
    }
    const asOf = timeOf(nights + 3);
    const whole = findChanges(history, asOf);
    expect(watch.read(asOf)).toEqual(whole);
    const { changePoints, alarms, boundaries } = changesSchema.parse(whole);
    expect(new Set(changePoints.map(({ status }) => status))).toContain('confirmed');
    expect(new Set(alarms.map(({ kind }) => kind))).toEqual(
      new Set(['digest-changed', 'missing-night', 'offline']),
    );
    expect(boundaries.map(({ shifts }) => shifts.length)).toEqual([3, 3]);
  });

  test('does not change what it was given, and is not changed through what it gave', () => {
    const saved = findSaved(one.slice(0, 50));
    const before = JSON.stringify(saved);
    const watch = openChanges(saved);
    const given = watch.save();
    for (const run of one.slice(50, 100)) watch.add(run);
    expect([JSON.stringify(saved), JSON.stringify(given)]).toEqual([before, before]);
  });

  test('keeps of a run no more than what is looked at', () => {
    const runs = tell({ nights: 700, models: ['a:1b'] });
    const sizeOf = (nights: number) => JSON.stringify(findSaved(runs.slice(0, nights))).length;
    // What it was called and when, and nothing else, for each run that is longer ago.
    expect((sizeOf(700) - sizeOf(500)) / 200).toBeLessThan(120);
  });

  test('refuses a run that is older than the last, or the last again', () => {
    const watch = openChanges();
    const [first, second] = one;
    if (first === undefined || second === undefined) throw new Error('There are two runs.');
    watch.add(second);
    expect(() => watch.add(first)).toThrow(/^Run 20260101t013000z-000000 of .* comes after 20260102t013000z/);
    expect(() => watch.add(second)).toThrow(RangeError);
  });

  function findSaved(runs: readonly Run[]) {
    const watch = openChanges();
    for (const run of runs) watch.add(run);
    return watch.save();
  }
});

test('the news of a night are what was decided on it and what is still open', () => {
  const shift = (model: string, night: number) => (model === 'a:1b' && night >= 40 ? 0.1 : 0);
  const news = (nights: number) =>
    selectNews(find({ nights, shift }), '0123456789ab').changePoints.map(({ status }) => status);
  expect([news(41), news(42), news(43), news(44)]).toEqual([[], ['candidate'], ['confirmed'], []]);
});

function never(): never {
  throw new Error('Nothing was found.');
}
