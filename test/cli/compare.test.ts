import { cp, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareNamed } from '../../src/cli/compare.ts';
import type { HistoryOptions } from '../../src/cli/history-options.ts';
import { runPath, samplesPath } from '../../src/core/history/layout.ts';
import { isExpectedError } from '../../src/expected-error.ts';
import type { Verdict } from '../../src/schema/verdict.ts';
import { ingestRun } from '../../src/store/history/ingest-run.ts';
import { copyRun } from '../browser/copy-run.ts';
import { git, herdmark, makeFolder } from '../store/history-fixture.ts';

const recorded = join(import.meta.dirname, '../schema/fixtures/run-1.0');
const idOf = (night: number) => `2026110${night}t013000z-00000${night}`;
const latest = [5, 4, 3, 2, 1].map(idOf).join(', ');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'herdmark-compare-'));
  for (const [index, slower] of [1, 1.002, 0.999, 1.001, 1.3].entries()) {
    const startedAt = `2026-11-0${index + 1}T01:30:00.000Z`;
    const folder = await copyRun(recorded, at('runs'), { id: idOf(index + 1), startedAt, slower });
    await ingestRun(folder, at('history'), null);
  }
  git('init', '--quiet', '--initial-branch=herdmark-history', '--', at('history'));
  const of = (...args: string[]) =>
    git('-C', at('history'), '-c', 'user.name=x', '-c', 'user.email=x@x', ...args);
  of('add', '.');
  of('commit', '--quiet', '--message=nights');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const at = (path: string) => join(root, path);

/** What is compared, where each name that begins with a place of this test is a path in its folder. */
async function compare(names: readonly string[], place: Partial<HistoryOptions> = {}, folder = root) {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const [base, head] = names.map((it) =>
    /^(runs|history|nowhere|root)/.test(it) ? join(folder, it.replace('root', '.')) : it,
  );
  const options = { historyBranch: 'herdmark-history', ...place };
  const compared = await compareNamed([base, head], options, { info: say, warn: say }).catch(
    (error: unknown) => {
      if (isExpectedError(error)) return error;
      throw error;
    },
  );
  return compared instanceof Error
    ? { refusal: compared.message, said }
    : { verdict: compared.verdict, said };
}

test.each<[string, string[], number[], Pick<HistoryOptions, 'history' | 'remote'>?]>([
  ['folder of runs, and a run', ['runs', `runs/${idOf(5)}`], [1, 2, 3, 4]],
  ['folder of runs alone: its newest', ['runs'], [1, 2, 3, 4]],
  ['history, and a run of a folder', ['history', `runs/${idOf(5)}`], [1, 2, 3, 4]],
  ['history alone: its newest', ['history'], [1, 2, 3, 4]],
  ['history, and the newest of a folder', ['history', 'runs'], [1, 2, 3, 4]],
  ['run of a history alone: those before it', ['history/20261104'], [1, 2, 3]],
  ['file of a history', [`history/${runPath(idOf(3))}`], [1, 2]],
  ['two runs of a history, with those before base', ['history/20261103', `history/${idOf(5)}`], [1, 2, 3]],
  ['later run of a history as base', ['history/20261105', 'history/20261103'], [1, 2, 3, 4, 5]],
  ['two runs of a folder, and no others', ['runs/20261103', `runs/${idOf(5)}`], [3]],
  ['ids of a history that is given', ['20261103', '20261105'], [1, 2, 3], { history: 'history' }],
  ['latest of a history that is given', ['latest', `runs/${idOf(3)}`], [1, 2], { history: 'history' }],
  ['run folder and the history that is given', [`runs/${idOf(3)}`], [1, 2], { history: 'history' }],
  ['git repository', [], [1, 2, 3, 4], { remote: 'history' }],
  ['ids in a git repository', ['20261103', '20261105'], [1, 2, 3], { remote: 'history' }],
])('base may be a %s', async (_, names, nights, place = {}) => {
  const at = Object.fromEntries(
    Object.entries(place).map(([option, path]) => [option, join(root, path ?? '')]),
  );
  const { verdict, refusal } = await compare(names, at);
  expect(verdict?.base.runs, refusal).toEqual(nights.map(idOf));
});

test('a history gives the words of its folders', async () => {
  const [folders, history] = [await compare(['runs']), await compare(['history'])];
  const words = ({ verdict }: typeof folders) =>
    verdict?.models.map(({ joint }) => [joint.speed, joint.text]);
  expect(words(folders)).toEqual([['regressed', 'same']]);
  expect(words(history)).toEqual(words(folders));
});

test.each<[string, string[], string]>([
  ['nothing by that name', ['nowhere'], 'nowhere: there is no such run, folder of runs or history.'],
  ['no such run', ['history/2027'], `2027: HISTORY has no such run. The latest: ${latest}.`],
  ['a run near others', ['history/20261119t'], `has no such run. Near it: ${latest}.`],
  ['a beginning of several', ['runs/202611'], `5 runs of RUNS begin so: ${latest}. Give more of the id.`],
  ['an id without its history', ['20261103'], "or a run's id with --history, --remote or --repo."],
  ['nothing', [], 'Which runs? There is no .herdmark/runs here'],
  ['the first run', ['history/20261101'], 'that is earlier than 20261101t013000z-000001.'],
  ['a folder of something else', ['runs', 'history/inputs'], 'there is no run in it'],
  ['a folder with runs in it', ['root'], '(but maybe in RUNS)'],
])('%s is refused with what to do', async (_, names, message) => {
  const { refusal } = await compare(names);
  expect(refusal).toContain(message.replace('HISTORY', at('history')).replace('RUNS', at('runs')));
});

test('the command prints the verdict, and exits with 1 where that is asked for', async () => {
  const args = ['compare', at('history'), at('runs'), '--json', '--fail-on', 'regression'];
  const { status, output, said } = await herdmark(args, {});
  expect(said).toContain(`The newest run of ${at('runs')} is ${idOf(5)}.`);
  expect((JSON.parse(output) as Verdict).base.runs).toEqual([1, 2, 3, 4].map(idOf));
  expect(status).toBe(1);
});

describe('of what is damaged', () => {
  test.each<[string, string, (folder: string) => Promise<unknown>]>([
    ['run folder', 'runs', (folder) => truncate(join(folder, 'runs', idOf(2), 'samples.ndjson'), 999)],
    ['run folder without a plan', 'runs', (folder) => rm(join(folder, 'runs', idOf(2), 'plan.json'))],
    ['run of a history', 'history', (folder) => truncate(join(folder, 'history', runPath(idOf(2))), 99)],
    [
      'samples of a history',
      'history',
      (folder) => truncate(join(folder, 'history', samplesPath(idOf(2))), 99),
    ],
  ])('a %s is skipped and named', async (_, place, damage) => {
    const folder = await makeFolder();
    await cp(at(place), join(folder, place), { recursive: true });
    await damage(folder);
    const { verdict, said } = await compare([place], {}, folder);
    expect(verdict?.base.runs).toEqual([1, 3, 4].map(idOf));
    expect(said.join('\n')).toContain(`Skipped ${idOf(2)} of ${join(folder, place)}: `);
    expect(await compare([`${place}/${idOf(2)}`, `${place}/${idOf(5)}`], {}, folder)).toHaveProperty(
      'refusal',
    );
  });

  test('what a history keeps no longer is counted, and missed where it was named', async () => {
    const folder = await makeFolder();
    await cp(at('history'), join(folder, 'history'), { recursive: true });
    for (const night of [1, 2]) await rm(join(folder, 'history', samplesPath(idOf(night))));
    const { verdict, said } = await compare(['history'], {}, folder);
    expect(verdict?.base.runs).toEqual([3, 4].map(idOf));
    expect(said).toContain(`Of 2 earlier runs of ${join(folder, 'history')} the samples are kept no longer.`);
    const named = await compare(['history/20261101', 'history/20261105'], {}, folder);
    expect(named.refusal).toContain('its samples are kept no longer, and a verdict is made of samples.');
  });
});
