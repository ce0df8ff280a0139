import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readRunPath } from '../../core/history/layout.ts';
import { InputError } from '../input-error.ts';
import { GitFailed, makeGitEnv, requireGit, runGit } from './git-command.ts';
import { type GitRemote, makeTokenSetting } from './git-remote.ts';

/** What a branch holds at one moment. */
export interface BranchState {
  /** The commit; null where there is no such branch yet. */
  tip: string | null;
  /** The blob that lies at each path. */
  files: ReadonlyMap<string, string>;
}

/** What a commit does: a blob for each path that is put there, null for one that is taken away. */
export interface BranchChange {
  entries: ReadonlyMap<string, string | null>;
  message: string;
}

export interface GitBranch {
  /** Fetches the tip. @throws {InputError} where the remote cannot be read, or the branch holds other things. */
  fetch(): Promise<BranchState>;
  readBlob(blob: string): Promise<Buffer>;
  /** Stores files as blobs, to be committed. @param paths relative to the folder. */
  storeFiles(folder: string, paths: readonly string[]): Promise<Map<string, string>>;
  /**
   * Commits on top of the branch and pushes. Where somebody else pushed meanwhile, it is planned again on what is there
   * then, so that nothing of theirs is lost: many may do so at once.
   * @param plan null: there is nothing to do.
   * @returns what the branch holds afterwards.
   * @throws {InputError} where the remote refuses.
   */
  commit(plan: (state: BranchState) => Promise<BranchChange | null>): Promise<BranchState>;
  /**
   * Makes a folder hold what the branch holds: nothing where there is no branch. Files that were never of it stay.
   * @throws {InputError} where it cannot.
   */
  checkOut(state: BranchState, folder: string): Promise<void>;
}

export interface GitAccess {
  remote: GitRemote;
  token: string | null;
  /** Whose token it is, e.g. https://github.com */
  serverUrl: string;
  /** Keeps a repository of what was fetched, so that the next time only news is; several processes may share it. */
  cacheFolder: string;
}

/** Where a dozen push at once, each round lets one through. */
const mostRounds = 60;
/** Refusals although nobody else pushed: a lock of the remote's, or a rule that it has. */
const mostRefusals = 5;
const mostFetches = 5;
const noEntry = '0'.repeat(40);
/** The tree of no file, which every git knows by this name. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Makes a bare repository, unless there is one. Two that init one folder at once stand in each other's way: it is moved there. */
async function makeRepository(gitDir: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (existsSync(gitDir)) return;
  await mkdir(dirname(gitDir), { recursive: true });
  const own = await mkdtemp(`${gitDir}.`);
  try {
    await runGit(['init', '--quiet', '--bare', '--object-format=sha1', '--', own], { env });
    await rename(own, gitDir);
  } catch (error) {
    // Somebody else was first.
    if (existsSync(gitDir)) return;
    throw error instanceof GitFailed ? explainUnusable(error, dirname(gitDir)) : error;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Longer than any fetch takes: of a history of years it is 3 MB. */
const staleMs = 600_000;

/** Removes what a git that was killed would have removed itself: while its locks lie there, no other one goes on. */
async function removeStale(...files: string[]): Promise<void> {
  for (const file of files) {
    const found = await stat(file).catch(() => null);
    if (found !== null && found.mtimeMs < Date.now() - staleMs) await rm(file, { force: true });
  }
}

/** The locks and the temporary indexes that lie in a repository. */
async function listTemporary(gitDir: string): Promise<string[]> {
  const names = await readdir(gitDir);
  return names.filter((name) => /\.lock$|^index-/.test(name)).map((name) => join(gitDir, name));
}

/** Opens a branch of a git repository, near or far, by the git of this machine. @throws {InputError} */
export async function openGitBranch(
  { remote, token, serverUrl, cacheFolder }: GitAccess,
  wait: (ms: number) => Promise<unknown> = setTimeout,
): Promise<GitBranch> {
  const name = createHash('sha256').update(`${remote.url}\n${remote.branch}`).digest('hex').slice(0, 16);
  const gitDir = resolve(cacheFolder, `${name}.git`);
  const ref = `refs/heads/${remote.branch}`;
  const fetched = `refs/remotes/origin/${remote.branch}`;
  const promisor: Record<string, string> = remote.isFar
    ? { 'remote.origin.promisor': 'true', 'remote.origin.partialclonefilter': 'blob:none' }
    : {};
  const env = makeGitEnv(
    { 'remote.origin.url': remote.url, ...promisor, ...makeTokenSetting(remote, token, serverUrl) },
    process.env,
  );
  await requireGit(env);
  await makeRepository(gitDir, env);
  await removeStale(join(gitDir, `${fetched}.lock`), ...(await listTemporary(gitDir)));

  const git = (args: string[], more: NodeJS.ProcessEnv = {}, input?: string) =>
    runGit([`--git-dir=${gitDir}`, ...args], { env: { ...env, ...more }, ...(input ? { input } : {}) });
  const ask = async (...args: string[]) => (await git(args)).toString('utf8').trim();
  /** What concerns nobody but this machine. */
  const work = (...call: Parameters<typeof git>) =>
    git(...call).catch((error: unknown) => {
      throw error instanceof GitFailed ? explainUnusable(error, gitDir) : error;
    });

  const readTip = async (): Promise<string | null> => {
    const [tip = ''] = (await ask('ls-remote', '--', 'origin', ref)).split('\t');
    if (tip === '') return null;
    const filter = remote.isFar ? ['--filter=blob:none'] : [];
    await ask(
      ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--depth=1', ...filter],
      ...['--end-of-options', 'origin', `+${ref}:${fetched}`],
    );
    return ask('rev-parse', '--verify', '--end-of-options', `${fetched}^{commit}`);
  };

  const fetch = async (): Promise<BranchState> => {
    for (let attempt = 1; ; attempt++) {
      try {
        const tip = await readTip();
        return { tip, files: tip === null ? new Map() : await listFiles(tip) };
      } catch (error) {
        if (!(error instanceof GitFailed)) throw error;
        if (attempt === mostFetches || isRefusal(error, remote)) throw explainUnread(error, remote, gitDir);
        await wait(chooseWaitMs(attempt));
      }
    }
  };

  const listFiles = async (tip: string): Promise<ReadonlyMap<string, string>> => {
    const listed = (await git(['ls-tree', '-r', '-z', '--full-tree', tip])).toString('utf8').split('\0');
    const files = new Map<string, string>();
    for (const line of listed) {
      const [, blob, path] = /^\d+ \w+ (\w+)\t(.+)$/s.exec(line) ?? [];
      if (blob !== undefined && path !== undefined) files.set(path, blob);
    }
    if (![...files.keys()].some((path) => readRunPath(path) !== null)) {
      throw new InputError(
        'no-history-branch',
        `Branch ${remote.branch} holds no history but other things: name another one with --history-branch.`,
      );
    }
    return files;
  };

  const writeCommit = async (tip: string | null, { entries, message }: BranchChange): Promise<string> => {
    const index = join(gitDir, `index-${randomBytes(8).toString('hex')}`);
    const own = { GIT_INDEX_FILE: index };
    try {
      await work(['read-tree', tip ?? '--empty'], own);
      const lines = [...entries].map(([path, blob]) =>
        blob === null ? `0 ${noEntry}\t${path}\0` : `100644 ${blob}\t${path}\0`,
      );
      await work(['update-index', '-z', '--index-info'], own, lines.join(''));
      // Of what was there before, only names and hashes are here.
      const tree = (await work(['write-tree', '--missing-ok'], own)).toString('utf8').trim();
      const parents = tip === null ? [] : ['-p', tip];
      return (await work(['commit-tree', ...parents, '-F', '-', tree], {}, message)).toString('utf8').trim();
    } finally {
      await rm(index, { force: true });
    }
  };

  return {
    fetch,
    readBlob: (blob) => work(['cat-file', 'blob', blob]),
    async storeFiles(folder, paths) {
      if (paths.length === 0) return new Map();
      const input = paths.map((path) => `${join(folder, path)}\n`).join('');
      const written = (
        await work(['hash-object', '-w', '--no-filters', '--stdin-paths'], {}, input)
      ).toString();
      const blobs = written.trim().split('\n');
      return new Map(paths.map((path, index) => [path, blobs[index] ?? '']));
    },
    async commit(plan) {
      let pushed: string | null = null;
      let refusals = 0;
      let before: string | null | undefined;
      for (let round = 1; ; round++) {
        const state = await fetch();
        // Where the answer to a push was lost, it may have arrived.
        if (pushed !== null && state.tip === pushed) return state;
        const change = await plan(state);
        if (change === null) return state;
        pushed = await writeCommit(state.tip, change);
        try {
          const lease = `--force-with-lease=${ref}:${state.tip ?? ''}`;
          await ask('push', '--quiet', '--porcelain', '--no-verify', lease, 'origin', `${pushed}:${ref}`);
          await ask('update-ref', fetched, pushed);
          return { tip: pushed, files: applyChange(state.files, change) };
        } catch (error) {
          if (!(error instanceof GitFailed)) throw error;
          refusals = state.tip === before ? refusals + 1 : 1;
          before = state.tip;
          if (refusals >= mostRefusals || round === mostRounds || isRefusal(error, remote)) {
            throw explainUnwritten(error, remote, gitDir);
          }
          await wait(chooseWaitMs(round));
        }
      }
    },
    async checkOut({ tip }, folder) {
      const workTree = resolve(folder);
      await mkdir(workTree, { recursive: true });
      // The index lies with the files: with it, git writes only what is new. A cache of Actions gives the files back with
      // their times, but as other inodes.
      const index = join(workTree, '.herdmark-index');
      await removeStale(`${index}.lock`);
      const own = { GIT_WORK_TREE: workTree, GIT_INDEX_FILE: index };
      const sameTime = ['-c', 'core.checkStat=minimal', '-c', 'core.trustctime=false'];
      try {
        await git([...sameTime, 'read-tree', '--reset', '-u', tip ?? emptyTree], own);
      } catch (error) {
        if (!(error instanceof GitFailed)) throw error;
        throw explainUnusable(error, folder);
      }
    },
  };
}

function applyChange(
  files: ReadonlyMap<string, string>,
  { entries }: BranchChange,
): ReadonlyMap<string, string> {
  const after = new Map(files);
  for (const [path, blob] of entries) {
    if (blob === null) after.delete(path);
    else after.set(path, blob);
  }
  return after;
}

/** A random part of a bound that doubles, so that those who met once do not meet again; at most 3 s. */
function chooseWaitMs(attempt: number): number {
  return Math.ceil(Math.random() * Math.min(3000, 50 * 2 ** attempt));
}

/** Whether trying again is no use. What the remote is called does not tell. */
function isRefusal({ message, output }: GitFailed, { url }: GitRemote): boolean {
  const said = `${message}\n${output}`.replaceAll(url, '');
  return /\b40[134]\b|Permission (to .* )?denied|could not read Username|Authentication failed|does not appear to be a git repository|repository .* not found|protected branch|hook declined|rule violations|dubious ownership/i.test(
    said,
  );
}

function explainUnread({ message }: GitFailed, { url }: GitRemote, gitDir: string): InputError {
  const fix = explainCopy(message, gitDir) ?? 'Check the remote, and that the token or key may read it.';
  return new InputError('unreadable-remote', `${url}: git cannot read the history (${message}). ${fix}`);
}

/** What to do where it is not the remote that git complains of; null where it is. */
function explainCopy(message: string, gitDir: string): string | null {
  return message.includes(gitDir)
    ? `${gitDir} is only a copy: remove it, unless another herdmark is at work with it.`
    : null;
}

function explainUnusable({ message }: GitFailed, folder: string): InputError {
  return new InputError(
    'unusable-folder',
    `${folder}: git cannot put the history there (${message}). See that the disk has room, or remove the folder, unless another herdmark is at work with it.`,
  );
}

function explainUnwritten(
  { message, output }: GitFailed,
  { url, branch }: GitRemote,
  gitDir: string,
): InputError {
  const rejected = output
    .split('\n')
    .find((line) => line.startsWith('!'))
    ?.split('\t')[2];
  const fix =
    explainCopy(message, gitDir) ??
    'The token needs `contents: write`, and no rule may protect the branch from it.';
  return new InputError(
    'unwritable-remote',
    `${url}: git cannot push ${branch} (${rejected ?? message}). ${fix}`,
  );
}
