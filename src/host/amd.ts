import { z } from 'zod';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { Gpu } from './gpus.ts';

export const amdSmiQuery = ['static', '--asic', '--vram', '--driver', '--json'];
export const rocmSmiQuery = ['--showproductname', '--showmeminfo', 'vram', '--showdriverversion', '--json'];

/** amd-smi writes MB and GB, and means powers of 1024, as the driver does. */
export const unitBytes = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

const amdSmiGpu = z.object({
  asic: z.object({ market_name: z.string() }),
  vram: z
    .object({ size: z.object({ value: z.number().positive(), unit: z.enum(['B', 'KB', 'MB', 'GB']) }) })
    .nullish()
    .catch(null),
  driver: z.object({ version: z.string() }).nullish().catch(null),
});
/** An array until ROCm 6, an object around it since. */
const amdSmiStatic = z.union([
  z.array(amdSmiGpu),
  z.object({ gpu_data: z.array(amdSmiGpu) }).transform(({ gpu_data }) => gpu_data),
]);

/** Reads what `amd-smi` answers to `amdSmiQuery`, or null where it is something else. */
export function parseAmdSmi(output: string): Gpu[] | null {
  const result = amdSmiStatic.safeParse(parseToolJson(output));
  if (!result.success) return null;
  return result.data.map(({ asic, vram, driver }) => ({
    vendor: 'AMD',
    model: readName(asic.market_name),
    vramBytes: vram ? Math.round(vram.size.value * unitBytes[vram.size.unit]) : null,
    driver: readDriver(driver?.version),
  }));
}

const rocmSmiDocument = z.record(z.string(), z.record(z.string(), z.unknown()));

/** Reads what `rocm-smi` answers to `rocmSmiQuery`: `card0`, `card1`, … and `system`, every value a string. */
export function parseRocmSmi(output: string): Gpu[] | null {
  const result = rocmSmiDocument.safeParse(parseToolJson(output));
  if (!result.success) return null;
  const cards = Object.entries(result.data).filter(([key]) => /^card\d+$/.test(key));
  return cards.map(([, card]) => {
    const memory = card['VRAM Total Memory (B)'];
    return {
      vendor: 'AMD',
      // "series" was spelt small until ROCm 6.
      model: readName(card['Card Series'] ?? card['Card series']),
      vramBytes: typeof memory === 'string' && /^[1-9]\d{0,14}$/.test(memory) ? Number(memory) : null,
      driver: readDriver(card['Driver version'] ?? result.data.system?.['Driver version']),
    };
  });
}

/** Both tools may print warnings before their JSON and after it. */
export function parseToolJson(output: string): unknown {
  const start = output.search(/^\s*[[{]\s*["{\]}\n]/m);
  const end = Math.max(output.lastIndexOf(']'), output.lastIndexOf('}'));
  if (start === -1) return null;
  try {
    return JSON.parse(output.slice(start, end + 1));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The driver in the kernel itself tells the kernel's version, with who built it: `Linuxversion6.14.0-24-generic(…`. */
function readDriver(version: unknown): string | null {
  if (typeof version !== 'string') return null;
  return /^(?:Linux ?version ?)?(\d[\w.+-]{0,39})/.exec(version.trim())?.[1] ?? null;
}

/** A name, where the tool knows one: it writes N/A, or a device id, where it does not. */
function readName(value: unknown): string {
  const known = typeof value === 'string' && !/^(?:N\/A|0x[0-9a-f]+|)$/i.test(value.trim());
  return known ? toPlainLine(value, 120) : 'AMD GPU';
}
