import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BuildCost {
  seconds: number;
  /** Of all processors, which other programs do not lengthen as much; null where the system does not tell. */
  cpuSeconds: number | null;
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
  let rssMb: number | null = null;
  let cpuSeconds: number | null = null;
  const timer = setInterval(() => {
    const now = build.pid === undefined ? null : readFamily(build.pid);
    if (now === null) return;
    rssMb = Math.max(rssMb ?? 0, now.mb);
    cpuSeconds = Math.max(cpuSeconds ?? 0, now.cpuSeconds);
  }, pollMs);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      build.on('error', reject).on('close', resolve);
    });
    if (code !== 0) throw new Error(`The build ended with ${code}:\n${said.join('')}`);
    return { seconds: (performance.now() - started) / 1000, cpuSeconds, rssMb };
  } finally {
    clearInterval(timer);
  }
}

interface Resources {
  mb: number;
  cpuSeconds: number;
}

/** What a process and all below it hold and have used, as Linux tells it. */
function readFamily(root: number): Resources | null {
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
    const own = processes.filter(({ id }) => family.has(id));
    const sum = (of: keyof Resources) => own.reduce((total, it) => total + it[of], 0);
    return own.length === 0 ? null : { mb: sum('mb'), cpuSeconds: sum('cpuSeconds') };
  } catch {
    return null;
  }
}

const pageBytes = 4096;
/** USER_HZ, which is 100 on every Linux. */
const ticksPerSecond = 100;

/** Fields of /proc/<id>/stat, see proc(5). The name, which may have spaces, ends with the last parenthesis. */
function readProcess(id: number): (Resources & { id: number; parent: number }) | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number) => Number(fields[number - 3] ?? 0);
    const cpuSeconds = (field(14) + field(15)) / ticksPerSecond;
    return { id, parent: field(4), mb: (field(24) * pageBytes) / 1024 ** 2, cpuSeconds };
  } catch {
    // It has ended since the folder was read.
    return null;
  }
}
