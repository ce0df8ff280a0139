import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scoreSeries } from '../../../scripts/bench-history.ts';
import { historyRules } from '../../../scripts/simulate-history/rules.ts';
import { f1Of, meanF1, medianDelay, scoreAlarms } from '../../../scripts/simulate-history/score.ts';
import { drawNights } from './seeded.ts';

describe('a score', () => {
  test.each([
    ['nothing to find, nothing raised', [], [], { found: 0, missed: 0, falseAlarms: 0 }, 1],
    ['an alarm about nothing', [[30, 33]], [], { found: 0, missed: 0, falseAlarms: 1 }, 0],
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
    expect(meanF1([good, bad])).toBe(0.5);
    expect([medianDelay([good, good, bad]), medianDelay([good, bad, bad]), medianDelay([])]).toEqual([
      4,
      null,
      null,
    ]);
  });
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
    const { rules, ...herdmark } = await scoreSeries(folder);
    expect(herdmark).toEqual({
      ...{ series: 2, labels: 1, values: 240 },
      ...{ f1: 1, f1WithOrigin: 1, falseAlarms: 0, delay: 3 },
    });
    expect(rules.never).toEqual({
      f1: 0.5,
      f1WithOrigin: expect.closeTo(5 / 6, 12),
      falseAlarms: 0,
      delay: null,
    });
  });

  test('that hold something else are refused with the line', async () => {
    await writeFile(join(folder, 'bad.csv'), '1\n2\nthree\n');
    await expect(scoreSeries(folder)).rejects.toThrow(
      /bad\.csv: value 2 is "three"\. Write one number a line\./,
    );
    await rm(join(folder, 'bad.csv'));
  });
});
