import { mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SiteState } from '../../site/src/data/contract.ts';
import { foldHistory } from '../../site/src/fold/fold-history.ts';
import { readRuns } from '../../site/src/fold/read-runs.ts';
import { inputPath, runPath } from '../../src/core/history/layout.ts';
import { packDocument } from '../../src/store/history/history-file.ts';
import { openHistory } from '../../src/store/history/open-history.ts';
import { encodeMade, type MadeRun, makeRun, type RunSpec, writeHistory } from './make-run.ts';

let history: string;
let cacheDir: string;
let warnings: string[];
const log = { info: () => undefined, warn: (line: string) => warnings.push(line) };

beforeEach(async () => {
  history = await mkdtemp(join(tmpdir(), 'herdmark-fold-'));
  cacheDir = join(history, '.cache');
  warnings = [];
});
afterEach(() => rm(history, { recursive: true, force: true }));

const night = (day: number, ttft = 10 + day, more: Partial<RunSpec> = {}): MadeRun =>
  makeRun({
    startedAt: `2026-11-${String(day).padStart(2, '0')}T01:30:00.000Z`,
    models: [{ name: 'm:1', weights: 'a', ttftMs: [ttft], answers: { capital: [`Paris ${day % 3}`] } }],
    ...more,
  });
const nights = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => night(from + index));

const asOf = '2026-12-01T00:00:00.000Z';
async function fold(cache: string | null = cacheDir, at = asOf): Promise<SiteState> {
  return foldHistory(history, (await openHistory(history)).runIds(), { asOf: at, cacheDir: cache, log });
}
const medians = ({ lines }: SiteState) => lines[0]?.trends.ttftMs.median;
const damage = (made: MadeRun) => truncate(join(history, runPath(made.run.id)), 20);

describe('with what the build before left', () => {
  test('only new nights are read, and the state is as if all had been', async () => {
    const old = nights(1, 25);
    await writeHistory(history, old);
    await fold();
    await writeHistory(history, nights(26, 28));
    const whole = await fold(null);
    // All but the newest of them can no longer be read, and nobody notices.
    for (const made of old) await damage(made);
    expect(await fold()).toEqual(whole);
    expect(warnings).toEqual([]);
    expect(whole.machines[0]?.latest.map(({ run }) => run.id)).toEqual([night(28).run.id]);
  });

  test('nothing new is read where there is nothing', async () => {
    await writeHistory(history, nights(1, 3));
    const before = await fold();
    expect(await fold()).toEqual(before);
  });

  test.each<[string, () => Promise<void>, number[]]>([
    ['an older run appeared', () => writeHistory(history, [night(2)]), [11, 12, 13, 14]],
    ['a run vanished', () => rm(join(history, runPath(night(3).run.id))), [11, 14]],
    [
      'a later attempt supersedes a run',
      () => writeHistory(history, [night(5, 99, { more: campaign('3', 2) })]),
      [11, 14, 99],
    ],
  ])('all is folded again where %s', async (_, change, expected) => {
    const attempted = night(3, 13, { more: campaign('3', 1) });
    await writeHistory(history, [night(1), attempted, night(4)]);
    await fold();
    await change();
    const state = await fold();
    expect(medians(state)).toEqual(expected);
    expect(state).toEqual(await fold(null));
  });

  test('what cannot be read of it costs time only', async () => {
    await writeHistory(history, nights(1, 3));
    const whole = await fold();
    await truncate(join(cacheDir, 'line-0.json'), 10);
    expect(await fold()).toEqual(whole);
    await writeFile(join(cacheDir, 'state.json'), '{"version":"of tomorrow"}');
    expect(await fold()).toEqual(whole);
  });
});

function campaign(workflowRun: string, attempt: number): Pick<MadeRun['run'], 'campaign'> {
  return { campaign: { id: `example/${workflowRun}`, workflowRun, attempt } };
}

test('shards of one workflow run are one night, and a shard that failed alone is taken of the later attempt', async () => {
  const shard = (name: string, hour: string, attempt: number, ttft: number) =>
    makeRun({
      startedAt: `2026-11-01T${hour}:30:00.000Z`,
      models: [{ name, weights: 'a', ttftMs: [ttft] }],
      more: { shard: name.slice(0, 1), ...campaign('1', attempt) },
    });
  await writeHistory(history, [
    ...[shard('a:1', '01', 1, 10), shard('b:1', '02', 1, 20), shard('b:1', '03', 2, 30), night(2)],
  ]);
  const { machines, lines } = await fold();
  expect(machines[0]?.nights.map(({ models }) => models)).toEqual([['a:1', 'b:1'], ['m:1']]);
  expect(lines.map(({ trends }) => trends.ttftMs.median)).toEqual([[10], [30], [12]]);
});

test('nights of two workflows that take turns on a machine are watched as their runs began', async () => {
  const of = (workflow: string, hour: string) =>
    makeRun({
      startedAt: `2026-11-01T${hour}:30:00.000Z`,
      models: [{ name: 'm:1', weights: 'a', ttftMs: [10] }],
      more: campaign(workflow, 1),
    });
  await writeHistory(history, [of('1', '01'), of('2', '02'), of('1', '03'), of('2', '04')]);
  const { machines, changes } = await fold();
  expect(machines[0]?.nights.map(({ runs }) => runs.length)).toEqual([2, 2]);
  expect(changes.machines).toHaveLength(1);
});

describe('a damaged run is skipped and named, and the others are folded', () => {
  // The tag stands for another model, so that its questions are its own.
  const broken = night(2, 12, { models: [{ name: 'm:1', weights: 'b', ttftMs: [12] }] });
  const file = () => join(history, runPath(broken.run.id));
  const { run } = encodeMade(broken);
  test.each<[string, () => Promise<void>, string]>([
    ['one cut short', () => truncate(file(), 20), 'does not unpack'],
    ['one that is empty', () => truncate(file(), 0), 'does not unpack'],
    [
      'one that is another',
      async () => writeFile(file(), await readFile(join(history, runPath(night(1).run.id)))),
      'holds run',
    ],
    [
      'a link',
      async () => {
        await rm(file());
        await symlink(join(history, runPath(night(1).run.id)), file());
      },
      'cannot be read',
    ],
    [
      'one with a column cut short',
      () => {
        const { counts } = run.series;
        const series = { ...run.series, counts: { ...counts, ok: counts.ok.slice(1) } };
        return writeFile(file(), packDocument({ ...run, series }));
      },
      'is damaged: A column of run',
    ],
    ['one without its questions', () => rm(join(history, inputPath(run.inputs.questions))), 'cannot be read'],
  ])('%s', async (_, change, reason) => {
    await writeHistory(history, [night(1), broken, night(3)]);
    await change();
    const state = await fold();
    expect(state.skipped).toEqual([{ name: broken.run.id, reason: expect.stringContaining(reason) }]);
    expect(warnings).toEqual([`Skipped ${broken.run.id}: ${state.skipped[0]?.reason}`]);
    expect(medians(state)).toEqual([11, 13]);
  });

  test('though it was whole when it was folded, where a page shows all of it', async () => {
    await writeHistory(history, [night(1), broken]);
    await fold();
    await damage(broken);
    const state = await fold();
    expect(state.skipped.map(({ name }) => name)).toEqual([broken.run.id]);
    expect(state.machines[0]?.latest.map(({ run }) => run.id)).toEqual([night(1).run.id]);
  });

  test('and is tried again by the next build', async () => {
    await writeHistory(history, [night(1), broken, night(3)]);
    const whole = await readFile(file());
    await damage(broken);
    expect(medians(await fold())).toEqual([11, 13]);
    expect((await fold()).skipped).toHaveLength(1);
    await writeFile(file(), whole);
    const state = await fold();
    expect(medians(state)).toEqual([11, 12, 13]);
    expect(state.skipped).toEqual([]);
  });
});

describe('a run whose clock was wrong is skipped and named', () => {
  const ahead = makeRun({
    startedAt: '2099-01-01T01:30:00.000Z',
    models: [{ name: 'm:1', weights: 'a', ttftMs: [99] }],
  });
  const behind = makeRun({
    startedAt: '1970-01-01T00:00:07.000Z',
    models: [{ name: 'm:1', weights: 'a', ttftMs: [70] }],
  });

  test('it is neither the newest night nor hides one that is missing', async () => {
    await writeHistory(history, nights(1, 20));
    const without = await fold(null);
    expect(without.changes.alarms).toEqual([expect.objectContaining({ kind: 'offline', next: null })]);
    await writeHistory(history, [ahead, behind]);
    const { skipped, ...state } = await fold(null);
    expect({ ...state, skipped: [] }).toEqual(without);
    expect(skipped).toEqual([
      { name: behind.run.id, reason: expect.stringMatching(/1970-01-01 00:00 UTC, before there was/) },
      { name: ahead.run.id, reason: expect.stringMatching(/2099-01-01 01:30 UTC, and it is 2026-12-01/) },
    ]);
  });

  test('and no later night is folded anew because of it', async () => {
    await writeHistory(history, [...nights(1, 3), ahead]);
    await fold();
    await damage(night(1));
    await writeHistory(history, [night(4)]);
    expect(medians(await fold())).toEqual([11, 12, 13, 14]);
  });

  test('where the build before had the wrong clock itself, all is folded again', async () => {
    await writeHistory(history, [...nights(1, 3), ahead]);
    expect(medians(await fold(cacheDir, '2099-01-02T00:00:00.000Z'))).toEqual([11, 12, 13, 99]);
    expect(medians(await fold())).toEqual([11, 12, 13]);
  });
});

test('many runs are read on several threads, with the same result', async () => {
  const ids = nights(1, 28).map(({ run }) => run.id);
  await writeHistory(history, nights(1, 28));
  await damage(night(7));
  const many = Array.from({ length: 5 }, () => ids).flat();
  const read = async (wanted: string[]) =>
    (await readRuns(history, wanted, asOf)).map((it) => JSON.stringify(it)).sort();
  const one = await read(ids);
  expect(await read(many)).toEqual(one.flatMap((it) => Array(5).fill(it)));
});
