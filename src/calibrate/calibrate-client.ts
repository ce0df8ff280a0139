import packageJson from '../../package.json' with { type: 'json' };
import type { Calibration } from '../schema/calibration.ts';
import { measureRates, measureTimings } from './drive-readers.ts';
import { openHerdmarkReader } from './herdmark-reader.ts';
import { openRawReader } from './raw-reader.ts';
import { startTimedServer } from './start-timed-server.ts';

export interface CalibrationRequest {
  /** Paced answers for each reader; 40 take four seconds. */
  requests: number;
  /** Monotonic milliseconds, as the benchmark reads them. */
  clock(): number;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/** Of each paced answer; they last 50 ms. */
const pacedChunks = 8;
/** Of each poured round, whose longest take a tenth of a second. */
const pouredChunks = 60_000;
const turns = 4;

/**
 * Drives the real client and a bare socket reader against a server of known timing, and tells how far off they are.
 * @returns null where it was cancelled.
 */
export async function calibrateClient(request: CalibrationRequest): Promise<Calibration | null> {
  const { requests, clock, signal, onProgress } = request;
  await using server = await startTimedServer();
  const readers = {
    herdmark: openHerdmarkReader(server.url, clock),
    raw: openRawReader(server.url, clock),
  };
  try {
    const { errors, eventLoopDelayMsP99 } = await measureTimings(readers, server, {
      ...{ requests, chunks: pacedChunks, signal },
      onTurn: (done) => onProgress?.({ done, total: requests }),
    });
    const one = await measureRates(readers, { streams: 1, chunks: pouredChunks, turns, signal });
    const thirtyTwo = await measureRates(readers, { streams: 32, chunks: pouredChunks, turns, signal });
    const { herdmark, raw } = errors;
    return {
      measuredAt: new Date().toISOString(),
      requests,
      herdmarkVersion: packageJson.version,
      nodeVersion: process.versions.node,
      ttftErrorMs: { herdmark: herdmark.ttftErrorMs, raw: raw.ttftErrorMs },
      gapErrorMs: { herdmark: herdmark.gapErrorMs, raw: raw.gapErrorMs },
      e2eErrorMs: { herdmark: herdmark.e2eErrorMs, raw: raw.e2eErrorMs },
      eventLoopDelayMsP99,
      chunksPerSecond: {
        herdmark: { one: one.herdmark, thirtyTwo: thirtyTwo.herdmark },
        raw: { one: one.raw, thirtyTwo: thirtyTwo.raw },
      },
    };
  } catch (error) {
    if (signal?.aborted) return null;
    throw error;
  } finally {
    await Promise.all(Object.values(readers).map((reader) => reader.close()));
  }
}
