import { describe, expect, test } from 'vitest';
import { simulateAnswers } from '../../../scripts/simulate/answers.ts';
import { simulateNights } from '../../../scripts/simulate/nights.ts';
import { peerRules, rankSumP } from '../../../scripts/simulate/peer-rules.ts';
import { type Cell, simulateCell } from '../../../scripts/simulate/pull-requests.ts';
import { timeVerdict } from '../../../scripts/simulate/whole-verdict.ts';
import { verdict as verdictSchema } from '../../../src/schema/verdict.ts';

// A few of what `npm run bench:verdict` simulates by the thousand: seeded, so that what they find stays as it is.

const quiet: Cell = {
  noise: { cv: 0.1, autocorrelation: 0.3, loadSd: 0.005 },
  layout: { metrics: 4, prompts: 24, loads: 6, rounds: 2, resident: true },
  ...{ models: 1, slower: null, stored: 4, looks: null },
};

describe('pull requests', () => {
  test('without a change are left in peace, and a rule for each metric does not leave them', () => {
    const { falseAlarms, promptsShown, unchanged, peers } = simulateCell({ ...quiet, models: 10 }, 30, 1);
    expect(falseAlarms).toBeLessThanOrEqual(0.01);
    expect(promptsShown).toBeLessThanOrEqual(0.1);
    expect(unchanged).toBeGreaterThan(0.7);
    expect(peers['t 0.99'].falseAlarms).toBeGreaterThan(0.2);
  });

  test('that are 5 % slower are named, and so is one prompt of twenty at ×2', () => {
    expect(simulateCell({ ...quiet, slower: () => Math.log(1.05) }, 100, 1).named).toBeGreaterThan(0.95);
    const layout = { ...quiet.layout, prompts: 20 };
    const slower = (prompt: number) => (prompt === 7 ? Math.log(2) : 0);
    expect(simulateCell({ ...quiet, layout, slower }, 20, 1)).toMatchObject({ promptsShown: 1 });
  });

  test('are looked at early without more false alarms, and no longer than it takes', () => {
    const cell = { ...quiet, layout: { ...quiet.layout, loads: 12 }, looks: [6, 9, 12] };
    const { falseAlarms, meanLoads } = simulateCell(cell, 60, 1);
    expect(falseAlarms).toBeLessThanOrEqual(0.01);
    expect(meanLoads).toBeGreaterThan(6);
    expect(meanLoads).toBeLessThan(12);
  });

  test('whose budget ends between two looks are judged there, without more false alarms', () => {
    const cell = { ...quiet, layout: { ...quiet.layout, loads: 8 }, looks: [6, 8] };
    expect(simulateCell(cell, 60, 1).falseAlarms).toBeLessThanOrEqual(0.01);
    expect(simulateCell({ ...cell, slower: () => Math.log(1.05) }, 30, 1).named).toBeGreaterThan(0.95);
  });
});

test('answers that a model gives at random are not changed, others are', () => {
  const cell = { prompts: 24, loads: 6, variety: 2, changed: 0 };
  expect(simulateAnswers(cell, 20, 1)).toMatchObject({ named: 0 });
  expect(simulateAnswers({ ...cell, variety: 1, changed: 3 }, 10, 1)).toMatchObject({
    ...{ textCalled: 1, named: 1, falseShare: 0 },
  });
});

test('a night like the others is none to speak of, a far slower one is', () => {
  const cell = { earlier: 14, nightSd: 0.02, badNights: 0 };
  expect(simulateNights({ ...cell, slower: 0 }, 200, 1)).toBeLessThan(0.015);
  expect(simulateNights({ ...cell, slower: Math.log(1.1) }, 100, 1)).toBeGreaterThan(0.8);
});

test('the large verdict that is timed is one', () => {
  const { verdict } = timeVerdict(2);
  expect(verdictSchema.parse(verdict)).toEqual(verdict);
  expect(verdict.familySize).toBe(8);
});

describe('the rules of peers', () => {
  const view = (base: number[], head: number[]) => ({
    base,
    head,
    earlier: [10, 10.2, 9.8],
    earlierChanges: [],
  });

  test.each([
    ['ratio 2×', [1, 1], [2.1, 2.1], true],
    ['ratio 2×', [1, 1], [1.9, 1.9], false],
    ['10 %', [1, 1], [0.89, 0.89], true],
    ['10 %', [1, 1], [1.09, 1.09], false],
    // 10 + 6.965 · 0.2 · √(4/3) = 11.61.
    ['t 0.99', [10], [11.7], true],
    ['t 0.99', [10], [11.5], false],
    ['MWU 0.05', [1, 2, 3, 4], [5, 6, 7, 8], true],
    ['MWU 0.05', [1, 2, 3], [4, 5, 6], false],
    ['IQR fence', [1], [9], false],
    ['never', [1], [9], false],
  ] as const)('%s of %j and %j: %s', (rule, base, head, alarms) => {
    expect(peerRules[rule](view([...base], [...head]))).toBe(alarms);
  });

  test('Mann–Whitney, by the normal approximation', () => {
    expect(rankSumP([1, 2, 3, 4, 5, 6], [4.5, 5.5, 6.5, 7, 8, 9])).toBeCloseTo(0.02024, 4);
  });
});
