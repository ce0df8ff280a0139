import {
  formatBytes,
  formatCount,
  formatMs,
  formatPercent,
  formatQuantity,
  formatTime,
  formatUnit,
  missing,
} from '../../../src/core/render/format.ts';
import type { Calibration } from '../../../src/schema/calibration.ts';
import type { GpuTelemetry, Spread, TelemetrySummary } from '../../../src/schema/telemetry.ts';
import type { Fact } from './variant-facts.ts';

const unknown = 'unknown';

/** What one quantity did while a run measured: lowest, median and highest, or one value for all three. */
export interface TelemetryRow {
  name: string;
  values: readonly [lowest: string, median: string, highest: string] | readonly [string];
}

export interface TelemetryGroup {
  title: string;
  rows: TelemetryRow[];
}

/** A machine's telemetry, GPU by GPU and then the processors. What no reading told is `unknown`. */
export function describeTelemetry({ gpus, cpu }: TelemetrySummary): TelemetryGroup[] {
  const { loadPercent: load, frequencyMHz: frequency } = cpu;
  return [
    ...(gpus ?? []).map(describeGpu),
    {
      title: 'Processors',
      rows: [
        {
          name: 'Load',
          values: load
            ? [missing, formatUnit(load.median, '%'), formatUnit(load.max, '%')]
            : ([unknown] as const),
        },
        {
          name: 'Clock of the fastest',
          values: frequency
            ? [formatUnit(frequency.min, 'MHz'), formatUnit(frequency.median, 'MHz'), missing]
            : ([unknown] as const),
        },
      ],
    },
  ];
}

/** How the machine was watched, in a sentence. */
export function explainTelemetry({
  source,
  readings,
  intervalMs,
  longestGapMs,
  gpus,
}: TelemetrySummary): string {
  const who =
    source !== null
      ? `GPUs by ${source}${gpus === null ? ', which never answered' : ''}.`
      : gpus?.length === 0
        ? 'The machine has no GPU.'
        : 'No tool told of a GPU: it takes nvidia-smi, amd-smi or rocm-smi on the path.';
  const gap = longestGapMs === null ? '' : `, at most ${formatMs(longestGapMs)} apart`;
  return `${formatQuantity(readings, 'reading')}, every ${formatMs(intervalMs)}${gap}. ${who}`;
}

function describeGpu(gpu: GpuTelemetry): TelemetryGroup {
  const row = (name: string, spread: Spread | null, show: (value: number) => string): TelemetryRow => ({
    name,
    values: spread ? [show(spread.min), show(spread.median), show(spread.max)] : [unknown],
  });
  const of = (unit: string) => (value: number) => formatUnit(value, unit);
  return {
    title: `GPU ${gpu.index}`,
    rows: [
      row('Utilisation', gpu.utilisationPercent, of('%')),
      row('Memory used', gpu.memoryUsedBytes, formatBytes),
      row('Power', gpu.powerWatts, of('W')),
      {
        name: 'Power limit',
        values: [gpu.powerLimitWatts === null ? unknown : formatUnit(gpu.powerLimitWatts, 'W')],
      },
      row('Clock', gpu.clockMHz, of('MHz')),
      row('Temperature', gpu.temperatureC, of('°C')),
      { name: 'Held down by', values: [describeThrottle(gpu.throttle)] },
    ],
  };
}

function describeThrottle(throttle: GpuTelemetry['throttle']): string {
  if (throttle === null) return unknown;
  if (throttle.length === 0) return 'nothing';
  return throttle
    .map(({ reason, share }) => `${reason} in ${formatPercent(share)} of the readings`)
    .join(', ');
}

/** The client's own error beside that of a bare socket reader. */
export function describeCalibration({ ttftErrorMs, gapErrorMs, e2eErrorMs }: Calibration): {
  name: string;
  values: readonly [p50: string, p99: string, rawP50: string, rawP99: string];
}[] {
  const row = (name: string, { herdmark, raw }: Calibration['ttftErrorMs']) => ({
    name,
    values: [
      ...[formatMs(herdmark.p50), formatMs(herdmark.p99)],
      ...[formatMs(raw.p50), formatMs(raw.p99)],
    ] as const,
  });
  return [row('TTFT', ttftErrorMs), row('Gap between chunks', gapErrorMs), row('E2E', e2eErrorMs)];
}

export function describeCapacity(calibration: Calibration): Fact[] {
  const { chunksPerSecond: rates, eventLoopDelayMsP99, requests, measuredAt } = calibration;
  const rate = (streams: 'one' | 'thirtyTwo') =>
    `${formatCount(rates.herdmark[streams])} (raw reader: ${formatCount(rates.raw[streams])})`;
  return [
    ['Chunks a second, one stream', rate('one')],
    ['Chunks a second, 32 streams', rate('thirtyTwo')],
    ['Event-loop delay, p99', formatMs(eventLoopDelayMsP99)],
    ['Measured', `${formatTime(measuredAt)}, over ${formatQuantity(requests, 'request')}`],
    ['With', `Herdmark ${calibration.herdmarkVersion} on Node ${calibration.nodeVersion}`],
  ];
}
