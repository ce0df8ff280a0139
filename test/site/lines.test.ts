import { describe, expect, test } from 'vitest';
import { buildLines, listIdentities, nameModels, stretchBefore } from '../../site/src/view/lines.ts';
import { type ModelSpec, makeRun, type RunSpec } from './make-run.ts';

const model = (name: string, weights = 'a', rest: Partial<ModelSpec> = {}): ModelSpec => ({
  ...{ name, weights, ttftMs: [10] },
  ...rest,
});
const night = (day: number, models: ModelSpec[], rest: Partial<RunSpec> = {}) =>
  makeRun({ startedAt: `2026-11-${String(day).padStart(2, '0')}T01:30:00Z`, models, ...rest });

describe('a line', () => {
  test('is a tag, whatever the digest, and marks where that changed', () => {
    const lines = buildLines([night(1, [model('m')]), night(2, [model('m')]), night(3, [model('m', 'b')])]);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.points.map(({ changes }) => changes.map(({ kind }) => kind))).toEqual([
      [],
      [],
      ['model'],
    ]);
  });

  test.each([
    ['machines', night(2, [model('m')], { machine: 'bbbbbbbbbbbb' }), ['line-1', 'line-2']],
    ['options', night(2, [model('m', 'a', { options: { temperature: 1 } })]), ['line-1', 'line-2']],
    ['tags', night(2, [model('m:2')]), ['line-1', 'line-1']],
  ])('never merges two %s', (_, second, anchors) => {
    const lines = buildLines([night(1, [model('m')]), second]);
    expect(lines.map(({ anchor }) => anchor)).toEqual(anchors);
    expect(lines.map(({ points }) => points.length)).toEqual([1, 1]);
  });

  test('does not depend on the order in which options are written', () => {
    const one = model('m', 'a', { options: { seed: 1, temperature: 0 } });
    const other = model('m', 'a', { options: { temperature: 0, seed: 1 } });
    expect(buildLines([night(1, [one]), night(2, [other])])).toHaveLength(1);
  });

  test('has a gap where a run of its machine lacks it, but none before its first and after its last run', () => {
    const other = model('other');
    const runs = [
      night(1, [other]),
      night(2, [other, model('m')]),
      night(3, [other]),
      night(3, [other], { machine: 'bbbbbbbbbbbb' }),
      night(4, [other, model('m')]),
      night(5, [other]),
    ];
    const line = buildLines(runs).find((it) => it.model === 'm');
    expect(line?.points.map(({ run, variant }) => [run.startedAt.slice(8, 10), variant !== null])).toEqual([
      ['02', true],
      ['03', false],
      ['04', true],
    ]);
    expect(line?.points[2]?.before?.run.startedAt).toBe('2026-11-02T01:30:00Z');
  });

  test('is held against the runs before, back to the last one in which something else changed', () => {
    const nights = ['a', 'a', 'b', 'b', 'b'].map((weights, index) => night(index + 1, [model('m', weights)]));
    const days = (point: number) => {
      const it = buildLines(nights)[0]?.points[point];
      return it && stretchBefore(it).map(({ run }) => Number(run.startedAt.slice(8, 10)));
    };
    expect([0, 1, 2, 3, 4].map(days)).toEqual([[], [1], [2, 1], [3], [4, 3]]);
  });

  test.each([
    ['a missed night', [1, 2, 3, 4, 6], [6]],
    ['two of them', [1, 2, 4, 5, 6, 7, 9, 10], [4, 9]],
    ['runs without a rhythm', [1, 2, 9, 10, 20, 28], []],
    ['too few to have one', [1, 2, 9], []],
    ['a single run', [1], []],
  ])('is broken by %s', (_, days, broken) => {
    const [line] = buildLines(days.map((day) => night(day, [model('m')])));
    const found = line?.points
      .filter(({ pausedBefore }) => pausedBefore)
      .map(({ run }) => Number(run.startedAt.slice(8, 10)));
    expect(found).toEqual(broken);
  });

  test('lists what its tag stood for, newest first, and a model that came back anew', () => {
    const [line] = buildLines(
      ['a', 'a', 'b', 'a'].map((weights, day) => night(day + 1, [model('m', weights)])),
    );
    if (!line) throw new Error('four runs of one model are a line');
    const identities = listIdentities(line);
    expect(identities.map(({ runs }) => runs)).toEqual([1, 1, 2]);
    expect(
      identities.map(({ first, last }) => [first.startedAt.slice(8, 10), last.startedAt.slice(8, 10)]),
    ).toEqual([
      ['04', '04'],
      ['03', '03'],
      ['01', '02'],
    ]);
  });
});

test('two names with one slug have two pages', () => {
  expect([...nameModels(['a:b', 'a/b', 'c'])]).toEqual([
    ['a/b', 'a-b'],
    ['a:b', 'a-b.2'],
    ['c', 'c'],
  ]);
});
