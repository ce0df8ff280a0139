import { describe, expect, test } from 'vitest';
import { listLoadsOfAnswers } from '../../site/src/view/loads-of-answers.ts';
import {
  describeGroups,
  describeLoads,
  groupColumns,
  groupReadings,
  toBox,
  toSteps,
} from '../../site/src/view/readings.ts';
import { linkSource } from '../../site/src/view/run-links.ts';
import { describeSample, filterSamples } from '../../site/src/view/sample-rows.ts';
import { splitSentence } from '../../site/src/view/sentence-parts.ts';
import { filterSeries, listSeriesRows } from '../../site/src/view/series-rows.ts';
import { readOrder, sortRows, writeOrder } from '../../site/src/view/sort-rows.ts';
import type { Sample } from '../../src/schema/sample.ts';
import { makeRun as makeBlankRun, makeSample } from '../blank-run.ts';
import { makeRun } from './make-run.ts';

test.each([
  ['TTFT +3.7 % (−6.2 % would have shown).', ['+3.7 %', '−6.2 %']],
  [
    '2026-11-24 01:30 UTC: 1,200 ms, 40.2 tok/s and 5.20 GiB',
    ['2026-11-24', '1,200 ms', '40.2 tok/s', '5.20 GiB'],
  ],
  ['5 samples, 3 sets', []],
])('in “%s” stay together: %j', (text, together) => {
  const parts = splitSentence(text);
  expect(parts.map((it) => it.text).join('')).toBe(text);
  expect(parts.filter((it) => it.isTogether).map((it) => it.text)).toEqual(together);
});

const slow = (ttftMs: number, changes: Partial<Sample>) => {
  const sample = makeSample({ variant: 'a-0123abcd', ...changes });
  return { ...sample, client: sample.client && { ...sample.client, ttftMs } };
};
const samples = [
  slow(10, { id: 's1', prompt: 'one', block: 0, order: 1 }),
  slow(20, { id: 's2', prompt: 'two', block: 0, order: 2 }),
  slow(30, { id: 's3', prompt: 'one', block: 1, order: 4 }),
  slow(40, { id: 's4', prompt: 'two', block: 1, order: 3, variant: 'b-0123abcd' }),
  slow(99, { id: 's5', prompt: 'one', block: 1, order: 5, status: 'invalid' }),
  slow(99, { id: 's6', prompt: 'one', block: 1, order: 6, cacheExpected: 'hit' }),
];
const names = {
  variants: [
    { key: 'a-0123abcd', name: 'a' },
    { key: 'b-0123abcd', name: 'b' },
  ],
  prompts: [
    { key: 'one', name: 'One' },
    { key: 'two', name: 'Two' },
    { key: 'three', name: 'Three' },
  ],
};
const valuesOf = (...[of, metric, grouping]: Parameters<typeof groupReadings>) =>
  groupReadings(of, metric, grouping, names).map(({ name, readings }) => [
    name,
    readings.map(({ value }) => value),
  ]);

describe('readings', () => {
  test.each<[string, Parameters<typeof groupReadings>[2], [string, number[]][]]>([
    [
      'by model',
      { by: 'model', prompt: null },
      [
        ['a', [10, 20, 30]],
        ['b', [40]],
      ],
    ],
    ['by model, of one prompt', { by: 'model', prompt: 'one' }, [['a', [10, 30]]]],
    [
      'by prompt, of one model',
      { by: 'prompt', variant: 'a-0123abcd' },
      [
        ['One', [10, 30]],
        ['Two', [20]],
      ],
    ],
  ])('%s are those that count', (_, grouping, expected) => {
    expect(valuesOf(samples, 'ttftMs', grouping, names)).toEqual(expected);
  });

  test('become steps from 0 to 1', () => {
    expect(toSteps([{ value: 3 }, { value: 1 }])).toEqual([
      { x: 1, y: 0 },
      { x: 1, y: 0.5 },
      { x: 3, y: 1 },
    ]);
    expect(toSteps([])).toEqual([]);
  });

  test.each([
    [
      [4, 1, 2, 3, 5],
      { min: 1, whiskerMin: 1, q1: 2, median: 3, q3: 4, whiskerMax: 5, max: 5, outliers: [] },
    ],
    [
      [1, 2, 3, 4, 99],
      { min: 1, whiskerMin: 1, q1: 2, median: 3, q3: 4, whiskerMax: 4, max: 99, outliers: [99] },
    ],
    // The farthest reading within reach lies below the third quartile.
    [
      [10, 11, 12, 30],
      {
        min: 10,
        whiskerMin: 10,
        q1: 10.75,
        median: 11.5,
        q3: 16.5,
        whiskerMax: 16.5,
        max: 30,
        outliers: [30],
      },
    ],
    [[7], { min: 7, whiskerMin: 7, q1: 7, median: 7, q3: 7, whiskerMax: 7, max: 7, outliers: [] }],
  ])('become a box: %j', (values, box) => {
    expect(toBox(values.map((value) => ({ value })))).toEqual(box);
  });

  test('are told in a table as well', () => {
    const [row] = describeGroups(
      groupReadings(samples, 'ttftMs', { by: 'model', prompt: null }, names),
      'ttftMs',
    );
    expect(row?.cells).toEqual([
      ...['3', '10.0 ms', '20.0 ms', '–', '20.0 ms'],
      ...['n too small (3)', 'n too small (3)', 'n too small (3)', '30.0 ms'],
    ]);
    expect(row?.cells).toHaveLength(groupColumns.length);
  });

  test('show by load whether a run drifted', () => {
    expect(describeLoads(samples, 'ttftMs', names.variants)).toEqual({
      loads: [0, 1],
      rows: [
        { key: 'a-0123abcd', name: 'a', medians: ['15.0 ms', '30.0 ms'], change: 1 },
        { key: 'b-0123abcd', name: 'b', medians: ['–', '40.0 ms'], change: null },
      ],
    });
  });
});

describe('samples', () => {
  test.each<[string, Parameters<typeof filterSamples>[1], string[]]>([
    ['all, in order', { variant: null, prompt: null, only: 'all' }, ['s1', 's2', 's4', 's3', 's5', 's6']],
    ['of a model and a prompt', { variant: 'a-0123abcd', prompt: 'two', only: 'all' }, ['s2']],
    ['that have a remark', { variant: null, prompt: null, only: 'remarked' }, ['s5']],
  ])('%s', (_, filter, ids) => {
    expect(filterSamples(samples, filter).map(({ id }) => id)).toEqual(ids);
  });

  test('say when they were and what is held against them', () => {
    const row = describeSample(
      makeSample({
        ...{ block: 1, round: 0, status: 'invalid', cacheExpected: 'hit' },
        flags: [{ code: 'cache-missed', reason: 'Read again.' }],
      }),
    );
    expect(row.when).toBe('load 2, round 1, out of the cache');
    expect(row.remarks).toEqual([{ code: 'cache-missed', reason: 'Read again.', isBad: true }]);
    expect(describeSample(makeSample({ phase: 'bare', round: null })).when).toBe('load 1, as written');
  });
});

describe('series', () => {
  const { run } = makeRun({
    startedAt: '2026-11-01T01:30:00Z',
    models: [
      { name: 'm:1', weights: 'a', ttftMs: [10], answers: { capital: ['Paris', 'Paris'], contact: ['?'] } },
    ],
  });
  const rows = listSeriesRows(run);

  test('are known by their model and the title of their prompt', () => {
    expect(
      rows.map(({ model, title, question, hasAnswers }) => [model, title, question, hasAnswers]),
    ).toEqual([
      ['m:1', 'Name a capital', 0, true],
      ['m:1', 'Extract a contact', 1, true],
    ]);
  });

  test.each([
    ['', ['capital', 'contact']],
    ['M:1 capital', ['capital']],
    ['failed', ['contact']],
    ['neither', []],
  ])('are filtered by every word of “%s”', (words, prompts) => {
    expect(filterSeries(rows, words).map(({ series }) => series.prompt)).toEqual(prompts);
  });
});

test.each([
  [[[0, 0]], ['Load 1']],
  [
    [
      [0, 1],
      [1, 0],
      [2, 1],
    ],
    ['Loads 1 and 3', 'Load 2'],
  ],
  [
    [
      [0, 0],
      [1, 0],
      [2, 0],
    ],
    ['Loads 1, 2 and 3'],
  ],
])('answers are told by their loads: %j', (given, loads) => {
  const series = { answers: [given as [number, number][]] } as Parameters<
    typeof listLoadsOfAnswers
  >[0]['series'];
  expect(listLoadsOfAnswers({ answers: ['a', 'b'], series }, 0).map((it) => it.loads)).toEqual(loads);
});

test.each([
  ['b', false, ['x', 'z', 'y']],
  ['b', true, ['z', 'x', 'y']],
  ['name', false, ['x', 'y', 'z']],
])('rows by %s, descending: %s; no value is last either way', (by, isDescending, names) => {
  const rows = [
    { name: 'x', b: 2 },
    { name: 'y', b: null },
    { name: 'z', b: 10 },
  ];
  const read = (row: (typeof rows)[number]) => (by === 'name' ? row.name : row.b);
  expect(sortRows(rows, read, isDescending).map(({ name }) => name)).toEqual(names);
});

test.each([
  [undefined, null],
  ['', null],
  ['-', null],
  ['e2eMs', { by: 'e2eMs', isDescending: false }],
  ['-e2eMs', { by: 'e2eMs', isDescending: true }],
])('an order is read from %j', (text, order) => {
  expect(readOrder(text)).toEqual(order);
  if (order !== null) expect(writeOrder(order)).toBe(text);
});

describe('the source of a run', () => {
  const sha = 'a'.repeat(40);
  const at = (changes: Partial<ReturnType<typeof makeBlankRun>['source']>) =>
    makeBlankRun({ source: { ...makeBlankRun().source, ...changes } });

  test('leads to its repository, commit, pull request and workflow run', () => {
    const run = at({ repository: 'somebody/else', sha, pullRequest: 7 });
    const origin = { repository: 'owner/name', workflowRun: '123', attempt: 1, artifact: 5 };
    expect([...linkSource(run, origin)]).toEqual([
      ['Repository', 'https://github.com/owner/name'],
      ['Commit', `https://github.com/owner/name/commit/${sha}`],
      ['Pull request', 'https://github.com/owner/name/pull/7'],
      ['Workflow run', 'https://github.com/owner/name/actions/runs/123'],
    ]);
  });

  test.each([
    [{ repository: null, sha }],
    [{ repository: 'javascript:alert(1)', sha }],
    [{ repository: 'a/b/../..', sha }],
    [{ repository: 'a/..', sha }],
    [{ repository: '/evil.example/x', sha }],
    [{ repository: 'a/b?x#y', sha }],
  ])('that is none leads nowhere: %j', (source) => {
    expect([...linkSource(at(source), null)]).toEqual([]);
  });

  test('with a part that is none leads to the rest', () => {
    const run = makeBlankRun({
      source: { ...makeBlankRun().source, repository: 'owner/name', sha: '../../x' },
      campaign: { id: 'x', workflowRun: '1/../../2', attempt: 1 },
    });
    expect([...linkSource(run, null).keys()]).toEqual(['Repository']);
  });
});
