import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { beforeEach, describe, expect, test } from 'vitest';
import { inputPath, outputPath, runPath, samplesPath } from '../../src/core/history/layout.ts';
import type { SavedOutput } from '../../src/schema/output.ts';
import type { Run } from '../../src/schema/run.ts';
import { exportHistory } from '../../src/store/history/export-history.ts';
import { packDocument } from '../../src/store/history/history-file.ts';
import { ingestRun } from '../../src/store/history/ingest-run.ts';
import { type History, openHistory } from '../../src/store/history/open-history.ts';
import { pruneFolder } from '../../src/store/history/prune-history.ts';
import { openCsv } from '../../src/store/history/table-writers.ts';
import { openFolderTarget } from '../../src/store/history/targets.ts';
import { verifyHistory } from '../../src/store/history/verify-history.ts';
import { makeFolder, makeRunFolder, nameRun } from './history-fixture.ts';

const ids = [nameRun(0), nameRun(1)] as const;
const asOf = '2026-11-24T06:30:00.000Z';
let folder: string;
let history: History;

beforeEach(async () => {
  folder = await makeFolder();
  for (const id of ids) await ingest(id);
  history = await openHistory(folder);
});

async function ingest(id: string, changes: Parameters<typeof makeRunFolder>[2] = {}) {
  return ingestRun(await makeRunFolder(await makeFolder(), id, changes), folder, null);
}

async function readSummary(runFolder: string): Promise<Run> {
  return JSON.parse(await readFile(join(runFolder, 'summary.json'), 'utf8'));
}

/** Lets the first model of a run's folder answer otherwise to its first prompt. */
async function editAnswer(runFolder: string, edit: (text: string) => string): Promise<void> {
  const [first] = (await readSummary(runFolder)).series;
  const path = join(runFolder, `outputs/${first?.variant}/${first?.prompt}.json`);
  const output: SavedOutput = JSON.parse(await readFile(path, 'utf8'));
  for (const answer of output.answers) answer.text = edit(answer.text);
  await writeFile(path, JSON.stringify(output));
}

async function listFiles(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
}

describe('a history in a folder', () => {
  test('gives back what was put into it', async () => {
    expect(history.runIds()).toEqual(ids);
    const kept = await history.readRun(ids[0]);
    expect(kept.run).toMatchObject({ id: ids[0], machine: { label: expect.any(String) } });
    const { questions } = await history.readQuestions(kept.inputs.questions);
    expect(questions.length).toBe(kept.series.distinctAnswers.length);
    expect((await history.readPromptSet(kept.inputs.promptSet ?? ''))?.id).toBe(kept.run.promptSet.id);
    expect(await history.readConfig(kept.inputs.config ?? '')).toMatchObject({ models: expect.any(Array) });
    expect((await history.readAnswer(kept.answers[0] ?? '')).text).not.toBe('');
    expect((await history.readSamples(ids[0]))?.question.length).toBeGreaterThan(0);
  });

  test('keeps once what two nights have in common', async () => {
    const before = await listFiles();
    await ingest(nameRun(2));
    const added = (await listFiles()).filter((path) => !before.includes(path));
    expect(added.map((path) => path.slice(folder.length + 1)).sort()).toEqual(
      [runPath(nameRun(2)), samplesPath(nameRun(2))].sort(),
    );
  });

  test('never replaces a run', async () => {
    const before = await readFile(join(folder, runPath(ids[0])));
    expect((await ingest(ids[0])).written).toBe('present');
    expect((await ingest(ids[0], { machine: { id: 'ffffffffffff', label: 'other' } })).written).toBe(
      'conflict',
    );
    expect(await readFile(join(folder, runPath(ids[0])))).toEqual(before);
  });

  test('takes none that a pull request proposed', async () => {
    const source = { ...(await history.readRun(ids[0])).run.source, event: 'pull_request' };
    await expect(ingest(nameRun(3), { source })).rejects.toThrow('it was measured for a pull request');
  });

  test('takes a run whose answer ends within a character', async () => {
    const from = await makeRunFolder(await makeFolder(), nameRun(3));
    await editAnswer(from, (text) => `${text}\ud83d`);
    const { id } = await ingestRun(from, folder, null);
    const answers = await Promise.all((await history.readRun(id)).answers.map(history.readAnswer));
    expect(answers.filter(({ text }) => text.endsWith('\ufffd'))).not.toEqual([]);
    expect((await verifyHistory(folder, asOf)).problems).toEqual([]);
    expect((await ingestRun(from, folder, null)).written).toBe('present');
  });

  test.each([
    ['that no JSON can write', '{"a":1e999}'],
    ['that is larger than a reader takes', JSON.stringify('x'.repeat(9 * 1024 ** 2))],
  ])('takes a run without its config %s', async (_, config) => {
    const from = await makeRunFolder(await makeFolder(), nameRun(3));
    await writeFile(join(from, 'inputs/config.json'), config);
    const { id } = await ingestRun(from, folder, null);
    expect((await history.readRun(id)).inputs.config).toBeNull();
    expect((await verifyHistory(folder, asOf)).problems).toEqual([]);
  });

  test('leaves out a run of figures beyond any column, and writes nothing of it', async () => {
    const before = await listFiles();
    const from = await makeRunFolder(await makeFolder(), nameRun(3));
    const { series } = await readSummary(from);
    for (const { metrics, prompt } of series) {
      Object.assign(metrics.ttftMs, { median: 1e-320, slowest: { sample: '', prompt, value: 1e308 } });
    }
    const far = await makeRunFolder(await makeFolder(), nameRun(3), { series });
    await expect(ingestRun(far, folder, null)).rejects.toThrow(/It cannot be kept: .*Infinity/);
    expect(await listFiles()).toEqual(before);
  });

  test.each([
    ['damaged', '{}'],
    ['of a newer Herdmark', packDocument({ schemaVersion: '9.0' })],
  ])('a run that is there and %s stays, and keeps no other out', async (_, there) => {
    const path = join(folder, runPath(ids[0]));
    await writeFile(path, there);
    const staging = await makeFolder();
    const runs = [];
    for (const id of [ids[0], nameRun(3)]) {
      runs.push(await ingestRun(await makeRunFolder(await makeFolder(), id), staging, null));
    }
    const fates = await (await openFolderTarget(folder)).put(staging, runs, false);
    expect(fates).toEqual({ taken: [nameRun(3)], present: [], conflict: [ids[0]] });
    expect(await readFile(path)).toEqual(Buffer.from(there));
  });

  test('packs the same content into the same bytes, without a time', () => {
    expect(packDocument({ b: 1, a: 2 })).toEqual(packDocument({ a: 2, b: 1 }));
    expect(packDocument({}).subarray(0, 10).toString('hex')).toBe('1f8b08000000000002ff');
  });

  test.each(['../../etc/passwd', '', 'runs', '20261101t013000z-00000'])(
    'takes no path for an id: %j',
    async (id) => {
      await expect(history.readRun(id)).rejects.toThrow();
      await expect(history.readSamples(id)).rejects.toThrow();
      await expect(history.readAnswer(id)).rejects.toThrow();
      await expect(history.readConfig(id)).rejects.toThrow();
    },
  );

  test.each<[string, (path: string) => Promise<unknown>, RegExp]>([
    ['that is missing', (path) => rm(path), /is missing/],
    ['that is no gzip', (path) => writeFile(path, '{}'), /does not unpack/],
    ['that is not JSON', (path) => writeFile(path, gzipSync('<html>')), /is not JSON/],
    [
      'that is another document',
      (path) => writeFile(path, packDocument({ a: 1 })),
      /is not a run of a history/,
    ],
    [
      'of a later major',
      (path) => writeFile(path, packDocument({ schemaVersion: '9.0' })),
      /update Herdmark/,
    ],
    [
      'that is damaged',
      (path) => writeFile(path, packDocument({ schemaVersion: '2.0', run: 7 })),
      /runs\/.*: This run of a history is damaged/,
    ],
    [
      'that unpacks to a flood',
      (path) => writeFile(path, gzipSync(Buffer.alloc(33 * 1024 ** 2))),
      /unpacks to more than 32 MiB/,
    ],
    ['that is a link', async (path) => rm(path).then(() => symlink('/etc/passwd', path)), /is a link/],
    ['that is a link to itself', async (path) => rm(path).then(() => symlink(path, path)), /is a link/],
    ['that is a folder', async (path) => rm(path).then(() => mkdir(path)), /is not a file/],
  ])('a run %s is refused', async (_, damage, reason) => {
    await damage(join(folder, runPath(ids[0])));
    await expect(history.readRun(ids[0])).rejects.toThrow(reason);
  });

  test('a run under the name of another is refused', async () => {
    await writeFile(join(folder, runPath(ids[0])), await readFile(join(folder, runPath(ids[1]))));
    await expect(history.readRun(ids[0])).rejects.toThrow(`holds run ${ids[1]}`);
  });

  test('that is not there is made by publishing', async () => {
    await expect(openHistory(join(folder, 'none'))).rejects.toThrow('there is no history. Make one with');
  });
});

describe('verify', () => {
  test('finds a whole history whole', async () => {
    expect(await verifyHistory(folder, asOf)).toEqual({
      runs: 2,
      files: (await listFiles()).length,
      ...{ problems: [], misdated: [] },
    });
  });

  test('does not mind what a publisher that was killed had begun', async () => {
    await writeFile(join(folder, `${runPath(ids[0])}.4242.partial`), '');
    expect((await verifyHistory(folder, asOf)).problems).toEqual([]);
  });

  test('names a run whose clock was wrong, with which the history is whole', async () => {
    const id = '20990101t013000z-00000a';
    await ingest(id, { startedAt: '2099-01-01T01:30:00.000Z' });
    const { problems, misdated } = await verifyHistory(folder, asOf);
    expect(problems).toEqual([]);
    expect(misdated).toEqual([
      { path: runPath(id), problem: expect.stringMatching(/^it says that it started at 2099-01-01/) },
    ]);
  });

  test('finds a flipped bit in any file', async () => {
    for (const path of await listFiles()) {
      const good = await readFile(path);
      for (const at of [0, 5, 9, Math.floor(good.length / 2), good.length - 1]) {
        const bad = Buffer.from(good);
        bad[at] = (bad[at] ?? 0) ^ 1;
        await writeFile(path, bad);
        const { problems } = await verifyHistory(folder, asOf);
        expect(problems.length, `byte ${at} of ${path}`).toBeGreaterThan(0);
      }
      await writeFile(path, good);
    }
    expect((await verifyHistory(folder, asOf)).problems).toEqual([]);
  }, 120_000);

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['an answer that is missing', async () => rm(await answerPath()), /outputs\/.* is missing/],
    [
      'an answer under another name',
      async () => writeFile(await answerPath(), await readFile(join(folder, await inputOf('config')))),
      /is not a kept answer|should be named/,
    ],
    [
      'what nothing names',
      () => writeFile(join(folder, 'outputs/extra.json'), '{}'),
      /outputs\/extra.json: Nothing names it/,
    ],
    [
      'samples without a run',
      async () => rm(join(folder, runPath(ids[0]))),
      /samples\/2026\/11\/.*: Nothing names it/,
    ],
    [
      'columns that are not of the questions',
      async () => {
        const run = await history.readRun(ids[0]);
        const distinctAnswers = run.series.distinctAnswers.slice(1);
        await writeFile(
          join(folder, runPath(ids[0])),
          packDocument({ ...run, series: { ...run.series, distinctAnswers } }),
        );
      },
      /is damaged: A column of run .* entries for \d+ questions/,
    ],
    [
      'samples of a question that there is not',
      async () => {
        const samples = await history.readSamples(ids[0]);
        const question = samples?.question.map(() => 9999);
        await writeFile(join(folder, samplesPath(ids[0])), packDocument({ ...samples, question }));
      },
      /names question 9999 of/,
    ],
  ])('finds %s', async (_, damage, problem) => {
    await damage();
    const { problems } = await verifyHistory(folder, asOf);
    expect(problems.map(({ path, problem }) => `${path}: ${problem}`).join('\n')).toMatch(problem);
  });

  const answerPath = async () => join(folder, outputPath((await history.readRun(ids[0])).answers[0] ?? ''));
  const inputOf = async (name: 'config' | 'questions') =>
    inputPath((await history.readRun(ids[0])).inputs[name] ?? '');
});

describe('prune', () => {
  const before = new Date('2026-11-02T00:00:00Z');

  test('removes the samples of older runs, and nothing else', async () => {
    const files = await listFiles();
    expect(await pruneFolder(folder, { before, dryRun: true })).toEqual([ids[0]]);
    expect(await listFiles()).toEqual(files);
    expect(await pruneFolder(folder, { before, dryRun: false })).toEqual([ids[0]]);
    expect(await pruneFolder(folder, { before, dryRun: false })).toEqual([]);
    const after = await listFiles();
    expect(files.filter((path) => !after.includes(path))).toEqual([join(folder, samplesPath(ids[0]))]);
    expect(await history.readSamples(ids[0])).toBeNull();
    expect((await verifyHistory(folder, asOf)).problems).toEqual([]);
  });

  test('is not undone by publishing again', async () => {
    await pruneFolder(folder, { before, dryRun: false });
    expect((await ingest(ids[0])).written).toBe('present');
    expect(await history.readSamples(ids[0])).toBeNull();
  });
});

describe('export', () => {
  test('gives the same tables as CSV and as Parquet', async () => {
    const out = await makeFolder();
    const csv = await exportHistory(history, 'csv', out);
    expect(await exportHistory(history, 'parquet', out)).toMatchObject({ rows: csv.rows });
    for (const table of ['runs', 'models', 'prompts', 'series', 'samples'] as const) {
      const text = await readFile(join(out, `${table}.csv`), 'utf8');
      expect(text[0]).toBe('\ufeff');
      const [header = '', ...lines] = text.slice(1).trimEnd().split('\r\n');
      const file = await asyncBufferFromFile(join(out, `${table}.parquet`));
      const rows = await parquetReadObjects({ file });
      expect([lines.length, rows.length]).toEqual([csv.rows[table], csv.rows[table]]);
      expect(Object.keys(rows[0] ?? {})).toEqual(header.split(','));
      for (const column of header.split(',')) {
        expect(await readFile(join(out, 'columns.md'), 'utf8')).toContain(`| \`${column}\` |`);
      }
    }
    const series = await parquetReadObjects({ file: await asyncBufferFromFile(join(out, 'series.parquet')) });
    const kept = await history.readRun(ids[0]);
    expect(series[0]).toMatchObject({
      run: ids[0],
      started_at: new Date(kept.run.startedAt),
      machine: kept.run.machine.id,
      model: kept.run.variants[0]?.name,
      metric: 'ttftMs',
      n: BigInt(kept.series.metrics.ttftMs?.n[0] ?? 0),
      median: kept.series.metrics.ttftMs?.median[0],
    });
  });

  test('has memory, loads and checks also where the samples are gone, and no figure of more than four digits', async () => {
    await pruneFolder(folder, { before: new Date('2100-01-01'), dryRun: false });
    const out = await makeFolder();
    const { rows } = await exportHistory(history, 'parquet', out);
    expect(rows.samples).toBe(0);
    const read = async (table: string) =>
      parquetReadObjects({ file: await asyncBufferFromFile(join(out, `${table}.parquet`)) });
    const { run, series } = await history.readRun(ids[0]);
    const [variant] = run.variants;
    expect((await read('models'))[0]).toMatchObject({
      ...{ run: ids[0], model: variant?.name, memory_bytes: BigInt(variant?.memoryBytes ?? 0) },
      ...{ load_ms: variant?.loadMs.median, loads: BigInt(variant?.loadMs.n ?? 0) },
      joules_per_output_token: variant?.energy.joulesPerOutputToken,
    });
    expect((await read('prompts'))[0]).toMatchObject({
      ...{ run: ids[0], requests_ok: BigInt(series.counts.ok[0] ?? 0) },
      answers_passed: BigInt(series.checks.answersPassed[0] ?? 0),
      checks: BigInt(series.checks.total[0] ?? 0),
      distinct_answers: BigInt(series.distinctAnswers[0] ?? 0),
    });
    for (const { median, low, high, slowest } of await read('series')) {
      for (const figure of [median, low, high, slowest]) {
        if (figure !== null) expect(figure).toBe(Number(figure.toPrecision(4)));
      }
    }
  });

  test('ends at columns that are not of the questions, names them, and leaves no half table', async () => {
    const samples = await history.readSamples(ids[0]);
    const question = samples?.question.map(() => 9999);
    await writeFile(join(folder, samplesPath(ids[0])), packDocument({ ...samples, question }));
    const out = await makeFolder();
    await expect(exportHistory(history, 'csv', out)).rejects.toThrow(
      expect.objectContaining({
        name: 'UnreadableDocument',
        message: expect.stringMatching(/^samples\/.* is damaged: .* names question 9999 of/),
      }),
    );
    expect(await readdir(out)).toEqual([]);
  });

  test.each<[string | number | null, string]>([
    [null, ''],
    [-1.5, '-1.5'],
    ['plain', 'plain'],
    ['a, "b"', '"a, ""b"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ])('%j is the cell %j', async (cell, text) => {
    const path = join(await makeFolder(), 'table.csv');
    const writer = await openCsv(path, [
      { name: 'a', type: 'text' },
      { name: 'b', type: 'text' },
    ]);
    await writer.write([[cell, 'end']]);
    await writer.finish();
    expect(await readFile(path, 'utf8')).toBe(`\ufeffa,b\r\n${text},end\r\n`);
  });
});
