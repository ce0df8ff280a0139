import { z } from 'zod';
import { count, milliseconds, slug } from './primitives.ts';

const percent = z.number().min(0).max(100);
const quantity = z.number().nonnegative();

/** One GPU at one moment. What its tool does not tell is null, never 0. */
export const gpuReading = z.object({
  index: count.describe('As the vendor’s tool counts'),
  utilisationPercent: percent
    .nullable()
    .describe('How much of the tool’s own sampling period (up to 1 s) the GPU had work in'),
  memoryUsedBytes: count.nullable(),
  powerWatts: quantity
    .nullable()
    .describe('Of the board; newer NVIDIA GPUs tell the mean of the last second'),
  powerLimitWatts: quantity.nullable(),
  clockMHz: quantity.nullable().describe('Of the processors; where they differ, the fastest'),
  temperatureC: z.number().nullable(),
  throttle: z
    .array(slug)
    .nullable()
    .describe('What holds the clock down at this moment; []: nothing; null: unknown'),
});
export type GpuReading = z.infer<typeof gpuReading>;

export const cpuReading = z.object({
  loadPercent: percent.nullable().describe('Of all processors together, since the reading before'),
  frequencyMHz: quantity.nullable().describe('Of the fastest processor: idle ones say nothing'),
});
export type CpuReading = z.infer<typeof cpuReading>;

/** One line of telemetry.ndjson: the machine at one moment of a run. */
export const telemetryReading = z.object({
  atMs: milliseconds.describe('Since the run began, on the clock of the samples'),
  gpus: z.array(gpuReading).nullable().describe('null: unknown; []: the machine has none'),
  cpu: cpuReading,
});
export type TelemetryReading = z.infer<typeof telemetryReading>;

export const telemetrySource = z
  .enum(['nvidia-smi', 'amd-smi', 'rocm-smi'])
  .describe('The tool that told of the GPUs');
export type TelemetrySource = z.infer<typeof telemetrySource>;

const spread = z.object({ min: z.number(), median: z.number(), max: z.number() });
export type Spread = z.infer<typeof spread>;

export const gpuTelemetry = z.object({
  index: count,
  readings: count.describe('How many readings tell of this GPU'),
  utilisationPercent: spread.nullable(),
  memoryUsedBytes: spread.nullable(),
  powerWatts: spread.nullable(),
  powerLimitWatts: quantity.nullable().describe('The lowest that was in force'),
  clockMHz: spread.nullable(),
  temperatureC: spread.nullable(),
  throttle: z
    .array(z.object({ reason: slug, share: z.number().min(0).max(1) }))
    .nullable()
    .describe('What held the clock down, and in which share of the readings that know; null: none does'),
});
export type GpuTelemetry = z.infer<typeof gpuTelemetry>;

/** What a run report keeps of its telemetry. */
export const telemetrySummary = z.object({
  source: telemetrySource.nullable().describe('null: no tool told of the GPUs'),
  intervalMs: milliseconds,
  readings: count,
  longestGapMs: milliseconds
    .nullable()
    .describe('The longest time in which nothing was heard of the GPUs, or, without a tool, of the CPU'),
  gpus: z.array(gpuTelemetry).nullable(),
  cpu: z.object({
    loadPercent: spread.omit({ min: true }).nullable(),
    frequencyMHz: spread.omit({ max: true }).nullable(),
  }),
});
export type TelemetrySummary = z.infer<typeof telemetrySummary>;
