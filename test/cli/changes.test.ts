import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runPath } from '../../src/core/history/layout.ts';
import { packDocument } from '../../src/store/history/history-file.ts';
import { encodeMade, type MadeRun, makeRun, writeHistory } from '../site/make-run.ts';
import { herdmark, makeFolder } from '../store/history-fixture.ts';

/** The id begins with the second at which a run started: which of two in one second was first, it does not tell. */
function makeNight(id: string, startedAt: string, attempt = 1): MadeRun {
  return makeRun({
    startedAt,
    models: [{ name: 'm:1', weights: 'a', ttftMs: [10], answers: { capital: ['Paris'] } }],
    more: { id, campaign: { id: startedAt, workflowRun: startedAt.slice(0, 10), attempt } },
  });
}

async function tellChanges(...runs: MadeRun[]) {
  const history = await makeFolder();
  await writeHistory(history, runs);
  const tell = async () => {
    const { status, output, said } = await herdmark(['changes', history, '--json'], {});
    return { status, said, series: status === 0 ? JSON.parse(output).series : [] };
  };
  return { history, tell };
}

test('runs of a history are taken as they started, not by their ids', async () => {
  const { tell } = await tellChanges(
    makeNight('20261101t013000z-ffffff', '2026-11-01T01:30:00.100Z'),
    makeNight('20261101t013000z-000000', '2026-11-01T01:30:00.900Z'),
  );
  expect(await tell()).toMatchObject({ status: 0, said: '' });
});

test('a run that a later attempt measured again does not count', async () => {
  const { tell } = await tellChanges(
    makeNight('20261101t013000z-000001', '2026-11-01T01:30:00.000Z'),
    makeNight('20261101t033000z-000002', '2026-11-01T03:30:00.000Z', 2),
  );
  const { series } = await tell();
  expect(JSON.stringify(series)).not.toContain('20261101t013000z-000001');
  expect(series).not.toEqual([]);
});

test('a run whose clock was wrong is skipped and named', async () => {
  const { tell } = await tellChanges(
    makeNight('20261101t013000z-000001', '2026-11-01T01:30:00.000Z'),
    makeNight('20990101t013000z-000002', '2099-01-01T01:30:00.000Z'),
  );
  const { status, said, series } = await tell();
  expect(status).toBe(0);
  expect(said).toMatch(/Skipped 20990101t013000z-000002: it says that it started at 2099-01-01 01:30 UTC/);
  expect(JSON.stringify(series)).not.toContain('20990101t013000z-000002');
});

test.each<[string, (path: string, made: MadeRun) => Promise<unknown>]>([
  ['cut short', (path) => truncate(path, 20)],
  [
    'with a column cut short',
    (path, made) => {
      const { run } = encodeMade(made);
      return writeFile(path, packDocument({ ...run, series: { ...run.series, answers: [] } }));
    },
  ],
])('a run %s is skipped and named', async (_, damage) => {
  const damaged = makeNight('20261101t013000z-000001', '2026-11-01T01:30:00.000Z');
  const { history, tell } = await tellChanges(
    damaged,
    makeNight('20261102t013000z-000002', '2026-11-02T01:30:00.000Z'),
  );
  await damage(join(history, runPath(damaged.run.id)), damaged);
  expect(await tell()).toMatchObject({
    status: 0,
    said: expect.stringMatching(/Skipped 20261101t013000z-000001: /),
  });
});
