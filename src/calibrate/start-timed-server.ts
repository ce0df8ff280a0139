import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Written } from './script.ts';

export interface TimedServer extends AsyncDisposable {
  url: string;
  /** What it wrote when, a moment after it did; of paced answers only. */
  tellOf(id: string): Promise<Written>;
}

/** Starts the server of known timing in a process of its own. It ends with ours, whatever becomes of us. */
export async function startTimedServer(): Promise<TimedServer> {
  // Beside this file in src/, and beside the bundle that this file is part of in dist/.
  const entry = import.meta.url.endsWith('.ts') ? './timed-server.ts' : './timed-server.js';
  const child = fork(fileURLToPath(new URL(entry, import.meta.url)), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const lost = exited.then(() =>
    Promise.reject(new Error('The server of known timing ended before its time.')),
  );
  // Whoever waits for it is told; where nobody does, it ended in time.
  lost.catch(() => undefined);
  const listening: { port: number } = (await Promise.race([once(child, 'message'), lost]))[0];
  const told = new Map<string, Written>();
  child.on('message', (written: Written) => told.set(written.id, written));
  return {
    url: `http://127.0.0.1:${listening.port}`,
    async tellOf(id) {
      for (;;) {
        const written = told.get(id);
        if (told.delete(id) && written !== undefined) return written;
        await Promise.race([once(child, 'message'), lost]);
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}
