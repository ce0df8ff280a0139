import { describe, expect, test } from 'vitest';
import {
  type Chosen,
  compareRuns,
  compareTurns,
  findEarlierModel,
  findSameModel,
  isRefusal,
  pairVariants,
  type WholeRun,
} from '../../../src/core/compare/compare-runs.ts';
import { prompt as promptSchema } from '../../../src/schema/prompt-set.ts';
import type { Run } from '../../../src/schema/run.ts';
import { digest, makeRun, makeSample, makeVariant } from '../../blank-run.ts';

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
  ['what the tag stood for then', [{ ...a, digest: `sha256:${'f'.repeat(64)}` }], {}, 'a:1'],
  ['not the model itself', [a], {}, null],
  ['not another tag', [b], {}, null],
  [
    'nothing of another epoch',
    [{ ...a, digest: `sha256:${'f'.repeat(64)}`, options: { num_ctx: 8192 } }],
    {},
    null,
  ],
])('an earlier run tells noise by %s', (_, variants, changes, name) => {
  const { run } = whole(variants, changes);
  expect(findEarlierModel(run, a, whole([a]).run)?.name ?? null).toBe(name);
});

describe('base is', () => {
  const moved = { ...a, digest: `sha256:${'f'.repeat(64)}` };
  const night = (number: number, variants: (typeof a)[], ttftMs: number): WholeRun => {
    const series = variants.map(({ key: variant, counts, metrics, checks }) => ({
      ...{ variant, prompt: 'p', requestHash: digest('1'), checksHash: digest('2') },
      ...{ counts, metrics, checks, distinctAnswers: 1 },
    }));
    const samples = variants.map(({ key: variant }) => {
      const sample = makeSample({ variant });
      return { ...sample, client: sample.client && { ...sample.client, ttftMs } };
    });
    const checks = [{ type: 'json' }];
    return {
      ...whole(variants, {
        series,
        id: `2026110${number}t013000z-000000`,
        startedAt: `2026-11-0${number}T01:30:00.000Z`,
      }),
      prompts: [promptSchema.parse({ id: 'p', title: 'P', category: 'c', prompt: '?', checks })],
      samples,
    };
  };
  const nights = [night(1, [a, b], 40), night(2, [a], 41), night(3, [moved], 50), night(4, [b], 60)];
  const judge = (head: WholeRun, chosen: Chosen | null, earlier = nights) => {
    const found = compareRuns(earlier, head, { hashText, chosen });
    if (isRefusal(found)) return found.refusal;
    return {
      runs: found.base.runs.map((id) => Number(id[7])),
      models: found.models.map(({ base, metrics }) => {
        const ttft = metrics.find(({ metric }) => metric === 'ttftMs');
        const degrees = ttft?.effect?.degreesOfFreedom ?? null;
        return [base.name, base.digest === moved.digest, ttft?.loads, degrees];
      }),
    };
  };

  test.each<[string, WholeRun, Chosen | null, ReturnType<typeof judge>]>([
    [
      'of each model its own runs',
      night(5, [a, b], 44),
      null,
      {
        runs: [3, 1, 4],
        models: [
          ['a:1', true, 1, 1],
          ['b:1', false, 2, 1],
        ],
      },
    ],
    [
      'of a model alone no run without it',
      night(5, [moved], 50),
      null,
      { runs: [3], models: [['a:1', true, 1, 1]] },
    ],
    [
      'the last run, where it was chosen',
      night(5, [a], 44),
      { base: b.key, head: a.key },
      { runs: [1, 4], models: [['b:1', false, 2, 1]] },
    ],
    ['nothing else then', night(5, [c], 44), { base: a.key, head: null }, 'nothing-to-compare'],
  ])('%s', (_, head, chosen, expected) => {
    expect(judge(head, chosen)).toEqual(expected);
  });

  test.each<[string, Chosen | null, string[]]>([
    ['one without a base is new', null, ['c:1']],
    ['but not where others were chosen', { base: b.key, head: b.key }, []],
  ])('none: %s', (_, chosen, added) => {
    const other = { ...c, name: 'c:1' };
    const found = compareRuns(nights, night(5, [b, other], 60), { hashText, chosen });
    expect(isRefusal(found) ? found.refusal : found.added).toEqual(added);
  });
});

test.each([
  [
    'runs without a model in common',
    compareRuns([whole([])], whole([a]), { hashText }),
    'nothing-to-compare',
  ],
  ['no run before', compareRuns([], whole([a]), { hashText }), 'nothing-to-compare'],
  ['a run of one side', compareTurns(whole([a]), null, { hashText }), 'no-comparison'],
])('of %s there is no verdict', (_, result, refusal) => {
  expect(isRefusal(result) && result.refusal).toBe(refusal);
});

describe('what the machine knew of its loads', () => {
  const [base, other, head] = [a, b, c];
  const samples = [base, other, head].flatMap(({ key: variant }) =>
    [0, 1, 2].map((block) => {
      const sample = makeSample({ variant, block });
      return { ...sample, client: sample.client && { ...sample.client, ttftMs: 45 + (block % 2) } };
    }),
  );
  const series = [base, other, head].map(({ key: variant, counts, metrics, checks }) => ({
    ...{ variant, prompt: 'p', requestHash: digest('1'), checksHash: digest('2') },
    ...{ counts, metrics, checks, distinctAnswers: 1 },
  }));
  const pairs = [{ base: base.key, head: head.key }];
  const comparison = { pairs, looks: [3], resident: true, added: [], removed: [] };
  const known = { metric: 'ttftMs' as const, variance: 1e-4, degreesOfFreedom: 20, pairs: 1, nightly: false };
  const judge = (chosen: typeof pairs, knownLoads: Run['knownLoads']) => {
    const { run } = whole([base, other, head], { series, knownLoads });
    const checks = [{ type: 'json' }];
    const asked = [promptSchema.parse({ id: 'p', title: 'P', category: 'c', prompt: '?', checks })];
    const result = compareTurns(
      { run: { ...run, plan: { ...run.plan, comparison } }, prompts: asked, samples, outputs: [] },
      { ...comparison, pairs: chosen },
      { hashText },
    );
    return isRefusal(result) ? result.message : result.models[0]?.metrics[0]?.pooledDegreesOfFreedom;
  };

  test.each([
    ['is pooled with its own', pairs, [known], 20],
    ['is nothing in a run from before it was kept', pairs, null, 0],
    [
      'says nothing of two models that were chosen by hand',
      [{ base: base.key, head: other.key }],
      [known],
      0,
    ],
  ])('%s', (_, chosen, knownLoads, degrees) => {
    expect(judge(chosen, knownLoads)).toBe(degrees);
  });
});
