import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../schema/run.ts';
import type { CpuReading, TelemetryReading, TelemetrySource } from '../schema/telemetry.ts';
import { createCpuMeter } from './cpu-meter.ts';
import { askGpus, followGpus } from './gpu-readings.ts';

export interface TelemetryOptions {
  /** Monotonic milliseconds: the clock of the samples. */
  clock(): number;
  /** What the clock said when the run began: readings and samples count from there. */
  startedMs: number;
  intervalMs?: number;
  /** What the machine has, as `inspectGpus` told; null tries every tool. */
  gpus?: Environment['gpus'];
  /** Called with each reading, in order, and not after `stop` has resolved. Must not throw. */
  onReading(reading: TelemetryReading): void;
}

export interface Telemetry extends AsyncDisposable {
  /** The tool that tells of the GPUs; null where none does. */
  source: TelemetrySource | null;
  /** The interval that is kept: at least a second with AMD's tools. */
  intervalMs: number;
  /** Waits for a last reading of the GPUs, so that all of the run lies between two; not longer than for a silent tool. */
  stop(): Promise<void>;
}

/** Later than that a tool is taken for silent, and the reading says so. */
const patienceIntervals = 1.5;

/**
 * Samples GPUs and processors beside a run until it is stopped. Resolves once a tool has told of the GPUs, or none did,
 * which may take seconds on a cold driver. Readings come as often as the GPUs' tool speaks; where it is silent, or there
 * is none, they come all the same, with `gpus` null, or [] on a machine that has none. Between readings it is idle: it
 * waits for a pipe, a timer, and two files of /proc that are read away from the event loop.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { clock, startedMs, intervalMs: askedMs = 500, gpus = null, onReading } = options;
  const meter = createCpuMeter();
  const [asked, first] = await Promise.all([askGpus(gpus), meter.read()]);

  let cpu: CpuReading = first;
  let heardMs = clock();
  let isStopped = false;
  let onHeard: (atMs: number) => void = () => undefined;
  const tell = (read: TelemetryReading['gpus'], atMs: number) => {
    if (!isStopped) onReading({ atMs: Math.max(0, atMs - startedMs), gpus: read, cpu });
  };
  const feed =
    asked &&
    followGpus(asked, askedMs, clock, (read, atMs) => {
      heardMs = clock();
      tell(read, atMs);
      onHeard(atMs);
    });
  const intervalMs = feed?.intervalMs ?? askedMs;
  const unheard = gpus?.length === 0 ? [] : null;

  let ticking: Promise<void> | null = null;
  const tick = async () => {
    cpu = await meter.read();
    if (feed === null || clock() - heardMs > patienceIntervals * intervalMs) tell(unheard, clock());
    ticking = null;
  };
  // A tick that takes longer than an interval, on a machine that is busy, takes the place of the next.
  const timer = setInterval(() => {
    ticking ??= tick();
  }, intervalMs);

  const end = async () => {
    isStopped = true;
    clearInterval(timer);
    await Promise.all([feed?.stop(), ticking]);
  };
  const hearOnce = () => {
    const askedMs = clock();
    const { promise, resolve } = Promise.withResolvers<void>();
    onHeard = (atMs) => {
      if (atMs >= askedMs) resolve();
    };
    return Promise.race([promise, sleep(patienceIntervals * intervalMs, undefined, { ref: false })]);
  };
  return {
    source: asked?.tool.source ?? null,
    intervalMs,
    async stop() {
      if (feed !== null && !isStopped) await hearOnce();
      await end();
    },
    [Symbol.asyncDispose]: end,
  };
}
