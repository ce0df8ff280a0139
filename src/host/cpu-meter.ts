import { readdir, readFile } from 'node:fs/promises';
import { cpus, platform } from 'node:os';
import { join } from 'node:path';
import type { CpuReading } from '../schema/telemetry.ts';

/** Time that all processors together have spent since they started, in one unit or another. */
export interface CpuTimes {
  busy: number;
  total: number;
}

export interface CpuSources {
  readTimes(): Promise<CpuTimes | null>;
  readFrequencyMHz(): Promise<number | null>;
}

export interface CpuMeter {
  /** The load since the last time it was read; null the first time. Never rejects. */
  read(): Promise<CpuReading>;
}

/**
 * Reads how busy the processors are, and how fast. On Linux from two files of /proc, read away from the event loop:
 * `os.cpus()` opens a file for each processor there, in the event loop, and each may take 20 ms (libuv #4098, #5110), in
 * which a benchmark would see no byte arrive.
 */
export function createCpuMeter(sources: CpuSources = systemSources()): CpuMeter {
  let before: CpuTimes | null = null;
  return {
    async read() {
      const [now, frequencyMHz] = await Promise.all([sources.readTimes(), sources.readFrequencyMHz()]);
      const loadPercent = before && now ? computeLoad(before, now) : null;
      before = now;
      return { loadPercent, frequencyMHz };
    },
  };
}

/** Share of the time between two readings in which processors worked, in percent to a tenth. */
export function computeLoad(before: CpuTimes, now: CpuTimes): number | null {
  const total = now.total - before.total;
  if (total <= 0) return null;
  // Waiting time may run backwards (proc(5)), and then the share is out of its bounds.
  const share = Math.min(Math.max((now.busy - before.busy) / total, 0), 1);
  return Math.round(share * 1000) / 10;
}

/** Reads the first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal; guests are in user. */
export function parseProcStat(text: string): CpuTimes | null {
  const fields = /^cpu +(\d[\d ]*)/.exec(text)?.[1]?.trim().split(/ +/).map(Number) ?? [];
  const [user, nice, system, idle, iowait = 0, irq = 0, softirq = 0, steal = 0] = fields;
  if (user === undefined || nice === undefined || system === undefined || idle === undefined) return null;
  const busy = user + nice + system + irq + softirq + steal;
  return { busy, total: busy + idle + iowait };
}

/** The highest `cpu MHz` of /proc/cpuinfo, which x86 alone has. */
export function parseCpuinfoMHz(text: string): number | null {
  const told = [...text.matchAll(/^cpu MHz\s*: (\d{1,6}(?:\.\d{1,6})?)$/gm)].map(([, mhz]) => Number(mhz));
  return told.length === 0 ? null : told.reduce((most, it) => Math.max(most, it));
}

/** ARM has a policy for each kind of core; more of them would be a server's, one for each core. */
const mostPolicies = 8;

/** The highest frequency of cpufreq's policies in sysfs, in MHz; null where there are none. */
export async function readCpufreqMHz(folder: string): Promise<number | null> {
  const policies = await unlessUnreadable(readdir(folder));
  let most: number | null = null;
  for (const policy of policies?.slice(0, mostPolicies) ?? []) {
    const kilohertz = Number(
      await unlessUnreadable(readFile(join(folder, policy, 'scaling_cur_freq'), 'utf8')),
    );
    if (kilohertz > 0) most = Math.max(most ?? 0, kilohertz / 1000);
  }
  return most;
}

function systemSources(): CpuSources {
  if (platform() !== 'linux')
    return { readTimes: async () => readOsTimes(), readFrequencyMHz: async () => null };
  return {
    async readTimes() {
      const text = await unlessUnreadable(readFile('/proc/stat', 'latin1'));
      return text === null ? null : parseProcStat(text);
    },
    async readFrequencyMHz() {
      const text = await unlessUnreadable(readFile('/proc/cpuinfo', 'latin1'));
      const told = text === null ? null : parseCpuinfoMHz(text);
      return told ?? (await readCpufreqMHz('/sys/devices/system/cpu/cpufreq'));
    },
  };
}

/** Elsewhere it is one call of the system, and the speed it tells is the nominal one. */
function readOsTimes(): CpuTimes | null {
  const times = cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({
    ...{ busy: user + nice + sys + irq, total: user + nice + sys + irq + idle },
  }));
  if (times.length === 0) return null;
  return times.reduce((sum, { busy, total }) => ({ busy: sum.busy + busy, total: sum.total + total }));
}

/** null where it cannot be read: a container may hide it, and a sandbox forbid it. */
async function unlessUnreadable<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
