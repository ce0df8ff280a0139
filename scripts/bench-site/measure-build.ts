import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BuildCost {
  seconds: number;
  /** The most that the process and its children held at a time; null where the system does not tell. */
  rssMb: number | null;
}

const cli = join(import.meta.dirname, '../../src/cli/index.ts');
const pollMs = 100;

/** Builds a site of a history in a process of its own, as people do. */
export async function measureBuild(history: string, out: string, cache: string): Promise<BuildCost> {
  const started = performance.now();
  const options = ['site', '--history', history, '--out', out, '--cache', cache];
  const build = spawn(process.execPath, [cli, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  build.stderr.setEncoding('utf8').on('data', (text) => said.push(text));
  let most: number | null = null;
  const timer = setInterval(() => {
    const now = build.pid === undefined ? null : readResidentMb(build.pid);
    if (now !== null) most = Math.max(most ?? 0, now);
  }, pollMs);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      build.on('error', reject).on('close', resolve);
    });
    if (code !== 0) throw new Error(`The build ended with ${code}:\n${said.join('')}`);
    return { seconds: (performance.now() - started) / 1000, rssMb: most };
  } finally {
    clearInterval(timer);
  }
}

/** What a process and all below it hold, as Linux tells it. */
function readResidentMb(root: number): number | null {
  try {
    const processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(Number(name)) ?? []);
    const family = new Set([root]);
    // A child may have a smaller number than its parent, as numbers wrap.
    for (let size = 0; size !== family.size; ) {
      size = family.size;
      for (const { id, parent } of processes) if (family.has(parent)) family.add(id);
    }
    return processes.filter(({ id }) => family.has(id)).reduce((total, { mb }) => total + mb, 0);
  } catch {
    return null;
  }
}

function readProcess(id: number): { id: number; parent: number; mb: number } | null {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { id, parent: field('PPid'), mb: field('VmRSS') / 1024 };
  } catch {
    // It has ended since the folder was read.
    return null;
  }
}
