import { spawn } from 'node:child_process';
import { toPlainLine } from '../../core/render/untrusted-text.ts';
import { InputError } from '../input-error.ts';

export interface GitCall {
  env: NodeJS.ProcessEnv;
  input?: string;
}

/** Git ended with another status than 0. The message is the last that it said. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed';
  /** What it wrote, e.g. `git push --porcelain` about each branch. */
  readonly output: string;
  constructor(message: string, output: string) {
    super(message);
    this.output = output;
  }
}

/** Settings that a git of ours must not take over from the process that calls us, or from the machine. */
const settings = {
  'core.hooksPath': '/dev/null',
  'core.autocrlf': 'false',
  'core.symlinks': 'false',
  'push.gpgSign': 'false',
  'fetch.recurseSubmodules': 'false',
  'gc.autoDetach': 'false',
  // A server that says nothing for a minute will not say anything.
  'http.lowSpeedLimit': '1',
  'http.lowSpeedTime': '60',
  'advice.pushUpdateRejected': 'false',
};

const passedOn = /^GIT_(SSH|SSL_|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|ASKPASS|PROXY)/;

/**
 * The environment for git: none of the caller's GIT_DIR, GIT_INDEX_FILE or traces, no question asked, and more settings
 * as environment, where other processes of the machine do not see them.
 */
export function makeGitEnv(more: Record<string, string>, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || passedOn.test(name));
  const config = Object.entries({ ...settings, ...more });
  return {
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh',
    ...{ GIT_AUTHOR_NAME: 'herdmark', GIT_COMMITTER_NAME: 'herdmark' },
    ...{ GIT_AUTHOR_EMAIL: noReply, GIT_COMMITTER_EMAIL: noReply },
    GIT_CONFIG_COUNT: String(config.length),
    ...Object.fromEntries(
      config.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

const noReply = 'herdmark@users.noreply.github.com';

/**
 * Runs git, without a shell, and returns what it wrote.
 * @throws {GitFailed} where it ended otherwise than well.
 * @throws {InputError} where there is no git.
 */
export function runGit(args: readonly string[], { env, input }: GitCall): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    const [output, said]: [Buffer[], Buffer[]] = [[], []];
    git.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    git.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    git.on('error', (cause) =>
      reject(
        new InputError('no-git', `git cannot be run (${cause.message}): the history needs it.`, { cause }),
      ),
    );
    // Git may end without reading all of it, and then says why itself.
    git.stdin.on('error', () => undefined);
    git.stdin.end(input ?? '');
    git.on('close', (status) => {
      if (status === 0) resolve(Buffer.concat(output));
      else reject(new GitFailed(lastWords(said, args[0], status), Buffer.concat(output).toString('utf8')));
    });
  });
}

function lastWords(said: readonly Buffer[], command: string | undefined, status: number | null): string {
  const lines = Buffer.concat(said).toString('utf8').split('\n');
  const fatal = lines.find((line) => /^(fatal|error):/.test(line)) ?? lines.findLast((line) => line.trim());
  return toPlainLine(fatal ?? `git ${command} ended with status ${status}`);
}

/** GIT_CONFIG_COUNT, by which a token stays out of arguments and files, came with this one. */
const oldest = [2, 31] as const;

/** @throws {InputError} where git is missing or too old. */
export async function requireGit(env: NodeJS.ProcessEnv): Promise<void> {
  const said = (await runGit(['--version'], { env })).toString('utf8').trim();
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(said) ?? []).map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new InputError(
    'old-git',
    `The history needs git ${oldest.join('.')} or newer, and this is "${toPlainLine(said)}": update it.`,
  );
}
