import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLabelledSeries } from '../../../scripts/simulate-history/read-labelled-series.ts';
import { historyRules } from '../../../scripts/simulate-history/rules.ts';
import {
  boundPoisson,
  f1Of,
  meanF1,
  medianDelay,
  scoreAlarms,
} from '../../../scripts/simulate-history/score.ts';
import { scoreFolder } from '../../../scripts/simulate-history/score-folder.ts';
import { drawNights } from './seeded.ts';

describe('a score', () => {
  test.each([
    ['nothing to find, nothing raised', [], [], { found: 0, missed: 0, falseAlarms: 0 }, null],
    ['an alarm about nothing', [[30, 33]], [], { found: 0, missed: 0, falseAlarms: 1 }, null],
    ['a change that was missed', [], [30], { found: 0, missed: 1, falseAlarms: 0 }, 0],
    ['five nights off', [[35, 38]], [30], { found: 1, missed: 0, falseAlarms: 0 }, 1],
    ['six nights off', [[36, 38]], [30], { found: 0, missed: 1, falseAlarms: 1 }, 0],
    [
      'found twice',
      [
        [30, 33],
        [31, 36],
      ],
      [30],
      { found: 1, missed: 0, falseAlarms: 1 },
      2 / 3,
    ],
    ['raised before it happened', [[28, 30]], [30], { found: 0, missed: 1, falseAlarms: 1 }, 0],
  ])('of %s', (_, alarms, labels, expected, f1) => {
    const score = scoreAlarms(
      alarms.map(([lastGood = 0, night = 0]) => ({ lastGood, night })),
      labels,
    );
    expect(score).toMatchObject(expected);
    expect(f1Of(score)).toBe(f1);
  });

  test('of people’s labels takes an alarm that comes a little before them', () => {
    expect(scoreAlarms([{ lastGood: 28, night: 30 }], [30], true)).toMatchObject({ found: 1, delays: [1] });
  });

  test('of many is the mean of them, and the median delay counts what was missed', () => {
    const [good, bad] = [scoreAlarms([{ lastGood: 30, night: 34 }], [30]), scoreAlarms([], [30])];
    expect([meanF1([good, bad]), meanF1([scoreAlarms([], [])])]).toEqual([0.5, null]);
    expect([medianDelay([good, good, bad]), medianDelay([good, bad, bad]), medianDelay([])]).toEqual([
      4,
      null,
      null,
    ]);
  });
});

test.each([
  [0, 3],
  [1, 4.74],
  [10, 16.96],
  [100, 118.1],
])('where %i alarms were seen, %f may be expected', (seen, most) => {
  expect(boundPoisson(seen) / most).toBeCloseTo(1, 1);
});

describe('the rules of peers', () => {
  const values = [...Array(20).fill(100), 109, 121, 100, ...Array(20).fill(300)];
  test.each([
    ['ratio2', [[22, 23]]],
    // Up and down again, and up once more: an alarm that goes on is one.
    [
      'tenPercent',
      [
        [20, 21],
        [22, 23],
      ].slice(0, 1),
    ],
    ['never', []],
  ] as const)('%s', (rule, expected) => {
    expect(historyRules[rule](values).map(({ lastGood, night }) => [lastGood, night])).toEqual(expected);
  });
});

describe('labelled series', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'series-'));
    const nights = drawNights(1, 120).map((it, night) => 100 * Math.exp(it + (night < 80 ? 0 : 0.15)));
    await writeFile(join(folder, 'ttft.csv'), nights.join('\n'));
    await writeFile(join(folder, 'quiet.csv'), `value\n${drawNights(2, 120).join('\n')}\n`);
    await writeFile(join(folder, 'labels.json'), JSON.stringify({ 'ttft.csv': [79] }));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('are scored, those below zero too', async () => {
    const { rules, ...herdmark } = await scoreFolder(folder);
    expect(herdmark).toEqual({
      ...{ series: 2, labels: 1, values: 240 },
      ...{ f1: 1, f1WithOrigin: 1, falseAlarms: 0, delay: 3 },
    });
    expect(rules.never).toEqual({
      ...{ f1: 0, f1WithOrigin: expect.closeTo(5 / 6, 12), falseAlarms: 0, delay: null },
    });
  });

  test('are read whatever wrote them: a heading, ends of lines as Windows has them, a byte order mark, labels twice', async () => {
    const windows = await mkdtemp(join(tmpdir(), 'series-'));
    await writeFile(join(windows, 'ttft.csv'), '\uFEFFttft ms\r\n1\r\n2.5\r\n3e2\r\n\r\n');
    await writeFile(join(windows, 'tpot.csv'), '\uFEFF-1\n0\n');
    await mkdir(join(windows, 'more.csv'));
    await writeFile(join(windows, 'labels.json'), '\uFEFF{ "ttft.csv": [1, 0, 1], "ttft": [0] }\r\n');
    expect(await readLabelledSeries(windows)).toEqual([
      { name: 'tpot.csv', values: [-1, 0], lastGood: [] },
      { name: 'ttft.csv', values: [1, 2.5, 300], lastGood: [0, 1] },
    ]);
    await rm(windows, { recursive: true });
  });

  test.each([
    ['bad.csv', '1\n2\nthree\n', /bad\.csv:3: "three" is no number\. Write one number a line\.$/],
    ['bad.csv', '1,5\n1\nInfinity\r\n', /bad\.csv:3: "Infinity" is no number/],
    ['bad.csv', 'ms\n2\n\n4\n', /bad\.csv:3: "" is no number/],
    ['bad.csv', 'ms\n', /bad\.csv: there is no value in it/],
    [
      'labels.json',
      '{ "ttft.csv": [79',
      /labels\.json: this is not JSON \(.+\)\. Write \{ "ttft\.csv": \[79\] \}/,
    ],
    ['labels.json', '{ "ttft.csv": 79 }', /labels\.json: .*expected array[\s\S]*Write \{/],
    ['labels.json', '{ "ttft.csv": [120] }', /ttft\.csv has no value with the index 120, as it has 120/],
    ['labels.json', '{ "tpot.csv": [1] }', /there is no series "tpot\.csv" beside it/],
  ])('with %s that holds %j are refused, and it says why', async (name, text, message) => {
    const path = join(folder, name);
    const before = await readFile(path, 'utf8').catch(() => null);
    await writeFile(path, text);
    await expect(scoreFolder(folder)).rejects.toThrow(message);
    if (before === null) await rm(path);
    else await writeFile(path, before);
  });

  test('without labels, without series or without a folder are refused', async () => {
    await expect(scoreFolder(join(folder, 'elsewhere'))).rejects.toThrow(/elsewhere: this is no folder/);
    const empty = await mkdtemp(join(tmpdir(), 'series-'));
    await expect(scoreFolder(empty)).rejects.toThrow(/no series here/);
    await writeFile(join(empty, 'ttft.csv'), '1\n');
    await expect(scoreFolder(empty)).rejects.toThrow(/labels\.json: there is no such file\. Write \{/);
    await rm(empty, { recursive: true });
  });
});
