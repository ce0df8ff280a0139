import { expect, test } from 'vitest';
import { tellApart } from '../../src/core/render/tell-apart.ts';
import { digest, makeVariant } from '../blank-run.ts';

const tiny = { ...makeVariant('tiny', 1, 1, 1), options: { seed: 7, num_ctx: 512 } };
const other = makeVariant('other', 1, 1, 1);

test.each([
  ['a name that there is once', [tiny, other], ['', '']],
  [
    'options, and only those that differ',
    [tiny, other, { ...tiny, options: { seed: 7, num_ctx: 1024 } }],
    ['num_ctx 512', '', 'num_ctx 1024'],
  ],
  [
    'an option that only one has, and thinking',
    [tiny, { ...tiny, options: { seed: 7 }, think: 'high' as const }],
    ['num_ctx 512, think false', 'num_ctx default, think high'],
  ],
  ['digests, where the tag moved', [tiny, { ...tiny, digest: digest('ffffffff') }], ['0123abcd', 'ffffffff']],
])('of models it tells apart %s', (_, variants, told) => {
  expect(tellApart(variants)).toEqual(told);
});
