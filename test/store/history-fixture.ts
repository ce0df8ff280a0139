import { type ExecFileException, execFile, execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Run } from '../../src/schema/run.ts';

const root = join(import.meta.dirname, '../..');
const measured = join(root, 'test/schema/fixtures/run-1.0');

/** A folder that is gone after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-history-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Puts a run that was measured into a folder under another id, with what a test wants otherwise. */
export async function makeRunFolder(parent: string, id: string, changes: Partial<Run> = {}): Promise<string> {
  const folder = join(parent, id);
  await cp(measured, folder, { recursive: true });
  const path = join(folder, 'summary.json');
  const summary = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...summary, id, ...changes }));
  return folder;
}

/** The id of the nth run: each is of a night of its own. */
export function nameRun(n: number): string {
  return `202611${String(n + 1).padStart(2, '0')}t013000z-00000${n.toString(16)}`.replace(
    /-0+(?=.{6}$)/,
    '-',
  );
}

/** An empty repository. */
export async function makeRemote(): Promise<string> {
  const remote = join(await makeFolder(), 'remote.git');
  git('init', '--quiet', '--bare', '--', remote);
  git(`--git-dir=${remote}`, 'config', 'uploadpack.allowFilter', 'true');
  return remote;
}

export function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** How many commits the history of a remote has, and the paths that it holds. */
export function readRemote(remote: string, branch = 'herdmark-history') {
  const of = (...args: string[]) => git(`--git-dir=${remote}`, ...args);
  return {
    commits: of('log', '--format=%H', branch).split('\n').length,
    paths: of('ls-tree', '-r', '--name-only', branch).split('\n'),
  };
}

export interface CliResult {
  status: number;
  output: string;
  /** Standard error. */
  said: string;
}

/** The command line, as a process of its own. */
export function herdmark(args: string[], env: NodeJS.ProcessEnv): Promise<CliResult> {
  const { GITHUB_REPOSITORY, GITHUB_TOKEN, GH_TOKEN, ...own } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'src/cli/index.ts'), ...args],
      { env: { ...own, ...env } },
      (error: ExecFileException | null, output, said) =>
        resolve({ status: error === null ? 0 : Number(error.code ?? 1), output, said }),
    );
  });
}
