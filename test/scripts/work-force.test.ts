import { expect, test } from 'vitest';
import type { Job } from '../../scripts/simulate/jobs.ts';
import { hireWorkers, type Progress } from '../../scripts/simulate/work-force.ts';

const jobs: readonly Job[] = [
  { kind: 'pullRequests', cell: 0, pullRequests: 2 },
  {
    ...{ kind: 'answers', comparisons: 3, seed: 1 },
    cell: { prompts: 4, loads: 3, variety: 2, changed: 1 },
  },
  {
    ...{ kind: 'nights', runs: 5, seed: 1 },
    cell: { earlier: 7, badNights: 0.02, nightSd: 0.02, slower: 0.1 },
  },
  { kind: 'history', shape: 'levels', size: { years: 2, quietYears: 1, seed: 3 } },
  { kind: 'history', shape: 'quiet', size: { years: 2, quietYears: 1, seed: 3 } },
];

test('what workers find does not depend on how many there are, and comes in the order that was asked', async () => {
  const findWith = async (workers: number) => {
    const told: Progress[] = [];
    const force = hireWorkers(workers, (it) => told.push(it));
    const results = jobs.map((job) => force.queue(job));
    force.begin();
    return { found: await Promise.all(results), told };
  };
  const [alone, together] = [await findWith(1), await findWith(3)];
  expect(together.found).toEqual(alone.found);
  expect(alone.found.slice(3)).toMatchObject([
    { id: 'levels', years: 2 },
    { id: 'quiet', years: 1 },
  ]);
  expect(alone.told.at(-1)).toMatchObject({ done: 5, jobs: 5, share: expect.closeTo(1, 12) });
});

test('a job that fails says why, and the others are done', async () => {
  const force = hireWorkers(1, () => undefined);
  const [bad, good] = [
    force.queue({ kind: 'pullRequests', cell: 1000, pullRequests: 500 }),
    force.queue({
      kind: 'nights',
      runs: 1,
      seed: 1,
      cell: { earlier: 7, badNights: 0, nightSd: 0.02, slower: 0 },
    }),
  ];
  force.begin();
  await expect(bad).rejects.toThrow('There is no cell 1000.');
  expect(await good).toBe(0);
});
