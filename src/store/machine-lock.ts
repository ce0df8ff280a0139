import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from './input-error.ts';

/** Who measures on this machine. */
const owner = z.object({
  token: z.string(),
  pid: z.int().positive(),
  /** When the process began, in the kernel's words: a pid is given out again. null where that is not known. */
  processStart: z.string().nullable(),
  /** Where pids are counted apart, as in containers that share the folder, a pid says nothing. */
  pidNamespace: z.string().nullable(),
  since: z.iso.datetime(),
});
type Owner = z.infer<typeof owner>;

const heartbeatMs = 10_000;
/** A process that is alive touches its lock six times in this. */
const staleMs = 60_000;

/**
 * Lets one benchmark at a time run on a machine: two would measure each other. The lock of a process that is gone, or
 * that has not touched it for a minute, is taken over.
 * @throws {InputError} `already-running`, naming who holds it.
 */
export async function lockMachine(stateFolder: string, now = () => new Date()): Promise<AsyncDisposable> {
  await mkdir(stateFolder, { recursive: true });
  const path = join(stateFolder, 'lock.json');
  const own: Owner = {
    token: randomBytes(8).toString('hex'),
    pid: process.pid,
    processStart: await readProcessStart(process.pid),
    pidNamespace: await readPidNamespace(),
    since: now().toISOString(),
  };
  if (!(await tryTake(path, own))) {
    const held = await readOwner(path);
    if (held !== null && (await isAlive(held, own, path))) throw explainHeld(held, path);
    await rm(path, { force: true });
    if (!(await tryTake(path, own))) throw explainHeld(await readOwner(path), path);
  }
  const heartbeat = setInterval(
    () => void utimes(path, new Date(), new Date()).catch(() => undefined),
    heartbeatMs,
  );
  heartbeat.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat);
      // Somebody who took us for dead has it now.
      if ((await readOwner(path))?.token === own.token) await rm(path, { force: true });
    },
  };
}

async function tryTake(path: string, own: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(own), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** null where there is none, or it is damaged, as by a machine that lost its power while writing. */
async function readOwner(path: string): Promise<Owner | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    return owner.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function isAlive(held: Owner, own: Owner, path: string): Promise<boolean> {
  if (held.pidNamespace === own.pidNamespace) {
    return isProcess(held.pid) && (await readProcessStart(held.pid)) === held.processStart;
  }
  const touchedMs = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
  return Date.now() - touchedMs < staleMs;
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user, and alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Field 22 of /proc/<pid>/stat, in clock ticks since boot (proc_pid_stat(5)); after the name, which may hold anything. */
async function readProcessStart(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

async function readPidNamespace(): Promise<string | null> {
  return readlink('/proc/self/ns/pid').catch(() => null);
}

function explainHeld(held: Owner | null, path: string): InputError {
  const who = held === null ? 'Another benchmark' : `Process ${held.pid}, since ${held.since.slice(0, 19)},`;
  return new InputError(
    'already-running',
    `${who} is measuring on this machine, and two benchmarks would measure each other. Wait until it is done, or end it. (${path})`,
  );
}
