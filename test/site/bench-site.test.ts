import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drawNights } from '../../scripts/bench-site/course.ts';
import { addNights, growHistory } from '../../scripts/bench-site/grow-history.ts';
import { fitCpuGrowth, fitWallGrowth, takeMedian } from '../../scripts/bench-site/growth.ts';
import { makeNight } from '../../scripts/bench-site/make-night.ts';
import { readRecordedRun } from '../../scripts/bench-site/recorded-run.ts';
import { foldHistory } from '../../site/src/fold/fold-history.ts';
import { encodeRun } from '../../src/core/history/encode-run.ts';
import { runDocument } from '../../src/schema/documents.ts';
import { historyRun, historySamples } from '../../src/schema/history.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { openHistory } from '../../src/store/history/open-history.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'herdmark-bench-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const size = { models: 3, prompts: 4 };

test('a night that was drawn is a run like any, of twelve samples a prompt', async () => {
  const recorded = await readRecordedRun(size.prompts);
  const [course] = drawNights(size, 1);
  if (course === undefined) throw new Error('there are nights');
  const night = makeNight(recorded, course);
  expect(runDocument.schema.parse(night.run)).toEqual(night.run);
  expect(night.run.series.map(({ metrics }) => metrics.ttftMs.n)).toEqual(Array(12).fill(12));
  const encoded = encodeRun(night, { origin: null, hashText: sha256Text });
  expect(historyRun.parse(encoded.run)).toEqual(encoded.run);
  expect(historySamples.parse(encoded.samples)).toEqual(encoded.samples);
});

test('a history grows night by night, the same as at once, and a site can be made of it', async () => {
  const options = { ...size, seed: 1 };
  await growHistory(join(root, 'all'), 2, options);
  const nights = await growHistory(join(root, 'all'), 5, options);
  const atOnce = await growHistory(join(root, 'once'), 5, options);
  await addNights(join(root, 'all'), join(root, 'history'), nights.slice(0, 4));
  const added = await addNights(join(root, 'all'), join(root, 'history'), nights.slice(4));
  expect(added.runs).toBeGreaterThan(0);
  const ids = (await openHistory(join(root, 'history'))).runIds();
  expect(ids).toHaveLength(5);
  for (const { paths } of atOnce) {
    const [run = ''] = paths;
    const [of, other] = await Promise.all(['history', 'once'].map((it) => readFile(join(root, it, run))));
    expect(of?.equals(other ?? Buffer.alloc(0))).toBe(true);
  }
  const log = { info: () => undefined, warn: () => undefined };
  const asOf = '2024-02-01T00:00:00.000Z';
  const { lines, skipped } = await foldHistory(join(root, 'history'), ids, { asOf, cacheDir: null, log });
  expect(skipped).toEqual([]);
  expect(lines.map(({ nights, prompts }) => [nights.length, Object.keys(prompts).length])).toEqual(
    Array(size.models).fill([5, size.prompts]),
  );
});

test('how the cost grows is told by the time of processors, which a busy machine does not move', () => {
  const fixed = { seconds: 3, cpuSeconds: 4 };
  const build = (runs: number, waitedSeconds: number) => ({
    ...{ runs, cpuSeconds: 4 + runs / 100 },
    seconds: 3 + runs / 200 + waitedSeconds,
  });
  const quiet = [build(250, 0), build(500, 0), build(1000, 0)];
  const busy = [build(250, 0), build(500, 2), build(1000, 30)];
  expect(fitCpuGrowth(fixed, quiet)?.exponent).toBeCloseTo(1, 9);
  expect(fitCpuGrowth(fixed, busy)).toEqual(fitCpuGrowth(fixed, quiet));
  expect(fitCpuGrowth(fixed, quiet)?.withFixedCost).toBeLessThan(1);
  expect(fitWallGrowth(fixed, quiet).exponent).toBeCloseTo(1, 9);
  expect(fitWallGrowth(fixed, busy).exponent).toBeGreaterThan(1.6);
  expect(fitCpuGrowth({ ...fixed, cpuSeconds: null }, quiet)).toBeNull();
});

test('of several builds each time is the median, and the memory the most', () => {
  const builds = [
    { seconds: 9, cpuSeconds: 5, rssMb: 700 },
    { seconds: 3, cpuSeconds: 6, rssMb: 900 },
    { seconds: 4, cpuSeconds: 4, rssMb: 800 },
  ];
  expect(takeMedian(builds)).toEqual({ seconds: 4, cpuSeconds: 5, rssMb: 900 });
  expect(takeMedian([...builds, { seconds: 4, cpuSeconds: null, rssMb: null }])).toEqual({
    ...{ seconds: 4, cpuSeconds: null, rssMb: null },
  });
});
