import { resolve } from 'node:path';
import { InputError } from '../input-error.ts';

/** A branch of a git repository, checked, so that no part of it can be taken for an option or a command. */
export interface GitRemote {
  /** A URL, or an absolute path. */
  url: string;
  branch: string;
  /** Whether it is worth asking for objects only as they are needed. */
  isFar: boolean;
}

export const defaultHistoryBranch = 'herdmark-history';

/** `user@host:path` of ssh. */
const scpLike = /^[\w.-]+@[\w.-]+:[\w~][\w./~-]*$/;
const protocols = ['https:', 'http:', 'ssh:', 'git:', 'file:'];

/**
 * Reads where a history is.
 * @param remote A URL of https, http, ssh, git or file, `user@host:path`, or a path.
 * @throws {InputError} where it is none of these, or holds a password.
 */
export function readGitRemote(remote: string, branch: string): GitRemote {
  if (!isBranchName(branch)) {
    throw new InputError(
      'wrong-branch',
      `"${branch}" is no name of a branch: take e.g. ${defaultHistoryBranch}.`,
    );
  }
  if (/^\w[\w+.-]*:\/\//.test(remote)) {
    const url = URL.parse(remote);
    if (url === null || !protocols.includes(url.protocol) || /[\s\p{Cc}]/u.test(remote))
      throw wrongRemote(remote);
    if (url.password !== '' || (url.username !== '' && url.protocol.startsWith('http'))) {
      throw new InputError(
        'password-in-remote',
        'The URL of the remote holds a name or a password, which would end up in logs: leave it out, and give a token in GITHUB_TOKEN or use a credential helper of git.',
      );
    }
    return { url: remote, branch, isFar: true };
  }
  if (scpLike.test(remote)) return { url: remote, branch, isFar: true };
  // `ext::sh -c …` and its like are commands.
  if (remote === '' || remote.includes('::') || /\p{Cc}/u.test(remote)) throw wrongRemote(remote);
  return { url: resolve(remote), branch, isFar: false };
}

/** The rules of `git check-ref-format`, and less: letters, digits and `._/-`. */
function isBranchName(name: string): boolean {
  return (
    /^[\w][\w./-]*$/.test(name) &&
    name.length <= 200 &&
    !/\.\.|\/\/|\/\.|[./]$|\.lock(\/|$)|^HEAD$/.test(name)
  );
}

function wrongRemote(remote: string): InputError {
  return new InputError(
    'wrong-remote',
    `"${remote}" is no remote of git that can be used: give a URL such as https://github.com/owner/name.git, or a path.`,
  );
}

/**
 * The setting that lets git show a token to a server, and to no other one; none where the remote is elsewhere.
 * @param serverUrl Whose token it is, e.g. https://github.com
 */
export function makeTokenSetting(
  { url }: GitRemote,
  token: string | null,
  serverUrl: string,
): Record<string, string> {
  const [remote, server] = [URL.parse(url), URL.parse(serverUrl)];
  if (token === null || remote === null || remote.origin === 'null' || remote.origin !== server?.origin)
    return {};
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return { [`http.${remote.origin}/.extraheader`]: `Authorization: Basic ${basic}` };
}
