import { describe, expect, test } from 'vitest';
import { copyOf, findLineChanges } from '../../site/src/view/line-changes.ts';
import { changeAgainstBefore, listIdentities, readLine, sparkOf } from '../../site/src/view/line-history.ts';
import { viewLine } from '../../site/src/view/model-view.ts';
import { listMultiples } from '../../site/src/view/prompt-multiples.ts';
import { listTiles } from '../../site/src/view/trend-tiles.ts';
import {
  idOf,
  machineId,
  makeChangePoint,
  makeChanges,
  makeDigestAlarm,
  makeGap,
  makeLine,
  makeMachine,
  makeSeries,
  makeState,
  nightOf,
  watchedLine,
} from './state.ts';

describe('a line', () => {
  test('has the nights on which it was measured', () => {
    const line = makeLine(3, { nights: [0, 2, 3] });
    const history = readLine({ machines: [makeMachine(5)] }, line);
    expect(history?.nights.map(({ runs }) => runs[0])).toEqual([idOf(0), idOf(2), idOf(3)]);
    expect(history?.isCurrent).toBe(false);
    expect(readLine({ machines: [] }, line)).toBeNull();
  });

  test('is drawn small over its newest nights, with a mark where the model is another', () => {
    const line = makeLine(4, { marks: [{ night: 3, kind: 'digest', words: ['digest a → b'] }] });
    const history = readLine({ machines: [makeMachine(4)] }, line);
    if (history === null) throw new Error('it has nights');
    const spark = sparkOf(history, 'ttftMs', 2);
    expect(spark.map(({ value, isMarked }) => [value, isMarked])).toEqual([
      [50, false],
      [50, true],
    ]);
  });

  test('tells what its tag was, newest first', () => {
    const identity = { digest: 'sha256:0', parameterSize: null, quantization: null, nights: 1 };
    const identities = [
      { ...identity, first: 0, last: 1 },
      { ...identity, first: 2, last: 4 },
    ];
    expect(listIdentities(makeLine(5, { identities })).map(({ first }) => first)).toEqual([2, 0]);
  });
});

describe('the newest value against the nights before', () => {
  test.each([
    ['an odd number of them', [10, 30, 20, 22], 0.1],
    ['an even number of them', [10, 20, 18], 0.2],
    ['those with a value', [10, null, 15], 0.5],
    ['14 at most', [99, 99, ...Array(14).fill(10), 11], 0.1],
  ])('is held against the median of %s', (_, values, change) => {
    expect(changeAgainstBefore(values)).toBeCloseTo(change, 10);
  });
  test.each([[[]], [[10]], [[10, null]], [[0, 10]]])('of %j is none', (values) => {
    expect(changeAgainstBefore(values)).toBeNull();
  });
});

describe('what was told of a line', () => {
  test('is of it, of its machine, and of no other', () => {
    const line = makeLine(25);
    const other = makeLine(25, { model: 'n:1' });
    const changes = makeChanges(25, {
      changePoints: [
        makeChangePoint(),
        makeChangePoint({ line: null, metric: 'ttftMs' }),
        makeChangePoint({ line: { ...watchedLine, copy: 1 } }),
        makeChangePoint({ machine: 'bbbbbbbbbbbb', line: null }),
      ],
      alarms: [makeDigestAlarm(3), makeGap(4, 8), makeGap(20, null)],
    });
    const found = findLineChanges(changes, line, [line, other]);
    expect(found.points.map((it) => [it.metric, it.line !== null])).toEqual([
      ['ttftMs', false],
      ['e2eMs', true],
    ]);
    expect(found.alarms.map(({ kind }) => kind)).toEqual(['offline', 'digest-changed']);
    expect(Object.keys(found.series)).toEqual(['ttftMs']);
    expect(findLineChanges(changes, other, [line, other]).series).toEqual({});
  });

  test('keeps apart two lines that are alike', () => {
    const [first, second] = [makeLine(2), makeLine(2, { slug: 'm-1-aaaaaa.2' })];
    expect([copyOf(first, [first, second]), copyOf(second, [first, second])]).toEqual([0, 1]);
  });

  test('is listed newest first, and charted where it still holds', () => {
    const changes = makeChanges(25, {
      changePoints: [makeChangePoint(), makeChangePoint({ status: 'cleared', firstChanged: nightOf(21) })],
      alarms: [makeDigestAlarm(24)],
    });
    const line = makeLine(25);
    const view = viewLine(makeState({ lines: [line], changes }), line);
    expect(view?.told.map(({ sign, status }) => [sign, status])).toEqual([
      ['!', 'another model'],
      ['○', 'cleared'],
      ['▲', 'confirmed'],
    ]);
    expect(view?.chartChanges).toMatchObject([{ metric: 'e2eMs', change: '+5.0 %', tone: 'worse' }]);
    expect(view?.chartChanges[0]?.href).toBe(`/compare/?base=${idOf(19)}&head=${idOf(20)}`);
  });
});

describe('the tiles of a line', () => {
  const tilesOf = (line: ReturnType<typeof makeLine>, series = {}) => {
    const history = readLine({ machines: [makeMachine(25)] }, line);
    return history === null ? [] : listTiles(history, { series });
  };

  test('have the newest values, and the status of what is watched', () => {
    const [ttft] = tilesOf(makeLine(25), { ttftMs: makeSeries({ status: 'learning', nights: 7 }) });
    expect(ttft).toMatchObject({
      ...{ trend: 'ttftMs', name: 'TTFT', value: '50.0 ms', interval: '50.0 to 50.0 ms', n: 24 },
      watch: { sign: '…', word: 'learning, 7 nights', tone: 'level' },
    });
  });

  test('leave out TTFA of a model that does not think, and what was never measured', () => {
    const line = makeLine(25);
    line.trends.ttfaMs = line.trends.ttftMs;
    line.trends.memoryBytes = { n: [], median: [], low: [], high: [], slowest: [] };
    const names = tilesOf(line).map(({ trend }) => trend);
    expect(names).not.toContain('ttfaMs');
    expect(names).not.toContain('memoryBytes');
    expect(tilesOf(makeLine(25)).map(({ trend }) => trend)).toContain('ttfaMs');
  });
});

test('prompts are drawn small where the newest night asked them', () => {
  const stretch = { answers: ['a'.repeat(32)], state: 'passed' as const };
  const prompts = {
    'facts/capital': { ttftMs: [10, 11], e2eMs: [20, 30], answers: [{ ...stretch, from: 0, to: 1 }] },
    'facts/old': { ttftMs: [10, null], e2eMs: [20, null], answers: [{ ...stretch, from: 0, to: 0 }] },
  };
  const history = readLine({ machines: [makeMachine(2)] }, makeLine(2, { machine: machineId, prompts }));
  if (history === null) throw new Error('it has nights');
  const site = { category: 'facts', promptSet: null, version: 1, isCurrent: true, set: 'facts' };
  const found = listMultiples(history, [
    { ...site, id: 'capital', title: 'Capital' },
    { ...site, id: 'old', title: 'Old' },
  ]);
  expect(found).toMatchObject([
    {
      ...{ id: 'capital', state: 'passed', isNew: false },
      e2e: { value: '30.0 ms', change: '+50.0 %', ratio: 0.5, isLarge: true },
      ttft: { value: '11.0 ms', change: '+10.0 %' },
    },
  ]);
});
