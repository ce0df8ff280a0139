import { totalmem } from 'node:os';
import { cpu, osInfo, system, uuid } from 'systeminformation';
import packageJson from '../../package.json' with { type: 'json' };
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { Environment, Run } from '../schema/run.ts';
import { type Gpu, inspectGpus } from './gpus.ts';
import { computeMachineId, isInContainer, isMachineOwn } from './machine-id.ts';

/** What a run's report says of the machine, as far as the machine itself knows it. */
export interface MachineFacts {
  environment: Omit<Environment, 'server' | 'runner'>;
  machine: Run['machine'];
}

/**
 * Looks at the machine that this runs on, in well under a second where the GPU's driver is loaded.
 * @param machineName tells containers on equal hardware apart; elsewhere it does not count. It is hashed, never shown.
 */
export async function inspectMachine(machineName: string | null = null): Promise<MachineFacts> {
  const [processor, operatingSystem, { virtual }, ids, gpus, inContainer] = await Promise.all([
    cpu(),
    osInfo(),
    system(),
    uuid(),
    inspectGpus(),
    isInContainer(),
  ]);
  const { platform, distro, release, arch } = operatingSystem;
  const cpuModel = describeCpu(processor.manufacturer, processor.brand, arch);
  return {
    environment: {
      os: {
        platform: toPlainLine(platform, 40),
        distro: toPlainLine(distro, 80),
        release: toPlainLine(release, 80),
        arch: toPlainLine(arch, 40),
      },
      cpu: { model: cpuModel, physicalCores: processor.physicalCores, logicalCores: processor.cores },
      memoryBytes: totalmem(),
      virtual: virtual || / hypervisor( |$)/.test(processor.flags),
      gpus,
      herdmark: { version: packageJson.version, node: process.versions.node },
    },
    machine: {
      id: computeMachineId({
        operatingSystemId: isMachineOwn(ids.os, inContainer) ? ids.os.toLowerCase() : null,
        name: machineName,
        cpuModel,
        gpuModels: (gpus ?? []).map(({ model }) => model),
      }),
      label: describeMachine(gpus, cpuModel),
    },
  };
}

/** `AMD EPYC 9654`: the maker, unless the brand begins with it, and the brand. */
export function describeCpu(manufacturer: string, brand: string, arch: string): string {
  const model = brand.toLowerCase().startsWith(manufacturer.toLowerCase())
    ? brand
    : `${manufacturer} ${brand}`;
  return toPlainLine(model.replace(/\((?:R|TM)\)|[®™]/gi, ''), 120) || `${arch} processor`;
}

/** What people call the machine: the GPUs that models run on, else the processor (Intel's are mostly built into it). */
export function describeMachine(gpus: readonly Gpu[] | null, cpuModel: string): string {
  const models = (gpus ?? []).filter(({ vendor }) => vendor !== 'Intel').map(({ model }) => model);
  const counts = Map.groupBy(models, (model) => model);
  const names = [...counts].map(([model, same]) => (same.length === 1 ? model : `${same.length} × ${model}`));
  return names.length === 0 ? cpuModel : toPlainLine(names.join(', '), 200);
}
