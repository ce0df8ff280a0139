import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type GitBranch, openGitBranch } from '../../src/store/history/git-branch.ts';
import { makeGitEnv, requireGit } from '../../src/store/history/git-command.ts';
import { makeTokenSetting, readGitRemote } from '../../src/store/history/git-remote.ts';
import { startGitHttpHost } from './git-http-host.ts';
import { git, makeFolder, makeRemote, readRemote } from './history-fixture.ts';

const run = 'runs/2026/11/20261124t013000z-4f09ab.json.gz';
const noWait = async () => undefined;

async function openBranch(
  remote: string,
  more: { token?: string; serverUrl?: string; branch?: string } = {},
): Promise<GitBranch> {
  const { token = null, serverUrl = 'https://github.com', branch = 'herdmark-history' } = more;
  const access = { remote: readGitRemote(remote, branch), token, serverUrl, cacheFolder: await makeFolder() };
  return openGitBranch(access, noWait);
}

/** A change that puts files there, each with its own path as content. */
async function put(branch: GitBranch, ...paths: string[]) {
  const folder = await makeFolder();
  for (const path of paths) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), path);
  }
  return { entries: await branch.storeFiles(folder, paths), message: `Add ${paths.length}\n` };
}

describe('a remote', () => {
  test.each([
    'https://github.com/acme/llm.git',
    'http://127.0.0.1:8080/llm.git',
    'ssh://git@example.org:2222/llm.git',
    'git@example.org:acme/llm.git',
    'file:///srv/llm.git',
  ])('%s is far', (url) => {
    expect(readGitRemote(url, 'herdmark-history')).toEqual({ url, branch: 'herdmark-history', isFar: true });
  });

  test('may be a path, which becomes absolute, so that it is no option', () => {
    expect(readGitRemote('--upload-pack=touch x', 'b').url).toBe(
      join(process.cwd(), '--upload-pack=touch x'),
    );
  });

  test.each([
    ['ext::sh -c touch% /tmp/x', /no remote of git/],
    ['fd::17', /no remote of git/],
    ['javascript://x', /no remote of git/],
    ['https://github.com/a b', /no remote of git/],
    ['', /no remote of git/],
    ['https://user:secret@github.com/acme/llm.git', /holds a name or a password/],
    ['https://ghs_secret@github.com/acme/llm.git', /holds a name or a password/],
  ])('%j is refused', (remote, reason) => {
    expect(() => readGitRemote(remote, 'herdmark-history')).toThrow(reason);
  });

  test('its password is not told', () => {
    expect(() => readGitRemote('https://user:hunter2@github.com/a', 'b')).not.toThrow(/hunter2/);
  });

  test.each([
    '',
    '-d',
    'a..b',
    'a b',
    'a//b',
    'a/',
    'a.',
    'a.lock',
    'a.lock/b',
    'HEAD',
    'a/.b',
    'a:b',
    'a~1',
    'ü',
  ])('branch %j is refused', (branch) =>
    expect(() => readGitRemote('https://github.com/a/b', branch)).toThrow(/is no name of a branch/),
  );
});

describe('a token', () => {
  const setting = (url: string, server: string) =>
    Object.keys(makeTokenSetting(readGitRemote(url, 'b'), 'ghs_x', server));
  test.each([
    ['https://github.com/a/b.git', 'https://github.com', ['http.https://github.com/.extraheader']],
    [
      'https://ghe.example.org:8443/a',
      'https://ghe.example.org:8443/',
      ['http.https://ghe.example.org:8443/.extraheader'],
    ],
    ['https://github.com.evil.org/a', 'https://github.com', []],
    ['http://github.com/a', 'https://github.com', []],
    ['git@github.com:a/b', 'https://github.com', []],
    ['file:///srv/a', 'file:///', []],
    ['/srv/a', 'https://github.com', []],
  ])('for %s of %s', (url, server, expected) => {
    expect(setting(url, server)).toEqual(expected);
  });

  test('reaches the server that it is of, and nothing else', async () => {
    const remote = await makeRemote();
    const token = 'ghs_verysecret';
    const basic = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
    const host = await startGitHttpHost(remote, basic);
    onTestFinished(() => host.close());
    const url = host.urlOf(basename(remote));

    const branch = await openBranch(url, { token, serverUrl: host.origin });
    const change = await put(branch, run, 'outputs/00/x.json');
    await branch.commit(async () => change);
    expect(readRemote(remote).paths).toEqual(['outputs/00/x.json', run]);

    // Another cache has no file until one is asked for.
    const other = await openBranch(url, { token, serverUrl: host.origin });
    const state = await other.fetch();
    expect([...state.files.keys()]).toEqual(['outputs/00/x.json', run]);
    const folder = await makeFolder();
    await other.checkOut(state, folder);
    expect((await readdir(folder)).sort()).toEqual(['.herdmark-index', 'outputs', 'runs']);
    expect(String(await other.readBlob(state.files.get(run) ?? ''))).toBe(run);

    const stranger = await openBranch(url, { token, serverUrl: 'https://github.com' });
    const refused = await stranger.fetch().catch((error: Error) => error.message);
    expect(refused).toMatch(/git cannot read the history .*403/);
    expect(host.requests.at(-1)?.headers.authorization).toBeUndefined();
    expect(refused).not.toContain(token);
  });
});

test('a push whose answer was lost is not made twice', async () => {
  const remote = await makeRemote();
  const basic = `Basic ${Buffer.from('x-access-token:x').toString('base64')}`;
  const host = await startGitHttpHost(remote, basic);
  onTestFinished(() => host.close());
  const branch = await openBranch(host.urlOf(basename(remote)), { token: 'x', serverUrl: host.origin });
  const change = await put(branch, run);
  let plans = 0;
  host.losesNextPush = true;
  const state = await branch.commit(async () => {
    plans++;
    return change;
  });
  expect([host.losesNextPush, plans]).toEqual([false, 1]);
  expect(readRemote(remote)).toEqual({ commits: 1, paths: [run] });
  expect([...state.files.keys()]).toEqual([run]);
});

describe('the environment of git', () => {
  test("has nothing of the caller's repository, and no trace that could print a token", () => {
    const env = makeGitEnv(
      { 'remote.origin.url': 'x' },
      {
        PATH: '/bin',
        GIT_DIR: '/x',
        GIT_INDEX_FILE: 'y',
        GIT_TRACE_CURL: '1',
        GIT_SSH_COMMAND: 'ssh -i key',
      },
    );
    expect(env).toMatchObject({ PATH: '/bin', GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: 'ssh -i key' });
    expect(Object.keys(env).filter((name) => /^GIT_(DIR|INDEX_FILE|TRACE)/.test(name))).toEqual([]);
  });

  test.each([
    ['git version 2.31.0', true],
    ['git version 2.39.3 (Apple Git-146)', true],
    ['git version 3.0.0', true],
    ['git version 2.30.9', false],
    ['git version 1.99', false],
  ])('%s', async (says, isTaken) => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'git'), `#!/bin/sh\necho "${says}"\n`);
    await chmod(join(folder, 'git'), 0o755);
    const asked = requireGit({ PATH: folder });
    if (isTaken) await asked;
    else await expect(asked).rejects.toThrow('needs git 2.31 or newer');
  });

  test('without git says so', async () => {
    await expect(requireGit({ PATH: await makeFolder() })).rejects.toThrow('git cannot be run');
  });
});

describe('a branch', () => {
  test('begins as an orphan, grows by commits of a fixed author, and is taken away from as well', async () => {
    const remote = await makeRemote();
    const branch = await openBranch(remote);
    expect(await branch.fetch()).toEqual({ tip: null, files: new Map() });
    const first = await put(branch, run, 'samples/x');
    const state = await branch.commit(async () => first);
    expect([...state.files.keys()]).toEqual([run, 'samples/x']);
    await branch.commit(async ({ tip }) => {
      expect(tip).toBe(state.tip);
      return { entries: new Map([['samples/x', null]]), message: 'Remove\n' };
    });
    expect(readRemote(remote)).toEqual({ commits: 2, paths: [run] });
    const author = git(
      `--git-dir=${remote}`,
      'log',
      '-1',
      '--format=%an <%ae> %cn <%ce>',
      'herdmark-history',
    );
    expect(author).toBe(
      'herdmark <herdmark@users.noreply.github.com> herdmark <herdmark@users.noreply.github.com>',
    );
  });

  test('plans again on what somebody else pushed meanwhile', async () => {
    const remote = await makeRemote();
    const [ours, theirs] = [await openBranch(remote), await openBranch(remote)];
    const seen: number[] = [];
    const our = await put(ours, run);
    const state = await ours.commit(async ({ files }) => {
      seen.push(files.size);
      if (seen.length === 1) {
        const their = await put(theirs, run.replace('4f09ab', '000001'), 'outputs/00/x.json');
        await theirs.commit(async () => their);
      }
      return our;
    });
    expect(seen).toEqual([0, 2]);
    expect(state.files.size).toBe(3);
    expect(readRemote(remote)).toMatchObject({ commits: 2, paths: [...state.files.keys()].sort() });
  });

  test('is left as it is where there is nothing to do', async () => {
    const remote = await makeRemote();
    const branch = await openBranch(remote);
    expect((await branch.commit(async () => null)).tip).toBeNull();
    expect(git(`--git-dir=${remote}`, 'for-each-ref')).toBe('');
  });

  test('that holds other things is not touched', async () => {
    const remote = await makeRemote();
    const writer = await openBranch(remote, { branch: 'main' });
    const sources = await put(writer, 'src/index.ts', 'runs/2026/readme.md');
    await writer.commit(async () => sources);
    const branch = await openBranch(remote, { branch: 'main' });
    await expect(branch.commit(async () => sources)).rejects.toThrow(
      'Branch main holds no history but other things',
    );
    expect(readRemote(remote, 'main').commits).toBe(1);
  });

  test('that the remote guards says which rule, and how to go on', async () => {
    const remote = await makeRemote();
    const hook = join(remote, 'hooks/pre-receive');
    await writeFile(hook, '#!/bin/sh\necho "protected" >&2\nexit 1\n');
    await chmod(hook, 0o755);
    const branch = await openBranch(remote);
    const change = await put(branch, run);
    await expect(branch.commit(async () => change)).rejects.toThrow(
      /cannot push herdmark-history \(.*pre-receive hook declined.*contents: write/,
    );
  });

  test('is read again after a git that was killed, and a copy that is in use or damaged is named', async () => {
    const access = {
      remote: readGitRemote(await makeRemote(), 'herdmark-history'),
      ...{ token: null, serverUrl: 'https://github.com', cacheFolder: await makeFolder() },
    };
    const branch = await openGitBranch(access, noWait);
    const change = await put(branch, run);
    await branch.commit(async () => change);
    const [name = ''] = await readdir(access.cacheFolder);
    const copy = join(access.cacheFolder, name);
    const lock = join(copy, 'shallow.lock');
    await writeFile(lock, '');
    await expect(branch.fetch()).rejects.toThrow(`${copy} is only a copy: remove it, unless`);
    const index = join(copy, 'index-0123');
    await writeFile(index, '');
    for (const left of [lock, index]) await utimes(left, new Date(0), new Date(0));
    expect((await (await openGitBranch(access, noWait)).fetch()).files.size).toBe(1);
    expect(await readdir(copy)).not.toContain('index-0123');
    await rm(join(copy, 'HEAD'));
    await expect(branch.fetch()).rejects.toThrow(`${copy} is only a copy: remove it, unless`);
  });

  test('whose copy cannot be written to, as of a full disk, says where', async () => {
    const access = {
      remote: readGitRemote(await makeRemote(), 'herdmark-history'),
      ...{ token: null, serverUrl: 'https://github.com', cacheFolder: await makeFolder() },
    };
    const branch = await openGitBranch(access, noWait);
    const [name = ''] = await readdir(access.cacheFolder);
    const objects = join(access.cacheFolder, name, 'objects');
    await rm(objects, { recursive: true });
    await writeFile(objects, '');
    await expect(put(branch, run)).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(/See that the disk has room/),
      }),
    );
  });

  test('that cannot be reached is tried again, whatever its name', async () => {
    let waits = 0;
    const access = {
      remote: readGitRemote('http://127.0.0.1:1/bench-404.git', 'herdmark-history'),
      ...{ token: null, serverUrl: 'https://github.com', cacheFolder: await makeFolder() },
    };
    const branch = await openGitBranch(access, async () => waits++);
    await expect(branch.fetch()).rejects.toThrow(/git cannot read the history/);
    expect(waits).toBe(4);
  });

  test('that a cache gave back is not written again', async () => {
    const branch = await openBranch(await makeRemote());
    const change = await put(branch, run);
    const state = await branch.commit(async () => change);
    const [folder, back] = [await makeFolder(), await makeFolder()];
    await branch.checkOut(state, folder);
    await cp(folder, back, { recursive: true, preserveTimestamps: true });
    const before = await stat(join(back, run));
    await branch.checkOut(state, back);
    expect((await stat(join(back, run))).ino).toBe(before.ino);
    expect((await stat(join(back, run))).ctimeMs).toBe(before.ctimeMs);
  });

  test('of no repository says so', async () => {
    const branch = await openBranch(await makeFolder());
    await expect(branch.fetch()).rejects.toThrow(
      /git cannot read the history \(fatal: .*does not appear to be a git/,
    );
  });

  test('is checked out again after a git that was killed, and a folder that is in use is named', async () => {
    const branch = await openBranch(await makeRemote());
    const change = await put(branch, run);
    const state = await branch.commit(async () => change);
    const folder = await makeFolder();
    const lock = join(folder, '.herdmark-index.lock');
    await writeFile(lock, '');
    await expect(branch.checkOut(state, folder)).rejects.toThrow(
      expect.objectContaining({ name: 'InputError', message: expect.stringMatching(/remove the folder/) }),
    );
    await utimes(lock, new Date(0), new Date(0));
    await branch.checkOut(state, folder);
    expect(await readFile(join(folder, run), 'utf8')).toBe(run);
  });

  test('gives no file a way out of the folder, and no link', async () => {
    const remote = await makeRemote();
    const branch = await openBranch(remote);
    const change = await put(branch, run);
    await branch.commit(async () => change);
    const own = ['-C', remote, '-c', 'user.name=x', '-c', 'user.email=x@example.org'];
    const blob = execFileSync('git', ['-C', remote, 'hash-object', '-w', '--stdin'], {
      input: '/etc/passwd',
    });
    const tree = execFileSync('git', ['-C', remote, 'mktree'], {
      input: `${git('-C', remote, 'ls-tree', 'herdmark-history')}\n120000 blob ${blob.toString().trim()}\tlink\n`,
    });
    const commit = git(...own, 'commit-tree', '-m', 'x', '-p', 'herdmark-history', tree.toString().trim());
    git('-C', remote, 'update-ref', 'refs/heads/herdmark-history', commit);
    const folder = await makeFolder();
    await branch.checkOut(await branch.fetch(), folder);
    const entries = await readdir(folder, { withFileTypes: true });
    expect(entries.filter((entry) => entry.isSymbolicLink())).toEqual([]);
  });

  test('is checked out again over what was there, and what it no longer has goes', async () => {
    const remote = await makeRemote();
    const branch = await openBranch(remote);
    const folder = await makeFolder();
    const first = await put(branch, run, 'samples/x');
    await branch.checkOut(await branch.commit(async () => first), folder);
    await writeFile(join(folder, run), 'changed by hand');
    const state = await branch.commit(async () => ({
      entries: new Map([['samples/x', null]]),
      message: 'x',
    }));
    await branch.checkOut(state, folder);
    expect((await readdir(folder)).sort()).toEqual(['.herdmark-index', 'runs']);
    expect(await readFile(join(folder, run), 'utf8')).toBe(run);
  });
});
