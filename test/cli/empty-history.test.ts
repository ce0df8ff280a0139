import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrokenLinks } from '../site/broken-links.ts';
import { git, herdmark, makeFolder, makeRemote, makeRunFolder, nameRun } from '../store/history-fixture.ts';

const visible = async (folder: string) => (await readdir(folder)).filter((name) => !name.startsWith('.'));

/** The first days of a repository: what site/action.yml does, before any run was accepted. */
async function beginRepository() {
  const root = await makeFolder();
  const remote = await makeRemote();
  await mkdir(join(root, 'runs'));
  const history = join(root, 'history');
  const run = (...args: string[]) => herdmark(args, { HERDMARK_STATE: join(root, 'state') });
  const publish = () =>
    run('publish', '--from', join(root, 'runs'), '--remote', remote, '--history', history);
  return { root, remote, history, run, publish };
}

test('a history without a run is published, shown, watched, checked and exported', async () => {
  const { root, remote, history, run, publish } = await beginRepository();
  expect(await publish()).toMatchObject({ status: 0, said: expect.stringContaining('Took 0 runs') });
  expect(await visible(history)).toEqual([]);

  const site = join(root, 'site');
  // As actions/configure-pages gives it, without a slash at its end.
  const [out, url] = [`--out=${site}`, '--url=https://example.org/bench'];
  const built = await run('site', '--history', history, out, url, '--cache', join(root, 'cache'));
  const feed = await readFile(join(site, 'data/changes.atom'), 'utf8');
  expect(feed).toContain('<id>https://example.org/bench/data/changes.atom</id>');
  expect(built).toMatchObject({ status: 0, said: expect.stringContaining('there is no run yet') });
  const overview = await readFile(join(site, 'index.html'), 'utf8');
  expect(overview).toContain('There is no run yet');
  expect(overview).toContain('herdmark publish');
  expect(await findBrokenLinks(site, '/')).toEqual([]);

  for (const source of [history, join(site, 'data/changes.json')]) {
    expect(await run('changes', source, '--fail-on', 'alarm')).toEqual({
      ...{ status: 0, said: '' },
      output: expect.stringMatching(/^There is no night yet\./),
    });
  }
  expect(await run('history', 'show', '--history', history)).toMatchObject({
    ...{ status: 0, output: 'The history has no night yet.\n' },
  });
  expect(await run('history', 'verify', '--history', history)).toMatchObject({
    ...{ status: 0, said: expect.stringContaining('The history is whole: 0 runs in 0 files.') },
  });
  expect(await run('history', 'verify', '--remote', remote)).toMatchObject({
    ...{ status: 1, said: expect.stringContaining('the first run that `herdmark publish` takes makes it') },
  });
  for (const format of ['csv', 'parquet']) {
    const out = join(root, format);
    expect(
      await run('history', 'export', '--history', history, '--format', format, '--out', out),
    ).toMatchObject({ status: 0 });
    expect(await visible(out)).toContain(`runs.${format}`);
  }
}, 60_000);

test('the first run goes into it, and a branch that is gone leaves nothing behind', async () => {
  const { root, remote, history, run, publish } = await beginRepository();
  const site = () =>
    run('site', '--history', history, '--out', join(root, 'site'), '--cache', join(root, 'cache'));
  await publish();
  await makeRunFolder(join(root, 'runs'), nameRun(0));
  expect(await publish()).toMatchObject({ status: 0 });
  expect(await visible(history)).toEqual(['README.md', 'inputs', 'outputs', 'runs', 'samples']);

  expect(await site()).toMatchObject({ status: 0 });

  git(`--git-dir=${remote}`, 'update-ref', '-d', 'refs/heads/herdmark-history');
  await rm(join(root, 'runs', nameRun(0)), { recursive: true });
  expect(await publish()).toMatchObject({ status: 0 });
  expect(await visible(history)).toEqual([]);
  // Its site is not replaced by an empty one.
  expect(await site()).toMatchObject({
    ...{ status: 1, said: expect.stringContaining('there is no run, where the last site had 1 run') },
  });
  expect(await readFile(join(root, 'site/index.html'), 'utf8')).not.toContain('There is no run yet');
}, 60_000);
