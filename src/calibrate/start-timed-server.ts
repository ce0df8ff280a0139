import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerMarks } from '../core/calibration.ts';

export interface TimedServer extends AsyncDisposable {
  url: string;
  pid: number;
  /** What the server wrote when, by the ids of the scripts. Scripts without a pace are not in it. */
  report(): Promise<Map<string, ServerMarks>>;
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
  const answer = async () => {
    const [message] = await Promise.race([
      once(child, 'message'),
      exited.then(() => Promise.reject(new Error('The server of known timing ended before its time.'))),
    ]);
    return message;
  };
  const { port }: { port: number } = await answer();
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async report() {
      child.send('report');
      return new Map<string, ServerMarks>(await answer());
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}
