import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';

export interface MachineFacets {
  /** /etc/machine-id, IOPlatformUUID or MachineGuid; null where it does not stand for this machine. */
  operatingSystemId: string | null;
  /** What its owner calls it. Counts only where there is no id: the machine is the same whoever starts the run. */
  name: string | null;
  cpuModel: string;
  gpuModels: readonly string[];
}

/** So that the id cannot be matched with what other programs derive from the same machine-id (machine-id(5)). */
const salt = 'herdmark/machine/1';

/**
 * 12 hex digits that stay the same as long as the machine does: a hash over its operating system's id, itself
 * hashed with a salt, and the models of its processors. Not in it: host name, serial numbers, addresses.
 */
export function computeMachineId({ operatingSystemId, name, cpuModel, gpuModels }: MachineFacets): string {
  const owner = operatingSystemId === null ? ['name', name] : ['id', operatingSystemId];
  const identity = sha256(JSON.stringify([salt, ...owner]));
  return sha256(JSON.stringify([identity, cpuModel, [...gpuModels].sort()])).slice(0, 12);
}

/**
 * Whether an operating system's id stands for one machine. In an application container it does not: it is missing,
 * or came with the image and is the same wherever that runs. Then machines of the same hardware count as one, which
 * is what pods on a pool of equal nodes are, unless their owner gives them names.
 */
export function isMachineOwn(operatingSystemId: string, inContainer: boolean): boolean {
  return !inContainer && /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(operatingSystemId);
}

/** Whether this process runs in a container of Docker, Podman or Kubernetes. */
export async function isInContainer(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  if (env.KUBERNETES_SERVICE_HOST !== undefined) return true;
  const marks = ['/.dockerenv', '/run/.containerenv'].map((path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(marks)).includes(true);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
