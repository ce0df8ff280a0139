import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { oneAtATime } from '../../src/core/load-shape.ts';
import { type ComparisonInput, planComparison } from '../../src/core/plan-comparison.ts';
import { planDocument } from '../../src/schema/documents.ts';
import { prompt } from '../../src/schema/prompt-set.ts';

const hashText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const prompts = ['one', 'two', 'three'].map((id) =>
  prompt.parse({
    ...{ id, title: id, category: 'c', prompt: `Say ${id}.` },
    checks: [{ type: 'length', unit: 'words', min: 1 }],
  }),
);
const digest = hashText('model');
const variant = (key: string) => ({
  ...{ key, name: key, digest, options: { temperature: 0 }, think: null, unsupported: [] },
});
const input: ComparisonInput = {
  pairs: [{ base: variant('old-00000000'), head: variant('new-00000000') }],
  promptSet: { id: 'mine', version: 1, hash: digest, prompts },
  ...{ loads: 6, rounds: 2, warmup: 1, warmupMax: 1, cache: 'defeat', loadShapes: [oneAtATime] },
  ...{ resident: true, looks: [6], seed: 1, hashText },
};

describe('a comparison', () => {
  test('is the same for the same input, and valid; another seed draws another order', () => {
    const plan = planComparison(input);
    expect(planComparison(input)).toEqual(plan);
    expect(planDocument.schema.parse(plan)).toEqual(plan);
    expect(planComparison({ ...input, seed: 2 }).requests.map(({ id }) => id)).not.toEqual(
      plan.requests.map(({ id }) => id),
    );
  });

  test('of two that stay in memory loads both, then asks them in turn, prompt by prompt', () => {
    const { requests } = planComparison(input);
    const first = requests.filter(({ block }) => block === 0);
    expect(first.slice(0, 4).map(({ phase }) => phase)).toEqual(['load', 'load', 'warmup', 'warmup']);
    const measured = first.slice(4);
    const pairs = Array.from({ length: measured.length / 2 }, (_, index) =>
      measured.slice(2 * index, 2 * index + 2),
    );
    expect(pairs.map(([a]) => `${a?.phase} ${a?.round} ${a?.prompt}`)).toEqual(
      [['bare', null] as const, ['timed', 0] as const, ['timed', 1] as const].flatMap(([phase, round]) =>
        prompts.map(({ id }) => `${phase} ${round} ${id}`),
      ),
    );
    for (const [a, b] of pairs) {
      expect([a?.variant, b?.variant].sort()).toEqual(['new-00000000', 'old-00000000']);
      expect([b?.prompt, b?.round, b?.requestHash]).toEqual([a?.prompt, a?.round, a?.requestHash]);
    }
  });

  test('lets a fair coin say who goes first', () => {
    const { requests } = planComparison({ ...input, loads: 200 });
    const timed = requests.filter(({ phase }) => phase === 'timed');
    const headFirst = timed.filter(
      ({ variant: key }, index) => index % 2 === 0 && key.startsWith('new'),
    ).length;
    // 1,200 throws: five standard deviations are 87.
    expect(Math.abs(headFirst - timed.length / 4)).toBeLessThan(87);
  });

  test('of two that do not fit takes turns load by load, with a load for each round', () => {
    const { requests, comparison, loads, rounds } = planComparison({ ...input, resident: false });
    expect({ loads, rounds, comparison }).toEqual({
      ...{ loads: 12, rounds: 1 },
      comparison: {
        pairs: [{ base: 'old-00000000', head: 'new-00000000' }],
        ...{ resident: false, looks: [12], added: [], removed: [] },
      },
    });
    const loaded = requests.filter(({ phase }) => phase === 'load');
    expect(loaded).toHaveLength(24);
    // Between two loads there is all that is asked of the first.
    const [, second] = loaded;
    expect(requests.filter(({ order }) => order < (second?.order ?? 0)).map(({ phase }) => phase)).toEqual([
      ...['load', 'warmup'],
      ...Array(3).fill('bare'),
      ...Array(3).fill('timed'),
    ]);
  });

  test('asks both only what both can take', () => {
    const head = { ...variant('new-00000000'), unsupported: [{ prompt: 'two', reason: 'It cannot.' }] };
    const plan = planComparison({ ...input, pairs: [{ base: variant('old-00000000'), head }] });
    expect(plan.requests.some((it) => it.prompt === 'two')).toBe(false);
    expect(plan.variants.map(({ unsupported }) => unsupported.map((it) => it.prompt))).toEqual([
      ['two'],
      ['two'],
    ]);
  });
});
