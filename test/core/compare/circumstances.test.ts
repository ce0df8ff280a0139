import { describe, expect, test } from 'vitest';
import {
  findEarlyEnd,
  listVerdictFlags,
  looksUntil,
  type Sides,
} from '../../../src/core/compare/circumstances.ts';
import { compareTurns, isRefusal } from '../../../src/core/compare/compare-runs.ts';
import type { Side } from '../../../src/core/compare/side.ts';
import type { Run, Variant } from '../../../src/schema/run.ts';
import { makeRun, makeSample, makeVariant } from '../../blank-run.ts';

const outOfTime = { code: 'out-of-time', reason: 'The time budget was used up.' };
const runOf = (changes: Partial<Run> = {}) =>
  makeRun({ plan: { ...makeRun().plan, loads: 12 }, flags: [outOfTime], ...changes });

function makeSide(name: string, loads: number, run = runOf(), changes: Partial<Variant> = {}): Side {
  const variant = { ...makeVariant(name, 1, 1, 1), ...changes };
  const samples = Array.from({ length: loads }, (_, block) => makeSample({ variant: variant.key, block }));
  return { run, variant, samples, ...{ prompts: [], outputs: [] } };
}
const pair = (base: number, head: number, run = runOf()): Sides => ({
  base: makeSide('a', base, run),
  head: makeSide('b', head, run),
});

describe('a run that was ended', () => {
  const planned = [6, 9, 12];
  test.each<[string, Sides[], number | null, number[]]>([
    ['between the looks is looked at there', [pair(7, 7)], 7, [6, 7]],
    ['before the first look is looked at once', [pair(4, 4)], 4, [4]],
    ['at a look is looked at there for the last time', [pair(9, 9)], 9, [6, 9]],
    ['in the middle of a load has what both sides have', [pair(8, 7)], 7, [6, 7]],
    ['before one of two models was measured', [pair(7, 7), pair(6, 6)], 6, [6, 7]],
    ['before anything was measured is never looked at', [pair(1, 0)], 0, []],
    ['in its last load has all looks', [pair(12, 12)], null, planned],
    ['by no one but lacks a load has all looks', [pair(11, 12, runOf({ flags: [] }))], null, planned],
  ])('%s', (_, models, loads, looks) => {
    const run = models[0]?.base.run ?? expect.unreachable();
    const end = findEarlyEnd(run, models, planned);
    expect(end).toEqual(loads === null ? null : { loads, most: 12, ...outOfTime });
    expect(looksUntil(models, planned, end)).toEqual(looks);
  });
});

test('what the runs say against themselves is told once, and of which side and model', () => {
  const busy = (percent: number) => ({ code: 'host-busy', reason: `The processors were ${percent} % busy.` });
  const flagged = [
    { code: 'gpu-throttled', samples: 14, reason: 'Slowed down.' },
    { code: 'cache-contaminated', samples: 2, reason: 'It came out of the cache.' },
    { code: 'output-too-short', samples: 9, reason: 'It is short.' },
  ];
  const run = runOf();
  const base = makeSide('a', 1, run, { flags: [busy(31), busy(40)] });
  const head = makeSide('b', 1, run, { flagged });
  const other = makeSide('c', 1, run);
  const throttled = { code: 'gpu-throttled', reason: 'Slowed down.', side: 'head', model: 'b', count: 14 };
  expect(
    listVerdictFlags([
      { base, head },
      { base, head: other },
    ]),
  ).toEqual([
    { ...outOfTime, side: null, model: null, count: 1 },
    { ...busy(31), side: 'base', model: 'a', count: 2 },
    throttled,
  ]);

  const earlier = runOf({ id: '20261123t013000z-4f09ab', flags: [] });
  expect(listVerdictFlags([{ base: makeSide('a', 1, earlier), head }])).toEqual([
    { ...outOfTime, side: 'head', model: null, count: 1 },
    throttled,
  ]);
});

test('a verdict carries where its run ended, and the models without a second side', () => {
  const [base, head] = [makeSide('a', 4), makeSide('b', 4)];
  const run = runOf({ variants: [base.variant, head.variant] });
  const verdict = compareTurns(
    { run, prompts: [], samples: [...base.samples, ...head.samples], outputs: [] },
    {
      ...{ pairs: [{ base: base.variant.key, head: head.variant.key }], looks: [6, 9, 12] },
      ...{ added: ['gemma3:27b'], removed: ['qwen3:8b'] },
    },
    { hashText: (text) => text },
  );
  expect(isRefusal(verdict)).toBe(false);
  expect(verdict).toMatchObject({
    ...{ endedEarly: { loads: 4, most: 12, code: 'out-of-time' }, settings: { looks: null } },
    ...{ added: ['gemma3:27b'], removed: ['qwen3:8b'], flags: [{ code: 'out-of-time', side: null }] },
  });
});
