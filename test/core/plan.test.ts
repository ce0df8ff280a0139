import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type PlanInput, planRun } from '../../src/core/plan.ts';
import { planDocument } from '../../src/schema/documents.ts';
import { prompt } from '../../src/schema/prompt-set.ts';

const hashText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const checks = [{ type: 'length', unit: 'words', min: 1 }];
const common = { title: 'T', category: 'c', checks };
const prompts = [
  prompt.parse({ ...common, id: 'one', prompt: 'Say one.' }),
  prompt.parse({
    ...common,
    id: 'talk',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ],
  }),
];
const digest = `sha256:${'a'.repeat(64)}`;
const variant = (key: string) => ({ key, name: key, digest, options: { temperature: 0 }, think: null });
const input: PlanInput = {
  variants: [variant('a-00000000'), variant('b-00000000')],
  promptSet: { id: 'core', version: 1, hash: digest, prompts },
  ...{ loads: 2, rounds: 2, warmup: 1, hashText },
};

describe('a plan', () => {
  test('is the same for the same input, and valid', () => {
    expect(planRun(input)).toEqual(planRun(input));
    expect(planDocument.schema.parse(planRun(input))).toEqual(planRun(input));
  });

  test('loads each variant in each block, the first to go taking turns', () => {
    const loads = planRun(input).requests.filter(({ phase }) => phase === 'load');
    expect(loads.map(({ id }) => id)).toEqual([
      'a-00000000/load0/load/0',
      'b-00000000/load0/load/0',
      'b-00000000/load1/load/0',
      'a-00000000/load1/load/0',
    ]);
  });

  test('of one load: warm-up, the bare round, then the timed rounds', () => {
    const ids = planRun(input).requests.filter(
      ({ variant, block }) => variant === 'a-00000000' && block === 0,
    );
    expect(ids.map(({ id, nonce }) => `${id} ${nonce}`)).toEqual([
      'a-00000000/load0/load/0 null',
      'a-00000000/load0/warmup/warmup-1/0 null',
      'a-00000000/load0/bare/one/0 null',
      'a-00000000/load0/bare/talk/0 null',
      'a-00000000/load0/timed/0/one/0 [6fa093c4] ',
      'a-00000000/load0/timed/0/talk/0 [5e8cb359] ',
      'a-00000000/load0/timed/1/one/0 [d3438d2e] ',
      'a-00000000/load0/timed/1/talk/0 [06479bc6] ',
    ]);
  });

  test('sends every variant and every load the same bytes in the same round', () => {
    const hashesOf = (key: string, block: number) =>
      planRun(input)
        .requests.filter((it) => it.variant === key && it.block === block)
        .map(({ requestHash }) => requestHash);
    expect(hashesOf('a-00000000', 0)).toEqual(hashesOf('b-00000000', 0));
    expect(hashesOf('a-00000000', 0)).toEqual(hashesOf('a-00000000', 1));
  });

  test('has ids that are unique and orders that count up', () => {
    const { requests } = planRun(input);
    expect(new Set(requests.map(({ id }) => id)).size).toBe(requests.length);
    expect(requests.map(({ order }) => order)).toEqual(requests.map((_, index) => index));
    expect(requests).toHaveLength(2 * 2 * (1 + 1 + 2 + 2 * 2));
  });

  test('asks more warm-up than there are warm-up prompts by starting over', () => {
    const warmups = planRun({
      ...input,
      warmup: 4,
      loads: 1,
      variants: [variant('a-00000000')],
    }).requests.filter(({ phase }) => phase === 'warmup');
    expect(warmups.map(({ prompt }) => prompt)).toEqual(['warmup-1', 'warmup-2', 'warmup-3', 'warmup-1']);
  });
});
