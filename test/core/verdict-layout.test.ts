import { describe, expect, test } from 'vitest';
import { layoutInterval } from '../../src/core/render/interval-layout.ts';
import { arrangePrompts, compareToBase } from '../../src/core/render/verdict-prompts.ts';
import { type ComparisonName, describeSides, nameSides } from '../../src/core/render/verdict-sides.ts';
import type { ModelVerdict, PromptVerdict } from '../../src/schema/verdict.ts';

const side: ModelVerdict['base'] = {
  ...{ key: 'm-1-0123abcd', name: 'm:1', digest: `sha256:${'a'.repeat(64)}`, quantization: 'Q4_K_M' },
  ...{ parameterSize: null, contextLength: 4096, templateHash: null, options: { seed: 7 }, think: null },
};
const other = { ...side, digest: `sha256:${'b'.repeat(64)}`, options: { temperature: 0, seed: 7 } };

describe('two sides', () => {
  test('are told row by row, and which rows differ', () => {
    const rows = describeSides({ base: side, head: other });
    expect(rows.map(({ name, base, head }) => [name, base, head])).toEqual([
      ['Tag', 'm:1', 'm:1'],
      ['Digest', 'aaaaaaaa', 'bbbbbbbb'],
      ['Parameters', '–', '–'],
      ['Quantization', 'Q4_K_M', 'Q4_K_M'],
      ['Context', '4096', '4096'],
      ['Template', '–', '–'],
      ['Options', 'seed 7', 'seed 7, temperature 0'],
      ['Think', '–', '–'],
    ]);
    expect(rows.filter(({ isSame }) => !isSame).map(({ name }) => name)).toEqual(['Digest', 'Options']);
  });

  test.each<[string, typeof side, ComparisonName]>([
    ['tags', { ...side, name: 'm:2' }, { from: 'm:1', to: 'm:2', changes: [], also: [] }],
    [
      'tags, with what is asked otherwise, but not with the context that the other model has',
      { ...side, name: 'm:2', quantization: 'Q8_0', contextLength: 8192, options: { seed: 8 } },
      { from: 'm:1', to: 'm:2', changes: ['seed 7 → 8'], also: ['quantization Q4_K_M → Q8_0'] },
    ],
    [
      'digests, of a tag that moved',
      { ...side, digest: other.digest, quantization: 'Q8_0', parameterSize: '8B' },
      {
        ...{ from: 'm:1', to: null, changes: ['Q4_K_M → Q8_0', 'aaaaaaaa → bbbbbbbb'] },
        also: ['parameters unknown → 8B'],
      },
    ],
    [
      'options',
      { ...side, contextLength: 1024, options: { ...side.options, num_ctx: 1024 } },
      { from: 'm:1', to: null, changes: ['num_ctx default → 1024', 'context 4096 → 1024'], also: [] },
    ],
    ['one tag, where nothing is new', side, { from: 'm:1', to: null, changes: [], also: [] }],
  ])('are named by their %s', (_, head, named) => {
    expect(nameSides({ base: side, head })).toEqual(named);
  });
});

test.each([
  [0.25, 0.125, { change: 117, low: 98.5, high: 135.5, isLowCut: false, isHighCut: false }],
  [3, 0.1, { change: 154, low: 154, high: 154, isLowCut: false, isHighCut: true }],
  [-0.7, 0.1, { change: 6, low: 6, high: 6, isLowCut: true, isHighCut: false }],
])('an interval is laid out around zero: %d ± %d', (change, margin, expected) => {
  const interval = { level: 0.9, low: change - margin, high: change + margin };
  expect(layoutInterval({ change, interval }, 0.5, 0.02)).toMatchObject({ zero: 80, ...expected });
});

test('prompts stand in a table, what stands out first, then the largest changes', () => {
  const detail = (prompt: string, metric: PromptVerdict['metric'], logRatio: number, standsOut = false) => ({
    ...{ prompt, metric, logRatio, standsOut, change: logRatio },
    ...{ pairs: 2, pValue: null, adjustedPValue: null },
  });
  const { metrics, rows, outstanding } = arrangePrompts([
    detail('small', 'ttftMs', 0.01),
    detail('large', 'ttftMs', -0.3),
    detail('told', 'tpotMs', 0.05, true),
  ]);
  expect(metrics).toEqual(['ttftMs', 'tpotMs']);
  expect(rows.map(({ prompt, cells }) => [prompt, cells.map((it) => it?.logRatio ?? null)])).toEqual([
    ['told', [null, 0.05]],
    ['large', [-0.3, null]],
    ['small', [0.01, null]],
  ]);
  expect(outstanding).toBe(1);
});

test.each([
  [0.03, 'worse'],
  [-0.03, 'better'],
  [0.01, 'as before'],
] as const)('a prompt at %d is %s', (logRatio, word) => {
  expect(compareToBase({ logRatio }, 0.02)).toBe(word);
});
