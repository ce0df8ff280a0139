import { describe, expect, test } from 'vitest';
import {
  type Chosen,
  compareRuns,
  compareTurns,
  findSameModel,
  isRefusal,
  pairVariants,
  type WholeRun,
} from '../../../src/core/compare/compare-runs.ts';
import { makeRun, makeVariant } from '../../blank-run.ts';

const [a, b, c] = ['a:1', 'b:1', 'a:2'].map((name, index) => ({
  ...makeVariant('m', 1, 1, 1),
  name,
  key: `m-${index}123abcd`,
}));
if (!a || !b || !c) throw new Error('there are three');
const hashText = (text: string) => text;
const whole = (variants: (typeof a)[], changes = {}): WholeRun => ({
  run: makeRun({ variants, ...changes }),
  ...{ prompts: [], samples: [], outputs: [] },
});

describe('models are paired', () => {
  test.each<[string, Chosen, [string, string][]]>([
    [
      'as two configs are',
      { base: null, head: null },
      [
        ['b:1', 'b:1'],
        ['a:1', 'a:2'],
      ],
    ],
    ['those that were chosen, whatever they are', { base: a.key, head: b.key }, [['a:1', 'b:1']]],
    ['the one that was chosen with its partner', { base: a.key, head: null }, [['a:1', 'a:2']]],
    ['on either side', { base: null, head: b.key }, [['b:1', 'b:1']]],
    ['one that is not there with none', { base: c.key, head: b.key }, []],
  ])('%s', (_, chosen, pairs) => {
    const found = pairVariants([a, b], [c, b], chosen);
    expect(found.map(({ base, head }) => [base.name, head.name])).toEqual(pairs);
  });
});

test.each([
  ['a model of its name and digest', [a], {}, 'a:1'],
  ['not one of another digest', [{ ...a, digest: `sha256:${'f'.repeat(64)}` }], {}, null],
  ['not one of another machine', [a], { machine: { id: 'ffffffffffff', label: 'x' } }, null],
])('an earlier run has %s', (_, variants, changes, name) => {
  const { run } = whole(variants, changes);
  expect(findSameModel(run, a, whole([a]).run)?.name ?? null).toBe(name);
});

test.each([
  [
    'runs without a model in common',
    compareRuns([whole([])], whole([a]), { hashText }),
    'nothing-to-compare',
  ],
  ['no run before', compareRuns([], whole([a]), { hashText }), 'nothing-to-compare'],
  ['a run of one side', compareTurns(whole([a]), null, { stored: [], hashText }), 'no-comparison'],
])('of %s there is no verdict', (_, result, refusal) => {
  expect(isRefusal(result) && result.refusal).toBe(refusal);
});
