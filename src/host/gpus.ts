import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { graphics } from 'systeminformation';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { Environment } from '../schema/run.ts';
import { amdSmiQuery, parseAmdSmi, parseRocmSmi, rocmSmiQuery } from './amd.ts';
import { nvidiaQuery, parseNvidiaSmi } from './nvidia.ts';
import { type RunTool, runTool } from './run-tool.ts';

export type Gpu = NonNullable<Environment['gpus']>[number];

export interface GpuSources {
  runTool: RunTool;
  /** What the operating system lists, which is names at best. */
  listControllers(): Promise<readonly { vendor: string; model: string }[]>;
  /** The PCI class of every device, e.g. `0x030000`; null where there is no telling. */
  readPciClasses(): Promise<readonly string[] | null>;
}

/** More than any machine has: a tool's output is not to be trusted with the size of a report. */
const mostGpus = 64;
const pciDisplayClass = /^0x03/;

/** Who makes GPUs that run models. A server's ASPEED or a virtual machine's VGA is none. */
const vendors: readonly [pattern: RegExp, name: string][] = [
  [/nvidia/i, 'NVIDIA'],
  [/\bamd\b|advanced micro devices|\bati\b/i, 'AMD'],
  [/intel/i, 'Intel'],
  [/apple/i, 'Apple'],
  [/qualcomm/i, 'Qualcomm'],
];

/**
 * The GPUs of this machine: from the vendors' own tools, which alone know memory and driver; without them from the
 * operating system, by name. [] only where the machine shows that it has none; null where that is not known.
 */
export async function inspectGpus(sources: GpuSources = systemSources): Promise<Gpu[] | null> {
  const [nvidia, amd] = await Promise.all([askNvidia(sources.runTool), askAmd(sources.runTool)]);
  const told = [...nvidia, ...amd];
  if (told.length > 0) return told.slice(0, mostGpus);

  const listed = (await sources.listControllers()).flatMap(({ vendor, model }): Gpu[] => {
    const name = vendors.find(([pattern]) => pattern.test(vendor) || pattern.test(model))?.[1];
    if (name === undefined) return [];
    return [{ vendor: name, model: toPlainLine(model, 120) || `${name} GPU`, vramBytes: null, driver: null }];
  });
  if (listed.length > 0) return listed.slice(0, mostGpus);
  const classes = await sources.readPciClasses();
  const hasNone = classes !== null && !classes.some((pciClass) => pciDisplayClass.test(pciClass));
  return hasNone ? [] : null;
}

async function askNvidia(run: RunTool): Promise<Gpu[]> {
  const answer = await run('nvidia-smi', nvidiaQuery);
  return answer.status === 'ok' ? parseNvidiaSmi(answer.output) : [];
}

/** amd-smi replaces rocm-smi, which older installations have alone. */
async function askAmd(run: RunTool): Promise<Gpu[]> {
  const amdSmi = await run('amd-smi', amdSmiQuery);
  const told = amdSmi.status === 'ok' ? parseAmdSmi(amdSmi.output) : null;
  if (told) return told;
  const rocmSmi = await run('rocm-smi', rocmSmiQuery);
  return (rocmSmi.status === 'ok' ? parseRocmSmi(rocmSmi.output) : null) ?? [];
}

const systemSources: GpuSources = {
  runTool,
  listControllers: async () => (await graphics()).controllers,
  readPciClasses: () => readPciClasses('/sys/bus/pci/devices'),
};

/** PCI classes from Linux's sysfs. A machine that lists no device at all does not show that it has no GPU. */
export async function readPciClasses(folder: string): Promise<string[] | null> {
  try {
    const devices = await readdir(folder);
    const classes = await Promise.all(
      devices.map((device) => readFile(join(folder, device, 'class'), 'utf8')),
    );
    return classes.length === 0 ? null : classes.map((pciClass) => pciClass.trim());
  } catch (error) {
    // Another operating system, or a container that hides it: either way unknown.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
