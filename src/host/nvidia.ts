import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { Gpu } from './gpus.ts';

export const nvidiaQuery = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits'];

const bytesPerMebibyte = 1024 * 1024;

/** Reads what `nvidia-smi` answers to `nvidiaQuery`: a line for each GPU, `[N/A]` for what it does not know. */
export function parseNvidiaSmi(output: string): Gpu[] {
  return output.split('\n').flatMap((line) => {
    // From the right, should a name ever hold a comma. "No devices were found" is no row.
    const [, name, memory, driver] = /^(.+), *([^,]+), *([^,]+)$/.exec(line.trim()) ?? [];
    if (name === undefined || memory === undefined || driver === undefined) return [];
    return [
      {
        vendor: 'NVIDIA',
        model: toPlainLine(name, 120),
        vramBytes: /^[1-9]\d{0,8}$/.test(memory) ? Number(memory) * bytesPerMebibyte : null,
        driver: /^\d[\w.-]*$/.test(driver) ? toPlainLine(driver, 40) : null,
      },
    ];
  });
}
