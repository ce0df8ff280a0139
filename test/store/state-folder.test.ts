import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { findStateFolder } from '../../src/store/state-folder.ts';

test.each<[string, NodeJS.ProcessEnv, NodeJS.Platform, string]>([
  ['the folder that is asked for', { HERDMARK_STATE: '/data/h', XDG_STATE_HOME: '/x' }, 'linux', '/data/h'],
  ['the XDG state folder', { XDG_STATE_HOME: '/x', HOME: '/home/me' }, 'linux', '/x/herdmark'],
  ['its default', { HOME: '/home/me' }, 'linux', '/home/me/.local/state/herdmark'],
  ['the same on a Mac', { HOME: '/Users/me' }, 'darwin', '/Users/me/.local/state/herdmark'],
  ['the home of the user where the environment has none', {}, 'linux', `${homedir()}/.local/state/herdmark`],
])('state is kept in %s', (_, env, platform, folder) => {
  expect(findStateFolder(env, platform)).toBe(folder);
});
