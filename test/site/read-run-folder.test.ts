import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildSite } from '../../site/build.ts';
import { runPath } from '../../src/core/history/layout.ts';
import { readRunFolders } from '../../src/store/read-run-folder.ts';
import { makeRun, writeRun } from './make-run.ts';

const stored = (day: number) =>
  makeRun({
    startedAt: `2026-11-0${day}T01:30:00Z`,
    models: [{ name: 'm', weights: 'a', ttftMs: [1], answers: { capital: ['Paris'] } }],
  });
const good = stored(2);
const damaged = stored(3);
const output = damaged.files.find((file) => file.endsWith('capital.json')) ?? '';

let root: string;
let runsDir: string;
let warnings: string[];
const log = { info: () => undefined, warn: (line: string) => warnings.push(line) };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'herdmark-runs-'));
  runsDir = join(root, 'runs');
  warnings = [];
  await writeRun(runsDir, good);
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a damaged run is skipped, by name and with the reason, and the others are kept', () => {
  const cases: [name: string, damage: (folder: string) => Promise<void>, reason: string][] = [
    ['no summary', (it) => rm(join(it, 'summary.json')), 'It has no summary.json.'],
    ['cut short', (it) => truncate(join(it, 'summary.json'), 100), 'summary.json is not JSON.'],
    ['no document', (it) => writeFile(join(it, 'summary.json'), '[]'), 'This is not a run report'],
    [
      'a newer major',
      (it) => writeFile(join(it, 'summary.json'), JSON.stringify({ ...damaged.run, schemaVersion: '9.0' })),
      'has schemaVersion 9.0, and this Herdmark reads up to 2.x',
    ],
    [
      'a field that is wrong',
      (it) => writeFile(join(it, 'summary.json'), JSON.stringify({ ...damaged.run, status: 'fine' })),
      'This run report is damaged',
    ],
    [
      'a prompt that would be a path',
      (it) => {
        const series = damaged.run.series.map((one) => ({ ...one, prompt: '../../good' }));
        return writeFile(join(it, 'summary.json'), JSON.stringify({ ...damaged.run, series }));
      },
      'This run report is damaged',
    ],
    ['too large', (it) => truncate(join(it, 'summary.json'), 33 * 1024 ** 2), 'larger than 32 MiB'],
    ['an answer cut short', (it) => truncate(join(it, output), 20), 'capital.json is not JSON.'],
    [
      'the answer of another prompt',
      (it) => writeFile(join(it, output), JSON.stringify({ ...damaged.outputs[0], prompt: 'contact' })),
      'holds the answer of another model or prompt',
    ],
    [
      'a link out of the folder',
      async (it) => {
        await writeFile(join(root, 'secret'), 'secret');
        await rm(join(it, 'samples.ndjson'));
        await symlink(join(root, 'secret'), join(it, 'samples.ndjson'));
      },
      "samples.ndjson is a link out of the run's folder",
    ],
    [
      'a folder for a file',
      async (it) => {
        await rm(join(it, 'samples.ndjson'));
        await mkdir(join(it, 'samples.ndjson'));
      },
      'samples.ndjson is not a file.',
    ],
    [
      'the run of another folder',
      (it) => writeFile(join(it, 'summary.json'), JSON.stringify(good.run)),
      'is there twice',
    ],
  ];
  test.each(cases)('%s', async (_, damage, reason) => {
    await damage(await writeRun(runsDir, damaged));
    const { runs, skipped } = await readRunFolders(runsDir, log);
    expect(runs.map(({ run }) => run.id)).toEqual([good.run.id]);
    expect(skipped).toEqual([{ name: damaged.run.id, reason: expect.stringContaining(reason) }]);
    expect(warnings).toEqual([`Skipped ${damaged.run.id}: ${skipped[0]?.reason}`]);
  });
});

test('good runs come oldest first, with their answers, prompts and files', async () => {
  await writeRun(runsDir, stored(1));
  const { runs } = await readRunFolders(runsDir, log);
  expect(runs.map(({ run }) => run.startedAt.slice(8, 10))).toEqual(['01', '02']);
  const { samples, ...read } = good;
  expect(runs[1]).toEqual({ ...read, folder: join(runsDir, good.run.id) });
  expect(warnings).toEqual([]);
});

test('a prompt set that cannot be read costs its texts, not the run', async () => {
  await writeFile(join(runsDir, good.run.id, 'inputs/prompt-set.json'), '{"id":"facts"}');
  const { runs } = await readRunFolders(runsDir, log);
  expect(runs[0]?.promptSet).toBeNull();
});

describe('a site is refused, with what to do,', () => {
  const build = (options: object) => buildSite({ runsDir, outDir: join(root, 'site'), log, ...options });
  test.each([
    [
      'of a folder that is not there',
      () => ({ runsDir: join(root, 'none') }),
      'no-runs-folder',
      'Name it with --runs.',
    ],
    ['of an empty folder', () => ({ runsDir: join(root, 'empty') }), 'no-runs', 'herdmark bench --out'],
    [
      'of a history of which nothing can be read',
      () => ({ historyDir: join(root, 'damaged') }),
      'no-runs',
      'herdmark history verify --history',
    ],
    [
      'of a history that is not there',
      () => ({ historyDir: join(root, 'none') }),
      'no-history',
      'there is no',
    ],
    ['under a base that is no path', () => ({ base: 'https://example.com/' }), 'bad-base', 'is not a path'],
    [
      'into a folder that holds something else',
      () => ({ outDir: join(root, 'full') }),
      'bad-out',
      'would be lost',
    ],
    ['over the runs', () => ({ outDir: runsDir }), 'bad-out', 'holds the runs'],
    ['around the runs', () => ({ outDir: root }), 'bad-out', 'holds the runs'],
    ['into a file', () => ({ outDir: join(root, 'full/file') }), 'bad-out', 'Choose another --out.'],
  ])('%s', async (_, options, code, message) => {
    await mkdir(join(root, 'empty'));
    await mkdir(join(root, 'full'));
    await mkdir(join(root, 'damaged/runs/2026/11'), { recursive: true });
    await writeFile(join(root, 'damaged', runPath('20261124t013000z-4f09ab')), 'no gzip');
    await writeFile(join(root, 'full/file'), 'mine');
    await expect(build(options())).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
