import { z } from 'zod';
import type { GpuReading } from '../schema/telemetry.ts';
import { parseToolJson, unitBytes } from './amd.ts';

/** Violations only where asked for by name, which ROCm 7 changed. Before ROCm 6.3 there is no such option. */
const violationOptions = [['--violation'], ['--throttle'], []];
export const amdSmiReadingsQueries: readonly string[][] = violationOptions.map((options) => [
  ...['metric', '--usage', '--power', '--clock', '--temperature', '--mem-usage', ...options, '--json'],
]);
export const rocmSmiReadingsQuery = [
  ...['--showuse', '--showmemuse', '--showmeminfo', 'vram', '--showpower', '--showmaxpower'],
  ...['--showtemp', '--showclocks', '--json'],
];

/** `{"value": 42, "unit": "%"}`; `"N/A"`, alone or as the value, where it is not known. */
const measured = z.object({ value: z.number().nonnegative(), unit: z.string() }).nullish().catch(null);
/** A whole section may be "N/A". */
const section = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).nullish().catch(null);
const violations = z.record(z.string(), z.unknown()).nullish().catch(null);

const amdSmiGpu = z.object({
  gpu: z.int().min(0).max(99),
  usage: section({ gfx_activity: measured }),
  power: section({ socket_power: measured, throttle_status: z.string().nullish().catch(null) }),
  clock: z
    .record(z.string(), section({ clk: measured }))
    .nullish()
    .catch(null),
  temperature: section({ edge: measured, hotspot: measured }),
  mem_usage: section({ used_vram: measured }),
  throttle: violations,
  violation: violations,
});
/** An array until ROCm 6, an object around it since. */
const amdSmiMetric = z.union([
  z.array(amdSmiGpu),
  z.object({ gpu_data: z.array(amdSmiGpu) }).transform(({ gpu_data }) => gpu_data),
]);

/** What amd-smi measures of Instinct GPUs from MI300 on. Left out: clocks below their limit, which idle ones are. */
const violationReasons = ['prochot', 'ppt', 'socket_thermal', 'vr_thermal', 'hbm_thermal'];

/** Reads what `amd-smi` answers to one of `amdSmiReadingsQueries`, or null where it is something else. */
export function parseAmdSmiReadings(output: string): GpuReading[] | null {
  const result = amdSmiMetric.safeParse(parseToolJson(output));
  if (!result.success) return null;
  return result.data.map(({ gpu, usage, power, clock, temperature, mem_usage: memory, ...said }) => ({
    index: gpu,
    utilisationPercent: atMost100(usage?.gfx_activity?.value),
    memoryUsedBytes: readBytes(memory?.used_vram),
    powerWatts: power?.socket_power?.value ?? null,
    powerLimitWatts: null,
    clockMHz: fastest(clock ?? {}),
    // The hotspot is 10 to 20 °C above the edge; MI300 has no other.
    temperatureC: (temperature?.edge ?? temperature?.hotspot)?.value ?? null,
    throttle: readViolations(said.violation ?? said.throttle ?? {}) ?? readStatus(power?.throttle_status),
  }));
}

const rocmSmiDocument = z.record(z.string(), z.record(z.string(), z.unknown()));

/** Reads what `rocm-smi` answers to `rocmSmiReadingsQuery`: `card0`, `card1`, …, every value a string. */
export function parseRocmSmiReadings(output: string): GpuReading[] | null {
  const result = rocmSmiDocument.safeParse(parseToolJson(output));
  if (!result.success) return null;
  return Object.entries(result.data).flatMap(([key, card]): GpuReading[] => {
    const index = /^card(\d{1,2})$/.exec(key)?.[1];
    if (index === undefined) return [];
    const power =
      card['Current Socket Graphics Package Power (W)'] ?? card['Average Graphics Package Power (W)'];
    const memoryBytes = readNumber(card['VRAM Total Used Memory (B)']);
    return [
      {
        index: Number(index),
        utilisationPercent: atMost100(readNumber(card['GPU use (%)'])),
        memoryUsedBytes: memoryBytes === null ? null : Math.round(memoryBytes),
        powerWatts: readNumber(power),
        // A second die tells 0: it has no limit of its own.
        powerLimitWatts: readNumber(card['Max Graphics Package Power (W)']) || null,
        clockMHz: readNumber(card['sclk clock speed:']),
        temperatureC:
          readNumber(card['Temperature (Sensor edge) (C)']) ??
          readNumber(card['Temperature (Sensor junction) (C)']),
        throttle: null,
      },
    ];
  });
}

/** GPUs of several dies tell a clock for each: gfx_0, gfx_1, … */
function fastest(clocks: NonNullable<z.infer<typeof amdSmiGpu>['clock']>): number | null {
  const known = Object.entries(clocks)
    .filter(([name]) => /^gfx_\d+$/.test(name))
    .map(([, clock]) => clock?.clk?.value)
    .filter((it) => it !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}

/** null where none of them is known. */
function readViolations(told: Record<string, unknown>): string[] | null {
  const known = violationReasons.filter((name) => /ACTIVE$/.test(String(told[`${name}_violation_status`])));
  if (known.length === 0) return null;
  return known
    .filter((name) => told[`${name}_violation_status`] === 'ACTIVE')
    .map((name) => name.replace('_', '-'));
}

function readStatus(status: string | null | undefined): string[] | null {
  if (status === 'UNTHROTTLED') return [];
  return status === 'THROTTLED' ? ['unspecified'] : null;
}

function readBytes(size: { value: number; unit: string } | null | undefined): number | null {
  const bytes = Object.entries(unitBytes).find(([unit]) => unit === size?.unit)?.[1];
  return size && bytes !== undefined ? Math.round(size.value * bytes) : null;
}

function atMost100(percent: number | null | undefined): number | null {
  return percent !== undefined && percent !== null && percent <= 100 ? percent : null;
}

/** `"44.0"`, `"(605Mhz)"`, in some versions a number. */
function readNumber(value: unknown): number | null {
  const digits = /^\(?(\d{1,15}(?:\.\d{1,9})?)(?:Mhz\))?$/.exec(String(value))?.[1];
  return digits === undefined ? null : Number(digits);
}
