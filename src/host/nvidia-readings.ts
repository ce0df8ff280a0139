import type { GpuReading } from '../schema/telemetry.ts';

/** Drivers before 535 call them throttle reasons, and refuse a query by the newer name. */
export type ReasonsField = 'clocks_event_reasons.active' | 'clocks_throttle_reasons.active';

const fields = [
  ...['index', 'utilization.gpu', 'memory.used', 'power.draw', 'power.limit', 'clocks.sm', 'temperature.gpu'],
];
const bytesPerMebibyte = 1024 * 1024;

/**
 * What holds a clock down, by bit: nvmlClocksEventReasons in NVML's reference. Bit 0, an idle GPU, is left out: nothing
 * is held down then.
 */
const reasonBits: readonly [bit: bigint, reason: string][] = [
  [0x2n, 'applications-clocks-setting'],
  [0x4n, 'sw-power-cap'],
  [0x8n, 'hw-slowdown'],
  [0x10n, 'sync-boost'],
  [0x20n, 'sw-thermal-slowdown'],
  [0x40n, 'hw-thermal-slowdown'],
  [0x80n, 'hw-power-brake'],
  [0x100n, 'display-clock-setting'],
  [0x200n, 'board-limit'],
  [0x400n, 'reliability'],
];
const idleBit = 0x1n;
const knownBits = reasonBits.reduce((mask, [bit]) => mask | bit, idleBit);

/** Asks `nvidia-smi` for a line of each GPU, once or, with `-lms` and an interval behind it, again and again. */
export function nvidiaReadingsQuery(reasons: ReasonsField): string[] {
  return [`--query-gpu=${[...fields, reasons].join()}`, '--format=csv,noheader,nounits'];
}

/** Reads one line of the answer; null where it is something else, as an error of the driver is. */
export function parseNvidiaReading(line: string): GpuReading | null {
  const cells = line.split(',').map((cell) => cell.trim());
  const [index = '', utilisation, memory, power, limit, clock, temperature, reasons] = cells;
  if (cells.length !== fields.length + 1 || !/^\d{1,2}$/.test(index)) return null;
  const utilisationPercent = readNumber(utilisation);
  const memoryMebibytes = readNumber(memory);
  return {
    index: Number(index),
    utilisationPercent: utilisationPercent !== null && utilisationPercent <= 100 ? utilisationPercent : null,
    memoryUsedBytes: memoryMebibytes === null ? null : Math.round(memoryMebibytes * bytesPerMebibyte),
    powerWatts: readNumber(power),
    powerLimitWatts: readNumber(limit),
    clockMHz: readNumber(clock),
    temperatureC: readNumber(temperature),
    throttle: readReasons(reasons),
  };
}

/** The lines of one answer, a GPU each. */
export function parseNvidiaReadings(output: string): GpuReading[] {
  return output
    .split('\n')
    .map(parseNvidiaReading)
    .filter((it) => it !== null);
}

/**
 * Puts the lines of an endless answer together into rounds over all GPUs, each with the moment of its first line.
 * @param size how many lines a round has. Where the tool thinks otherwise, a round ends where a GPU comes again.
 */
export function gatherRounds(
  size: number,
  emit: (gpus: GpuReading[], atMs: number) => void,
): (reading: GpuReading, atMs: number) => void {
  let round: GpuReading[] = [];
  let beganMs = 0;
  let expected = size;
  const close = () => {
    expected = round.length;
    emit(round, beganMs);
    round = [];
  };
  return (reading, atMs) => {
    const last = round.at(-1);
    if (last !== undefined && reading.index <= last.index) close();
    if (round.length === 0) beganMs = atMs;
    round.push(reading);
    if (round.length === expected) close();
  };
}

/** null for `[N/A]`, `[Not Supported]`, `[Unknown Error]`, and whatever else is no number. */
function readNumber(cell: string | undefined): number | null {
  return cell !== undefined && /^\d{1,9}(?:\.\d{1,9})?$/.test(cell) ? Number(cell) : null;
}

function readReasons(cell: string | undefined): string[] | null {
  if (cell === undefined || !/^0x[0-9a-f]{1,16}$/i.test(cell)) return null;
  const mask = BigInt(cell);
  const known = reasonBits.filter(([bit]) => (mask & bit) !== 0n).map(([, reason]) => reason);
  return (mask & ~knownBits) === 0n ? known : [...known, 'other'];
}
