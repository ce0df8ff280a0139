import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';

export interface EngineProcess {
  url: string;
  /** Makes a tag stand for another model, as a pull of a moved tag does. */
  pointTag(tag: string, model: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the embedded engine in a process of its own: a server that shared the client's event loop would delay the
 * client's clock marks.
 */
export async function startEngineProcess(): Promise<EngineProcess> {
  const entry = fileURLToPath(new URL('index.ts', import.meta.url));
  // Detached, so that Ctrl-C reaches only us and what was measured can still be finished; over the channel it
  // notices when we are gone.
  const child = spawn(process.execPath, [entry, 'engine', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    detached: true,
  });
  const exited = once(child, 'exit');
  const url = await findUrl(child);
  return {
    url,
    pointTag: async (tag, model) => {
      const reply = await request(`${url}/api/copy`, {
        method: 'POST',
        body: JSON.stringify({ source: model, destination: tag }),
      });
      await reply.body.dump();
      if (reply.statusCode !== 200)
        throw new Error(`The engine would not point ${tag} at ${model} (${reply.statusCode}).`);
    },
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

/** Reads until the engine says where it listens; what it says later is let go. */
function findUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`The engine did not start: ${said}`)));
  });
}
