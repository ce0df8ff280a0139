import { findHostFlags } from '../core/telemetry.ts';
import type { Environment } from '../schema/run.ts';
import type { Flag } from '../schema/sample.ts';
import type { TelemetryReading, TelemetrySource } from '../schema/telemetry.ts';
import type { Telemetry } from './compose-run.ts';

export interface TelemetrySession {
  /** Which tool tells of the GPUs; null: none. */
  source: TelemetrySource | null;
  intervalMs: number;
  stop(): Promise<void>;
}

/** Samples the machine from now on; the readings count from `startedMs` on the clock. */
export type StartTelemetry = (options: {
  startedMs: number;
  /** What the machine has. */
  gpus: Environment['gpus'];
  onReading(reading: TelemetryReading): void;
}) => Promise<TelemetrySession>;

/** Watches the machine while a run measures. */
export interface HostWatch extends AsyncDisposable {
  /** What the machine says against a span of the run, in milliseconds since it began. */
  findFlags(fromMs: number, toMs: number): { sample: Flag[]; model: Flag[] };
  /** null where nothing was sampled. */
  stop(): Promise<Telemetry | null>;
}

export async function watchHost(
  startTelemetry: StartTelemetry | null,
  { startedMs, gpus }: { startedMs: number; gpus: Environment['gpus'] },
  keep: (reading: TelemetryReading) => Promise<void>,
): Promise<HostWatch> {
  if (startTelemetry === null) {
    const nothing = async () => null;
    return {
      findFlags: () => ({ sample: [], model: [] }),
      stop: nothing,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const readings: TelemetryReading[] = [];
  let writing = Promise.resolve();
  let failure: unknown = null;
  const session = await startTelemetry({
    ...{ startedMs, gpus },
    onReading: (reading) => {
      readings.push(reading);
      writing = writing
        .then(() => keep(reading))
        .catch((error: unknown) => {
          failure ??= error;
        });
    },
  });
  return {
    findFlags(fromMs, toMs) {
      const flags = findHostFlags({ fromMs, toMs }, readings);
      const isOfSample = ({ code }: Flag) => code === 'gpu-throttled';
      return { sample: flags.filter(isOfSample), model: flags.filter((it) => !isOfSample(it)) };
    },
    async stop() {
      await session.stop();
      await writing;
      // A disk that is full fails the samples as well; where it did not, what was measured is not lost for this.
      if (failure !== null) throw failure;
      return { source: session.source, intervalMs: session.intervalMs, readings };
    },
    [Symbol.asyncDispose]: session.stop,
  };
}
