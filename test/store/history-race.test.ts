import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { runPath } from '../../src/core/history/layout.ts';
import { herdmark, makeFolder, makeRemote, makeRunFolder, nameRun, readRemote } from './history-fixture.ts';

const publishers = 12;

test.each([
  ['on machines of their own', (shared: string, own: string) => (own === '' ? shared : own)],
  ['on one machine', (shared: string) => shared],
])(
  'twelve publishers %s put twelve runs there, once each',
  async (_, chooseState) => {
    const remote = await makeRemote();
    const shared = await makeFolder();
    const ids = Array.from({ length: publishers }, (_, n) => nameRun(n));
    const results = await Promise.all(
      ids.map(async (id, n) => {
        const from = await makeFolder();
        await makeRunFolder(from, id, { machine: { id: `00000000000${n.toString(16)}`, label: 'a GPU' } });
        const url = n % 2 === 0 ? remote : pathToFileURL(remote).href;
        const state = chooseState(shared, await makeFolder());
        return herdmark(['publish', '--json', '--from', from, '--remote', url], { HERDMARK_STATE: state });
      }),
    );
    expect(results.map(({ status, said }) => (status === 0 ? 0 : said))).toEqual(ids.map(() => 0));
    expect(results.flatMap(({ output }) => JSON.parse(output).taken)).toEqual(ids);

    const { commits, paths } = readRemote(remote);
    expect(commits).toBe(publishers);
    expect(paths.filter((path) => path.startsWith('runs/'))).toEqual(ids.map(runPath));

    const state = { HERDMARK_STATE: await makeFolder() };
    const verified = await herdmark(['history', 'verify', '--remote', remote], state);
    expect(verified.said).toMatch(/The history is whole: 12 runs/);
  },
  120_000,
);
