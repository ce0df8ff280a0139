import { expect, test } from 'vitest';
import { findBases } from '../../../src/core/compare/find-bases.ts';
import type { Run, Variant } from '../../../src/schema/run.ts';
import { makeRun, makeVariant } from '../../blank-run.ts';

const model = (name: string, changes: Partial<Variant> = {}): Variant => ({
  ...makeVariant('m', 1, 1, 1),
  ...{ name, key: `${name.replace(':', '-')}-0123abcd` },
  ...changes,
});
const failed = { counts: { planned: 10, ok: 0, failed: 10, invalid: 0 } };
const updated: Partial<Run> = {
  environment: { ...makeRun().environment, server: { version: '0.15.0', settings: {} } },
};
type Night = [models: Variant[], changes?: Partial<Run>];
const [a, b] = [model('a:1'), model('b:1')];
const larger = model('a:1', { options: { num_ctx: 8192 } });

test.each<[string, Night[], Variant[], string[]]>([
  ['the latest run with its tag', [[[a, b]], [[a]], [[b]]], [a, b], ['a:1 of night 1', 'b:1 of night 2']],
  ['the latest one asked in the same way', [[[a]], [[larger]]], [a], ['a:1 of night 0']],
  [
    'each of two entries of one tag its own',
    [[[larger, a]]],
    [a, larger],
    ['a:1 of night 0', 'a:1 of night 0'],
  ],
  ['the latest of its epoch', [[[a]], [[a], updated]], [a], ['a:1 of night 0']],
  ['one of another epoch, where there is none of its own', [[[a], updated]], [a], ['a:1 of night 0']],
  ['the tag asked otherwise, where it never was so', [[[a]], [[b]]], [larger], ['a:1 of night 0']],
  ['nothing where that is taken', [[[a]]], [a, larger], ['a:1 of night 0']],
  [
    'no night on which all of its requests failed',
    [[[a]], [[model('a:1', failed)]]],
    [a],
    ['a:1 of night 0'],
  ],
  [
    'what took its place in the last run',
    [[[a]], [[a, b]]],
    [model('b:2'), a],
    ['a:1 of night 1', 'b:1 of night 1'],
  ],
  ['nothing of a run before that', [[[a, b]], [[a]]], [model('b:2'), a], ['a:1 of night 1']],
  ['nothing without a run', [], [a], []],
])('a model is held against %s', (_, nights, head, expected) => {
  const earlier = nights.map(([variants, changes], night) => ({
    night,
    run: makeRun({ variants, ...changes }),
  }));
  const found = findBases(earlier, makeRun({ variants: head }));
  expect(found.map((it) => `${it.base.name} of night ${it.in.night}`)).toEqual(expected);
});
