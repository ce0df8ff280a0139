import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { lockMachine } from '../../src/store/machine-lock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'herdmark-lock-')), 'state');
  path = join(folder, 'lock.json');
});

const held = { name: 'InputError', code: 'already-running' };

test('the machine is locked once at a time, and free again afterwards', async () => {
  {
    await using _ = await lockMachine(folder);
    await expect(lockMachine(folder)).rejects.toMatchObject(held);
    await expect(lockMachine(folder)).rejects.toThrow(`Process ${process.pid}, since `);
  }
  await using _ = await lockMachine(folder);
  await expect(stat(path)).resolves.toBeDefined();
});

test('the lock of a process that was killed is taken over', async () => {
  const script = `import(${JSON.stringify(join(import.meta.dirname, '../../src/store/machine-lock.ts'))})
    .then(({ lockMachine }) => lockMachine(${JSON.stringify(folder)}))
    .then(() => { console.log('locked'); setInterval(() => undefined, 1000); });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await expect(lockMachine(folder)).rejects.toThrow(`Process ${child.pid}`);

  child.kill('SIGKILL');
  await once(child, 'exit');
  await using _ = await lockMachine(folder);
  expect(JSON.parse(await readFile(path, 'utf8')).pid).toBe(process.pid);
});

async function leaveLock(change: object): Promise<void> {
  await using _ = await lockMachine(folder);
  const lock = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...lock, token: 'another', ...change }));
}

test('a process that only has the pid of the one that locked does not hold it', async () => {
  await leaveLock({ processStart: '1' });
  await using _ = await lockMachine(folder);
});

test('where pids are counted apart, a lock is held as long as it is touched', async () => {
  await leaveLock({ pidNamespace: 'pid:[1]', pid: 999_999_999 });
  await expect(lockMachine(folder)).rejects.toMatchObject(held);
  const minutesAgo = new Date(Date.now() - 5 * 60_000);
  await utimes(path, minutesAgo, minutesAgo);
  await using _ = await lockMachine(folder);
});

test('a lock that is damaged is none', async () => {
  await leaveLock({});
  await writeFile(path, '{"pid":');
  await using _ = await lockMachine(folder);
});
