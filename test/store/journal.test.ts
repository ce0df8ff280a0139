import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readUnfinishedRuns } from '../../src/store/journal.ts';

test('a run that is only being begun is left alone by who does not hold the lock, and is no run yet', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-journal-'));
  await mkdir(join(folder, '20261124t013000z-4f09ab'));
  await writeFile(join(folder, '20261124t013000z-4f09ab', 'samples.ndjson'), '');
  expect(await readUnfinishedRuns(folder, { prune: false })).toEqual([]);
  expect(await readdir(folder)).toHaveLength(1);
  expect(await readUnfinishedRuns(folder, { prune: true })).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  expect(await readUnfinishedRuns(join(folder, 'nowhere'), { prune: true })).toEqual([]);
});
