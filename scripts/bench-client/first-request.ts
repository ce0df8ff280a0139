import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const actionFile = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().default('') })),
});

/**
 * How long the action takes from being started, as a runner does, to its first request, in milliseconds.
 * @returns a reading for each start.
 */
export async function measureFirstRequest(entry: string, starts: number): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-bench-client-'));
  const { inputs } = actionFile.parse(parse(await readFile(join(root, 'action.yml'), 'utf8')));
  const files = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'].map(
    (name) => [name, join(folder, name)] as const,
  );
  for (const [, file] of files) await writeFile(file, '');
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const given: Record<string, string> = { models: 'tiny', host: `127.0.0.1:${port}`, upload: 'false' };
  const env = {
    ...{ PATH: process.env.PATH ?? '', HOME: folder, RUNNER_TEMP: folder, ...Object.fromEntries(files) },
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, { default: value }]) => [
        `INPUT_${name.toUpperCase()}`,
        given[name] ?? value,
      ]),
    ),
  };
  try {
    const readings: number[] = [];
    for (let start = 0; start < starts; start++) {
      const startedMs = performance.now();
      const child = spawn(process.execPath, [entry], { cwd: folder, env, stdio: 'ignore' });
      const exited = once(child, 'exit');
      await Promise.race([
        once(server, 'request'),
        exited.then(() => Promise.reject(new Error(`${entry} ended without a request.`))),
      ]);
      readings.push(performance.now() - startedMs);
      child.kill('SIGKILL');
      await exited;
      server.closeAllConnections();
    }
    return readings;
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
}
