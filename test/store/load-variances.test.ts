import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addLoadVariances,
  addNightVariances,
  readLoadVariances,
  variancesLike,
} from '../../src/store/load-variances.ts';
import { makeRun, makeSample, makeVariant } from '../blank-run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-loads-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const found = (variance: number, changes = {}) => ({
  ...{ metric: 'ttftMs' as const, variance, degreesOfFreedom: 5, pairs: 48 },
  ...changes,
});
const run = makeRun();
const id = run.machine.id;
const comparison = (resident: boolean) =>
  makeRun({ plan: { ...run.plan, comparison: { pairs: [], looks: [], added: [], removed: [], resident } } });
const variants = ['a', 'b'].map((name) => makeVariant(name, 1, 1, 1));
const night = {
  ...makeRun({ variants }),
  promptSet: { ...run.promptSet, prompts: [{ id: 'p', title: 'P', category: 'c' }] },
};
/** Three loads of two rounds, of which the second model's last is slower. */
const samples = variants.flatMap(({ key: variant }, model) =>
  [0, 1, 2].flatMap((block) =>
    [0, 1].map((round) => {
      const sample = makeSample({ variant, block, round });
      const ttftMs = model === 1 && block === 2 ? 50 : 45;
      return { ...sample, client: sample.client && { ...sample.client, ttftMs } };
    }),
  ),
);

test('what comparisons found is kept by machine and design', async () => {
  await addLoadVariances(folder, comparison(true), [found(1), found(4)]);
  await addLoadVariances(folder, comparison(false), [found(9)]);
  const all = await readLoadVariances(folder);
  expect(variancesLike(all, id, true)).toEqual([found(2.5, { degreesOfFreedom: 10, nightly: false })]);
  expect(variancesLike(all, id, false)).toEqual([found(9, { nightly: false })]);
  expect(variancesLike(all, 'ffffffffffff', true)).toEqual([]);
});

test('a night speaks of both designs, each with its rounds', async () => {
  await addNightVariances(folder, night, samples, 2);
  const all = await readLoadVariances(folder);
  const listed = [true, false].map((resident) =>
    variancesLike(all, id, resident).map(({ metric, pairs, nightly }) => [metric, pairs, nightly]),
  );
  const metrics = ['ttftMs', 'tpotMs', 'matchedE2eMs', 'prefillTokensPerSecond'];
  expect(listed).toEqual([2, 1].map((pairs) => metrics.map((metric) => [metric, pairs, true])));
});

test('nights never push out comparisons', async () => {
  await addLoadVariances(folder, comparison(true), [found(1)]);
  for (let at = 0; at < 60; at++) await addNightVariances(folder, night, samples, 2);
  const all = await readLoadVariances(folder);
  expect(all.filter(({ nightly }) => nightly)).toHaveLength(400);
  expect(all.filter(({ nightly }) => !nightly)).toHaveLength(1);
});

test('one that is out of all bounds is not kept, and spoils no other', async () => {
  await addLoadVariances(folder, comparison(true), [found(1e9), found(1)]);
  expect(await readLoadVariances(folder)).toMatchObject([{ variance: 1 }]);
});

test('what an older version kept is of comparisons; what is damaged is learnt anew', async () => {
  const file = join(folder, 'load-variances.json');
  const old = { ...found(1), machine: id, resident: true, measuredAt: '2026-11-24T01:30:00.000Z' };
  await writeFile(file, JSON.stringify([old]));
  expect(await readLoadVariances(folder)).toEqual([{ ...old, nightly: false }]);
  await writeFile(file, '[{]');
  expect(await readLoadVariances(folder)).toEqual([]);
  await addLoadVariances(folder, comparison(true), [found(1)]);
  expect(JSON.parse(await readFile(file, 'utf8'))).toHaveLength(1);
});

test('a night of one model leaves no file', async () => {
  await addNightVariances(folder, makeRun({ variants: variants.slice(0, 1) }), samples, 2);
  await expect(readFile(join(folder, 'load-variances.json'))).rejects.toThrow('ENOENT');
});
