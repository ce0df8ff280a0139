import { describe, expect, test } from 'vitest';
import type { RunRows } from '../../site/src/data/contract.ts';
import {
  filterChoices,
  listEarlier,
  listRunChoices,
  readSide,
  writeSide,
} from '../../site/src/view/compare-sides.ts';

const idOf = (night: number) => `2026110${night}t013000z-00000${night}`;
const key = 'm-1-0123abcd';

test.each([
  [idOf(1), { run: idOf(1), variant: null }],
  [`${idOf(1)}:`, { run: idOf(1), variant: null }],
  [`${idOf(1)}:${key}`, { run: idOf(1), variant: key }],
  [undefined, null],
  ['', null],
  ['../../x', null],
  [`${idOf(1)}:../x`, null],
  [`${idOf(1)}:${key}:more`, null],
])('a side is read from %j', (text, side) => {
  expect(readSide(text)).toEqual(side);
  if (side !== null) expect(readSide(writeSide(side))).toEqual(side);
});

const rows: RunRows = {
  schemaVersion: '2.2',
  id: [4, 3, 2, 1].map(idOf),
  at: [4, 3, 2, 1].map((night) => Date.UTC(2026, 10, night, 1, 30)),
  machine: [0, 1, 0, 0],
  machines: [
    { id: 'aaaaaaaaaaaa', label: 'GPU a' },
    { id: 'bbbbbbbbbbbb', label: 'GPU b' },
  ],
  status: ['complete', 'cancelled', 'complete', 'partial'],
  event: ['schedule', null, null, null],
  sha: ['f00d', null, null, null],
  ...{ ok: [1, 1, 1, 1], failed: [0, 0, 0, 0], invalid: [0, 0, 0, 0] },
  variants: [[0, 1], [0], [1], []],
  models: ['qwen3:8b', 'llama3:8b'],
};
const choices = listRunChoices(rows);

test('runs are named by time, machine, what is wrong, and models', () => {
  expect(choices.map(({ name }) => name)).toEqual([
    '2026-11-04 01:30:00 · GPU a · qwen3:8b and 1 more',
    '2026-11-03 01:30:00 · GPU b · cancelled · qwen3:8b',
    '2026-11-02 01:30:00 · GPU a · llama3:8b',
    '2026-11-01 01:30:00 · GPU a · partial · no model',
  ]);
});

describe('of all runs', () => {
  const shown = (words: string, chosen: string | null = null, most = 9) => {
    const result = filterChoices(choices, words, { chosen, most });
    return [result.shown.map(({ id }) => id), result.found];
  };
  test.each([
    ['', [4, 3, 2, 1], 4],
    ['qwen gpu', [4, 3], 2],
    ['F00D', [4], 1],
    ['11-02', [2], 1],
    ['nothing', [], 0],
  ])('“%s” leaves those with every word', (words, nights, found) => {
    expect(shown(words)).toEqual([nights.map(idOf), found]);
  });

  test('the chosen one stays, and the list is only so long', () => {
    expect(shown('qwen', idOf(1))).toEqual([[1, 4, 3].map(idOf), 2]);
    expect(shown('', null, 2)).toEqual([[4, 3].map(idOf), 4]);
  });

  test.each([
    ['those before base on its machine', { base: idOf(4), without: idOf(3), most: 13 }, [1, 2]],
    ['but not head', { base: idOf(4), without: idOf(2), most: 13 }, [1]],
    ['the latest of them', { base: idOf(4), without: idOf(3), most: 1 }, [2]],
    ['of a run that the site has not got none', { base: idOf(9), without: idOf(3), most: 13 }, []],
  ])('%s stand beside base', (_, asked, nights) => {
    expect(listEarlier(choices, asked)).toEqual(nights.map(idOf));
  });
});
