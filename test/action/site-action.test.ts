import { readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { herdmark, makeFolder, makeRemote, makeRunFolder, nameRun } from '../store/history-fixture.ts';
import { type GithubApi, goodToken, startGithubApi } from './github-api.ts';
import { runSiteAction } from './run-site-action.ts';

const root = new URL('../../', import.meta.url).pathname;

/** The packages that a module imports, by itself or through ours; `import type` and what is in `leaveOut` aside. */
async function findPackages(entry: string, leaveOut: RegExp): Promise<Set<string>> {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = async (path: string): Promise<void> => {
    if (seen.has(path) || leaveOut.test(relative(root, path))) return;
    seen.add(path);
    const text = path.endsWith('.ts') ? await readFile(path, 'utf8') : '';
    const imports = text.matchAll(
      /^import (?!type\b)[^'"]*'([^']+)'|\bimport\('([^']+)'\)|^} from '([^']+)'/gm,
    );
    for (const [, statically, lazily, overLines] of imports) {
      const name = statically ?? lazily ?? overLines ?? '';
      if (name.startsWith('.')) await visit(join(dirname(path), name));
      else if (!isBuiltin(name)) packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  };
  await visit(join(root, entry));
  return packages;
}

it('site/action.yml installs no development packages, so its commands need none', async () => {
  const read = async (file: string) => JSON.parse(await readFile(join(root, file), 'utf8'));
  const [main, site] = await Promise.all([read('package.json'), read('site/package.json')]);
  const installed = Object.keys({ ...main.dependencies, ...site.dependencies });
  const needed = await findPackages('src/cli/index.ts', /^src\/embedded\//);
  expect(needed).toContain('commander');
  expect([...needed].filter((name) => !installed.includes(name))).toEqual([]);
});

describe('site/action.yml', () => {
  let api: GithubApi;
  beforeEach(async () => {
    api = await startGithubApi();
  });
  afterEach(() => api.close());

  async function startAction() {
    const [workspace, remote] = [await makeFolder(), await makeRemote()];
    const files = { GITHUB_STEP_SUMMARY: 'summary.md', GITHUB_OUTPUT: 'output.txt' };
    for (const file of Object.values(files)) await writeFile(join(workspace, file), '');
    const given = { repository: api.repository, token: goodToken, remote };
    const run = (more: Record<string, string> = {}) =>
      runSiteAction(workspace, { ...given, ...more }, { ...files, GITHUB_API_URL: api.url });
    const read = (file: string) => readFile(join(workspace, file), 'utf8');
    return { workspace, remote, run, read };
  }

  it('builds a site on the first day of a repository, before any run was taken', async () => {
    const { run, read } = await startAction();
    const log = await run({ 'fail-on': 'alarm', 'keep-samples-days': '30' });
    expect(log).toContain('Took 0 runs');
    expect(await read('.herdmark/site/index.html')).toContain('There is no run yet');
    expect(await read('summary.md')).toMatch(/^There is no night yet\./);
    expect(await read('output.txt')).toMatch(/^alarms<<(\S+)\n0\n\1\n$/);
  });

  it('fails over an alarm where it is asked to, once the site is built and kept', async () => {
    const { workspace, remote, run, read } = await startAction();
    for (const night of [0, 1]) {
      const folder = await makeRunFolder(join(workspace, 'runs'), nameRun(night), {
        startedAt: `2026-11-0${night + 1}T01:30:00.000Z`,
      });
      const summary = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'));
      for (const variant of summary.variants) variant.digest = `sha256:${String(night).repeat(64)}`;
      await writeFile(join(folder, 'summary.json'), JSON.stringify(summary));
    }
    const from = ['publish', '--from', join(workspace, 'runs'), '--remote', remote];
    expect(await herdmark(from, { HERDMARK_STATE: join(workspace, 'state') })).toMatchObject({ status: 0 });

    expect(await run()).toContain('is another model since 2026-11-02');
    expect(await read('output.txt')).toMatch(/\n1\n/);
    await rm(join(workspace, '.herdmark/site'), { recursive: true });
    await expect(run({ 'fail-on': 'alarm' })).rejects.toThrow();
    expect(await read('.herdmark/site/index.html')).toContain('another model under the tag');
    await expect(run({ 'fail-on': 'alarms' })).rejects.toThrow(/Allowed choices are never, alarm/);
  });

  it('may fail only when everything else is done', async () => {
    const { runs } = parse(await readFile(join(root, 'site/action.yml'), 'utf8'));
    expect(runs.steps.slice(-2)).toMatchObject([
      { uses: expect.stringMatching(/^actions\/cache\/save@/) },
      { name: 'Say what changed' },
    ]);
  });
});

it('publish.yml deploys a night with an alarm as any, and fails after that', async () => {
  const { jobs } = parse(await readFile(join(root, '.github/workflows/publish.yml'), 'utf8'));
  const site = jobs.build.steps.find(({ id }: { id?: string }) => id === 'site');
  expect(site.with).not.toHaveProperty('fail-on');
  expect(jobs.deploy.needs).toBe('build');
  expect(jobs.alarms).toMatchObject({ needs: ['build', 'deploy'], permissions: {} });
});
