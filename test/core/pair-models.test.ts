import { expect, test } from 'vitest';
import { type AskedModel, listAskedModels, nameRest, pairModels } from '../../src/core/pair-models.ts';

const asked = (name: string, change: Partial<AskedModel> = {}): AskedModel => ({
  ...{ name, options: { temperature: 0 }, think: null, ...change },
});
const wide = asked('qwen3:8b', { options: { temperature: 0, num_ctx: 8192 } });

interface Expected {
  changed?: string[];
  unchanged?: string[];
  added?: string[];
  removed?: string[];
}

test.each<[string, AskedModel[], AskedModel[], Expected]>([
  ['nothing', [asked('a:1')], [asked('a:1')], { unchanged: ['a:1'] }],
  ['a tag', [asked('qwen3:8b')], [asked('qwen3:14b')], { changed: ['qwen3:8b → qwen3:14b'] }],
  ['an option', [asked('qwen3:8b')], [wide], { changed: ['qwen3:8b → qwen3:8b'] }],
  [
    'thinking',
    [asked('qwen3:8b')],
    [asked('qwen3:8b', { think: true })],
    { changed: ['qwen3:8b → qwen3:8b'] },
  ],
  ['one model for another', [asked('qwen3:8b')], [asked('gemma3:4b')], { changed: ['qwen3:8b → gemma3:4b'] }],
  [
    'one of two, and their order',
    [asked('a:1'), asked('b:1')],
    [asked('b:2'), asked('a:1')],
    { changed: ['b:1 → b:2'], unchanged: ['a:1'] },
  ],
  ['a model more', [asked('a:1')], [asked('a:1'), asked('b:1')], { unchanged: ['a:1'], added: ['b:1'] }],
  ['a model less', [asked('a:1'), asked('b:1')], [asked('b:1')], { unchanged: ['b:1'], removed: ['a:1'] }],
  [
    'a tag beside the one that stays',
    [asked('a:1')],
    [asked('a:1'), asked('a:2')],
    { unchanged: ['a:1'], added: ['a:2'] },
  ],
  [
    'two for two others, of which nobody knows which is which',
    [asked('a:1'), asked('b:1')],
    [asked('c:1'), asked('d:1')],
    { added: ['c:1', 'd:1'], removed: ['a:1', 'b:1'] },
  ],
  [
    'a model on a registry with a port',
    [asked('reg:5000/qwen3:8b')],
    [asked('reg:5000/qwen3:14b'), asked('reg:5000/gemma3:4b')],
    { changed: ['reg:5000/qwen3:8b → reg:5000/qwen3:14b'], added: ['reg:5000/gemma3:4b'] },
  ],
])('what was changed: %s', (_, base, head, expected) => {
  const { changed, unchanged, added, removed } = pairModels(base, head);
  const names = (models: readonly AskedModel[]) => models.map(({ name }) => name);
  expect({
    changed: changed.map((it) => `${it.base.name} → ${it.head.name}`),
    ...{ unchanged: names(unchanged), added: names(added), removed: names(removed) },
  }).toEqual({ changed: [], unchanged: [], added: [], removed: [], ...expected });
});

test('options of one model are laid over those of all', () => {
  const models = [{ name: 'a:1' }, { name: 'b:1', options: { num_ctx: 4096 }, think: 'low' as const }];
  expect(listAskedModels({ models, options: { temperature: 0, num_ctx: 2048 } })).toEqual([
    { name: 'a:1', options: { temperature: 0, num_ctx: 2048 }, think: null },
    { name: 'b:1', options: { temperature: 0, num_ctx: 4096 }, think: 'low' },
  ]);
});

test.each<[string, AskedModel[], AskedModel[], ReturnType<typeof nameRest>]>([
  [
    'by their tags',
    [asked('a:1'), asked('b:1')],
    [asked('c:1'), asked('d:1')],
    { added: ['c:1', 'd:1'], removed: ['a:1', 'b:1'] },
  ],
  [
    'by what sets a second entry of a tag apart',
    [asked('qwen3:8b')],
    [asked('qwen3:8b'), wide, asked('qwen3:8b', { think: true })],
    {
      added: ['qwen3:8b with temperature 0, num_ctx 8192', 'qwen3:8b with temperature 0, think true'],
      removed: [],
    },
  ],
  [
    'also beside one that was changed',
    [asked('qwen3:8b', { options: {} }), wide],
    [asked('qwen3:8b', { options: { seed: 1 } })],
    { added: [], removed: ['qwen3:8b with temperature 0, num_ctx 8192'] },
  ],
])('models of one side alone are named %s', (_, base, head, names) => {
  expect(nameRest(pairModels(base, head))).toEqual(names);
});
